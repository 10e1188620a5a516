"""Whom a decision of the principal calls back in summer, and to which sheets."""

from collections.abc import Iterable

from gradebook.models import Course, Outcome, Proposal

_TO_HOMEROOM = (Outcome.SUMMER_TRAINING, Outcome.SUPPORT_THEN_REASSESS)


def called(course: Course) -> frozenset[int]:
    """The enrolments that may have something in the course's summer column. One query.

    Retests: those of the subject (TT 22/2021, article 14). Homeroom sheet: summer training (article 13), or support
    and a further assessment in primary school (TT 27/2020, article 11).
    """
    decided = Proposal.objects.filter(enrolment__school_class=course.school_class_id, decision__isnull=False)
    if course.kind == Course.Kind.HOMEROOM:
        sent = decided.filter(decided_outcome__in=_TO_HOMEROOM).values_list("enrolment_id", flat=True)
        return frozenset(sent)
    rows: Iterable[tuple[int, dict[str, list[str]]]] = decided.filter(
        decided_outcome=Outcome.SUMMER_RETEST
    ).values_list("enrolment_id", "computed")
    return frozenset(pk for pk, computed in rows if course.subject.code in computed.get("retests", ()))
