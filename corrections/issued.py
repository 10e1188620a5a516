"""What was issued or decided on the old values: after a correction it says otherwise, and a new edition is needed.

Papers of the archive lie above this app: their list is a fragment that the archive serves.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.utils import timezone

from gradebook.decided import decided
from gradebook.models import Enrolment, Student
from transcripts.models import Transcript

Facts = dict[str, Any]
PRINTED_FIELDS = frozenset({"ministry_code", "full_name", "birth_date", "sex"})
"""The fields of a profile that a transcript repeats."""


def issued_to(
    *,
    pupils: Sequence[Enrolment] = (),
    student: Student | None = None,
    fields: Collection[str] = (),
) -> list[Facts]:
    """The last transcript of each pupil's year, and the decision on its results. Three queries at most."""
    if student is not None:
        pupils = list(student.enrolments.select_related("student")) if PRINTED_FIELDS & set(fields) else []
        return _transcripts(pupils)
    return [*_transcripts(pupils), *_decisions(pupils)]


def _transcripts(pupils: Sequence[Enrolment]) -> list[Facts]:
    last = Transcript.objects.filter(enrolment__in=pupils, superseded_by=None).defer("payload")
    by_pupil = {pupil.pk: pupil for pupil in pupils}
    return [
        {
            "kind": "transcript",
            "pk": each.pk,
            "pupil": by_pupil[each.enrolment_id].student.full_name,
            "number": str(each.number),
            "dated": timezone.localdate(each.issued_at).isoformat(),
        }
        for each in last
    ]


def _decisions(pupils: Sequence[Enrolment]) -> list[Facts]:
    found = decided(pupils)
    return [
        {
            "kind": "decision",
            "pk": pupil.pk,
            "pupil": pupil.student.full_name,
            "number": decision.number,
            "dated": decision.dated.isoformat(),
        }
        for pupil in pupils
        if (decision := found.get(pupil.pk)) and decision.dated
    ]
