"""Results are proposed by the homeroom teacher and decided by the principal (S0 C.I.3c, S1 Đ3.4, S3 III.5)."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.recorded import create_many, update_many
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook import policies
from gradebook.actions.proposal_desk import Desk, Wish
from gradebook.entries import Refused
from gradebook.models import Decision, Proposal, SchoolClass, SchoolYear

AFTER_THE_YEAR = timedelta(days=150)
"""How long after its last day decisions of a year are dated: the summer, and some weeks."""


class BooksOpen(ValueError):
    """A book of the class is still open in the periods that the decision rests on."""


class NumberTaken(ValueError):
    """The number belongs to a decision of another day, `dated`, or of another person."""

    def __init__(self, dated: date) -> None:
        super().__init__(dated)
        self.dated = dated


class DateOutside(ValueError):
    """The date of a decision is not in its school year or the summer after it."""


class NotDecided(ValueError):
    """There is no decision to take back."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Every wish is in exactly one of the three; `refused` gives its code."""

    saved: list[Proposal] = field(default_factory=list)
    unchanged: list[Wish] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


@recorded_write
def propose(*, school_class: SchoolClass, stage: str, wishes: Iterable[Wish], by: User) -> Answer:
    """Propose where pupils go and which titles they get; each wish is saved or refused by itself.

    Refusal codes: not-in-class, left, not-called (nobody sent the pupil to the summer), not-an-outcome, not-a-title,
    null-character, no-reason (departs from what was computed), decided. Raises YearClosed, UnknownScheme.
    """
    if not policies.may_propose(by, school_class):
        raise PermissionDenied
    desk = Desk.open(school_class, stage)
    answer = Answer()
    for wish in {wish.enrolment_id: wish for wish in wishes}.values():
        try:
            proposal = desk.proposed(wish, by)
        except Refused as refusal:
            answer.refused[wish.enrolment_id] = refusal.code
            continue
        if proposal is None:
            answer.unchanged.append(wish)
        else:
            answer.saved.append(proposal)
    changed = [proposal for proposal in answer.saved if proposal.pk]
    create_many(Proposal, [proposal for proposal in answer.saved if not proposal.pk], by=by)
    update_many(Proposal, changed, fields=_FIELDS, by=by)
    if answer.saved:
        _record("proposed", school_class, stage, by, pupils=len(answer.saved))
    return answer


@recorded_write
def decide(
    *, school_class: SchoolClass, stage: str, wishes: Iterable[Wish], number: str, dated: date, by: User
) -> Answer:
    """Decide on what was proposed, under a decision's number and date; all of it, or nothing when one is refused.

    Refusal codes: not-proposed, decided, own (proposed by the same person), results-changed (since the proposal),
    proposal-changed (since the page was opened), and those of `propose`. Raises BooksOpen, NumberTaken, DateOutside,
    YearClosed, UnknownScheme.
    """
    if not by.may(Permission.DECIDE_RESULTS):
        raise PermissionDenied
    desk = Desk.open(school_class, stage)
    if desk.books_open:
        raise BooksOpen
    answer = _judged(desk, wishes, by)
    if answer.refused:
        return Answer(refused=answer.refused)
    if answer.saved:
        decision = _decision(school_class.year, number, dated, by)
        for proposal in answer.saved:
            proposal.decision = decision
        update_many(Proposal, answer.saved, fields=_FIELDS, by=by, origin=f"decision {decision.number}")
        _record("decided", school_class, stage, by, pupils=len(answer.saved), decision=decision.number)
    return answer


@recorded_write
def reconsider(*, proposal: Proposal, reason: str, by: User) -> None:
    """Take a decision back, so that a new one can replace it; the old one stays in the history.

    Raises NotDecided, YearClosed.
    """
    if not by.may(Permission.DECIDE_RESULTS):
        raise PermissionDenied
    Desk.open(proposal.enrolment.school_class, proposal.stage)
    found: Proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if found.decision_id is None:
        raise NotDecided
    audit.record(
        by=by, verb="gradebook.results.reconsidered", target=found.enrolment, decision=str(found.decision)
    )
    found.take_back()
    found.save_by(by, reason=reason)


_FIELDS = [
    "computed",
    "outcome",
    "award",
    "distinction",
    "class_recognised",
    "departs",
    "reason",
    "proposed_by",
    "proposed_at",
    "decision",
    "decided_outcome",
    "decided_award",
    "decided_reason",
    "results_changed",
]


def clean_number(number: str) -> str:
    """The number as it is kept: composed letters, no invisible characters, single blanks and none around a slash."""
    visible = "".join(c for c in unicodedata.normalize("NFC", number) if unicodedata.category(c) != "Cf")
    return re.sub(r" ?/ ?", "/", " ".join(visible.split()))


def _judged(desk: Desk, wishes: Iterable[Wish], by: User) -> Answer:
    answer = Answer()
    for wish in {wish.enrolment_id: wish for wish in wishes}.values():
        try:
            answer.saved.append(desk.decided(wish, by))
        except Refused as refusal:
            answer.refused[wish.enrolment_id] = refusal.code
    return answer


def _decision(year: SchoolYear, number: str, dated: date, by: User) -> Decision:
    """The decision of that number. The year's row serialises: two at once must not both make it."""
    if not year.starts_on <= dated <= year.ends_on + AFTER_THE_YEAR:
        raise DateOutside
    SchoolYear.objects.select_for_update().get(pk=year.pk)
    number = clean_number(number)
    standing = {row.number.casefold(): row for row in Decision.objects.filter(year=year)}
    found = standing.get(number.casefold())
    if found is None:
        found = Decision(year=year, number=number, dated=dated, decided_by=by, decided_at=timezone.now())
        found.save_by(by)
    elif found.dated != dated or found.decided_by_id != by.pk:
        raise NumberTaken(found.dated)
    return found


def _record(verb: str, school_class: SchoolClass, stage: str, by: User, **particulars: object) -> None:
    audit.record(by=by, verb=f"gradebook.results.{verb}", target=school_class, stage=stage, **particulars)
