"""Whose year may be issued as a transcript, and what stands against it: results, then the principal's decision."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gradebook.models import Enrolment, Proposal, SchoolClass
from gradebook.outcomes import CALLED_BACK
from transcripts.models import Transcript
from transcripts.payload import fingerprint, payloads_of


class State(StrEnum):
    """Of a pupil's year. Only the first two can be issued."""

    READY = "ready"
    CHANGED = "changed"
    ISSUED = "issued"
    NO_RESULT = "no-result"
    UNDECIDED = "undecided"
    DECIDE_AGAIN = "decide-again"
    SUMMER = "summer"
    GONE = "gone"


ISSUABLE = (State.READY, State.CHANGED)


@dataclass(frozen=True, slots=True)
class Line:
    """`payload` is what would be issued; `missing` the subjects without a result; `last` the last edition, if any."""

    pupil: Enrolment
    state: State
    payload: str
    missing: tuple[str, ...] = ()
    last: Transcript | None = None

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.payload)

    @property
    def is_issuable(self) -> bool:
        return self.state in ISSUABLE

    @property
    def standing(self) -> Transcript | None:
        """The last edition, unless it was withdrawn."""
        return self.last if self.last and not self.last.is_withdrawn else None


def read_class(school_class: SchoolClass) -> list[Line]:
    """Everybody in the list, in its order; a constant number of queries."""
    return _lines(school_class, list(school_class.enrolments.in_list_order()))


def read_pupil(pupil: Enrolment) -> Line:
    """`pupil` needs its student, class and year."""
    [line] = _lines(pupil.school_class, [pupil])
    return line


def _lines(school_class: SchoolClass, pupils: list[Enrolment]) -> list[Line]:
    payloads = payloads_of(school_class, pupils if len(pupils) == 1 else None)
    last, again = _last(pupils), _to_decide_again(school_class, pupils)
    return [_line(pupil, payloads[pupil.pk], last.get(pupil.pk), pupil.pk in again) for pupil in pupils]


def _to_decide_again(school_class: SchoolClass, pupils: Iterable[Enrolment]) -> set[int]:
    """Whose decision rests on results that have changed since. Once the year is closed nothing is decided any more."""
    if not school_class.year.is_open:
        return set()
    changed = Proposal.objects.filter(enrolment__in=pupils, results_changed=True)
    return set(changed.values_list("enrolment", flat=True))


def _last(pupils: Iterable[Enrolment]) -> dict[int, Transcript]:
    editions = Transcript.objects.filter(enrolment__in=pupils).without_payload()
    found = editions.select_related("withdrawal").order_by("number")
    return {edition.enrolment_id: edition for edition in found}


def _line(pupil: Enrolment, payload: str, last: Transcript | None, decide_again: bool) -> Line:
    book = json.loads(payload)["book"]
    missing = tuple(course["subject"] for course in book["courses"] if not course["rows"][0]["results"][-1])
    state = _against(pupil, book["summary"][0], missing) or _state(payload, last)
    if state in ISSUABLE and decide_again:
        state = State.DECIDE_AGAIN
    return Line(pupil, state, payload, missing, last)


def _against(pupil: Enrolment, summary: dict[str, Any], missing: tuple[str, ...]) -> State | None:
    if not summary["outcome"] and pupil.status != Enrolment.Status.ENROLLED:
        return State.GONE
    if missing:
        return State.NO_RESULT
    if not summary["outcome"]:
        return State.UNDECIDED
    return State.SUMMER if summary["outcome"] in CALLED_BACK else None


def _state(payload: str, last: Transcript | None) -> State:
    if last is None or last.is_withdrawn:
        return State.READY
    return State.ISSUED if last.fingerprint == fingerprint(payload) else State.CHANGED
