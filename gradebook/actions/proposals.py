"""Results are proposed by the homeroom teacher and decided by the principal (S0 C.I.3c, S1 Đ3.4, S3 III.5)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied

from accounts import audit
from accounts.models import User
from accounts.recorded import create_many, update_many
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook import policies
from gradebook.actions.decisions import find_decision
from gradebook.actions.proposal_desk import Desk, Wish
from gradebook.entries import Refused
from gradebook.models import Decision, Proposal, SchoolClass


class BooksOpen(ValueError):
    """A book of the class is still open in the periods that the decision rests on."""


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
        decision = find_decision(
            year=school_class.year, number=number, dated=dated, about=Decision.About.RESULTS, by=by
        )
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


def _judged(desk: Desk, wishes: Iterable[Wish], by: User) -> Answer:
    answer = Answer()
    for wish in {wish.enrolment_id: wish for wish in wishes}.values():
        try:
            answer.saved.append(desk.decided(wish, by))
        except Refused as refusal:
            answer.refused[wish.enrolment_id] = refusal.code
    return answer


def _record(verb: str, school_class: SchoolClass, stage: str, by: User, **particulars: object) -> None:
    audit.record(by=by, verb=f"gradebook.results.{verb}", target=school_class, stage=stage, **particulars)
