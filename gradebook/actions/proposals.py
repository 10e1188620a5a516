"""Results are proposed by the homeroom teacher and decided by the principal (S0 C.I.3c, S1 Đ3.4, S3 III.5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.recorded import create_many, update_many
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook import policies
from gradebook.assessment import schemes
from gradebook.entries import Refused
from gradebook.layout import SUMMER
from gradebook.models import Decision, Proposal, SchoolClass, SchoolYear, Stage, Window
from gradebook.outcomes import CALLED_BACK, is_primary, outcomes, titles
from gradebook.results.classes import class_results, read_sheets
from gradebook.results.frozen import Frozen, frozen
from gradebook.results.titles import primary_award


class YearClosed(ValueError):
    """The school year is closed: nothing of it is proposed or decided any more."""


class BooksOpen(ValueError):
    """A book of the class is still open in the periods that the decision rests on."""


class NumberTaken(ValueError):
    """The number belongs to a decision of another day."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants for one pupil. `reason`: why it departs from what was computed or proposed."""

    enrolment_id: int
    outcome: str
    award: str = ""
    reason: str = ""
    distinction: str = ""
    class_recognised: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Every wish is in exactly one of the three; `refused` gives its code."""

    saved: list[Proposal] = field(default_factory=list)
    unchanged: list[Wish] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


@recorded_write
def propose(*, school_class: SchoolClass, stage: str, wishes: Iterable[Wish], by: User) -> Answer:
    """Propose where pupils go and which titles they get; each wish is saved or refused by itself.

    Refusal codes: not-in-class, not-called (nobody sent the pupil to the summer), not-an-outcome, not-a-title,
    no-reason (departs from what was computed), decided. Raises YearClosed, UnknownScheme.
    """
    if not policies.may_propose(by, school_class):
        raise PermissionDenied
    desk = _Desk.open(school_class, stage)
    answer = Answer()
    fresh: list[Proposal] = []
    changed: list[Proposal] = []
    for wish in wishes:
        try:
            proposal = desk.proposed(wish, by)
        except Refused as refusal:
            answer.refused[wish.enrolment_id] = refusal.code
            continue
        if proposal is None:
            answer.unchanged.append(wish)
        else:
            (changed if proposal.pk else fresh).append(proposal)
    create_many(Proposal, fresh, by=by)
    update_many(Proposal, changed, fields=_FIELDS, by=by)
    answer.saved.extend([*fresh, *changed])
    if answer.saved:
        audit.record(
            by=by,
            verb="gradebook.results.proposed",
            target=school_class,
            stage=stage,
            pupils=len(answer.saved),
        )
    return answer


@recorded_write
def decide(
    *, school_class: SchoolClass, stage: str, wishes: Iterable[Wish], number: str, dated: date, by: User
) -> Answer:
    """Decide on what was proposed, under a decision's number and date; it may cover several classes.

    Refusal codes: not-proposed, decided, own (proposed by the same person), results-changed (since the proposal),
    not-an-outcome, not-a-title, no-reason (departs from the proposal).
    Raises BooksOpen, NumberTaken, YearClosed, UnknownScheme.
    """
    if not by.may(Permission.DECIDE_RESULTS):
        raise PermissionDenied
    desk = _Desk.open(school_class, stage)
    if desk.books_open:
        raise BooksOpen
    answer = Answer()
    for wish in wishes:
        try:
            answer.saved.append(desk.decided(wish, by))
        except Refused as refusal:
            answer.refused[wish.enrolment_id] = refusal.code
    if answer.saved:
        decision = _decision(school_class.year, number.strip(), dated, by)
        for proposal in answer.saved:
            proposal.decision = decision
        update_many(Proposal, answer.saved, fields=_FIELDS, by=by, origin=f"decision {decision.number}")
        audit.record(
            by=by,
            verb="gradebook.results.decided",
            target=school_class,
            stage=stage,
            pupils=len(answer.saved),
            decision=decision.number,
        )
    return answer


_FIELDS = [
    "computed",
    "outcome",
    "award",
    "distinction",
    "class_recognised",
    "reason",
    "proposed_by",
    "proposed_at",
    "decision",
    "decided_outcome",
    "decided_award",
    "decided_reason",
]


def _decision(year: SchoolYear, number: str, dated: date, by: User) -> Decision:
    """The decision of that number. The year's row serialises: two at once must not both make it."""
    SchoolYear.objects.select_for_update().get(pk=year.pk)
    found: Decision | None = Decision.objects.filter(year=year, number=number).first()
    if found is None:
        found = Decision(year=year, number=number, dated=dated, decided_by=by, decided_at=timezone.now())
        found.save_by(by)
    elif found.dated != dated:
        raise NumberTaken
    return found


@dataclass(frozen=True, slots=True)
class _Desk:
    """What proposing and deciding need to know of the class, read under the lock of its books."""

    stage: str
    scheme: schemes.Scheme
    books_open: bool
    computed: Mapping[int, Frozen]
    proposals: Mapping[int, Proposal]
    called: frozenset[int]

    @classmethod
    def open(cls, school_class: SchoolClass, stage: str) -> "_Desk":
        if school_class.year.status != SchoolYear.Status.OPEN:
            raise YearClosed
        # Saving and correcting marks take these locks: the results read here stay true until the commit.
        windows = Window.objects.select_for_update().filter(course__school_class=school_class).order_by("pk")
        in_summer = stage == Stage.SUMMER
        open_now = [w for w in windows.select_related("period") if w.is_open]
        results = class_results(read_sheets(school_class))
        rows = Proposal.objects.filter(enrolment__school_class=school_class)
        return cls(
            stage,
            schemes.parse(school_class.scheme),
            any((window.period.code == SUMMER) == in_summer for window in open_now),
            {pk: frozen(found, stage) for pk, found in results.items()},
            {row.enrolment_id: row for row in rows if row.stage == stage},
            frozenset(
                row.enrolment_id
                for row in rows
                if row.stage == Stage.YEAR and row.decided_outcome in CALLED_BACK
            ),
        )

    def proposed(self, wish: Wish, by: User) -> Proposal | None:
        """The proposal to write, or None when it stands so already. Raises Refused."""
        self._check(wish)
        computed = self.computed[wish.enrolment_id]
        expected = computed["outcome"], self.earned(wish, computed)
        reason = wish.reason.strip() if (wish.outcome, wish.award) != expected else ""
        if (wish.outcome, wish.award) != expected and not reason:
            raise Refused("no-reason")
        content: dict[str, Any] = {
            "computed": computed,
            "outcome": wish.outcome,
            "award": wish.award,
            "distinction": wish.distinction.strip(),
            "class_recognised": wish.class_recognised,
            "reason": reason,
        }
        standing = self.proposals.get(wish.enrolment_id)
        if standing and all(getattr(standing, name) == value for name, value in content.items()):
            return None
        if standing and standing.decision_id and standing.computed == computed:
            raise Refused("decided")
        # A decision whose results were corrected since gives way to a new one; its history stays.
        undecided = {"decision": None, "decided_outcome": "", "decided_award": "", "decided_reason": ""}
        proposal = standing or Proposal(enrolment_id=wish.enrolment_id, stage=self.stage)
        for name, value in {**content, **undecided, "proposed_by": by, "proposed_at": timezone.now()}.items():
            setattr(proposal, name, value)
        return proposal

    def decided(self, wish: Wish, by: User) -> Proposal:
        """The proposal with what was decided on it. Raises Refused."""
        self._check(wish)
        proposal = self.proposals.get(wish.enrolment_id)
        if proposal is None:
            raise Refused("not-proposed")
        if proposal.decision_id:
            raise Refused("decided")
        if proposal.proposed_by_id == by.pk:
            raise Refused("own")
        if proposal.computed != self.computed[wish.enrolment_id]:
            raise Refused("results-changed")
        departs = (wish.outcome, wish.award) != (proposal.outcome, proposal.award)
        if departs and not wish.reason.strip():
            raise Refused("no-reason")
        proposal.decided_outcome, proposal.decided_award = wish.outcome, wish.award
        proposal.decided_reason = wish.reason.strip() if departs else ""
        return proposal

    def earned(self, wish: Wish, computed: Frozen) -> str:
        """The title that the rules give, with the judgements that the wish makes."""
        if not is_primary(self.scheme) or self.stage == Stage.SUMMER:
            return str(computed["award"])
        return primary_award(
            computed["learning"],
            self.scheme,
            distinction=bool(wish.distinction.strip()),
            recognised=wish.class_recognised,
        )

    def _check(self, wish: Wish) -> None:
        if wish.enrolment_id not in self.computed:
            raise Refused("not-in-class")
        if self.stage == Stage.SUMMER and wish.enrolment_id not in self.called:
            raise Refused("not-called")
        if wish.outcome not in outcomes(self.scheme, self.stage):
            raise Refused("not-an-outcome")
        if "\x00" in wish.reason + wish.distinction:
            raise Refused("null-character")  # PostgreSQL cannot store it
        if wish.award and wish.award not in titles(self.scheme, self.stage):
            raise Refused("not-a-title")
