"""The desk on which proposals and decisions of a class are judged: the rules' results, what stands, who is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import User
from gradebook.assessment import schemes
from gradebook.entries import COMMENT_MAX, Refused
from gradebook.layout import SUMMER
from gradebook.models import Proposal, SchoolClass, Stage, Window
from gradebook.outcomes import CALLED_BACK, is_primary, outcomes, titles
from gradebook.results.classes import class_results, read_sheets
from gradebook.results.frozen import Frozen, digest, frozen, same_facts
from gradebook.results.titles import primary_award
from gradebook.years import check_open


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants for one pupil. `reason`: why it departs from what was computed or proposed, or a note.

    `seen` is the stamp of the proposal that a page showed; None where there was no page.
    """

    enrolment_id: int
    outcome: str
    award: str = ""
    reason: str = ""
    distinction: str = ""
    class_recognised: bool = False
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What proposing and deciding need to know of the class, read under the lock of its books."""

    stage: str
    scheme: schemes.Scheme
    books_open: bool
    computed: Mapping[int, Frozen]
    proposals: Mapping[int, Proposal]
    called: frozenset[int]
    left: frozenset[int]

    @classmethod
    def open(cls, school_class: SchoolClass, stage: str) -> "Desk":
        # Saving and correcting marks take these locks: the results read here stay true until the commit.
        # `of` leaves the joined rows alone: courses and periods are locked by nobody, so nobody can wait in a circle.
        windows = Window.objects.select_for_update(of=("self",)).filter(course__school_class=school_class)
        in_summer, now = stage == Stage.SUMMER, timezone.now()
        open_now = [w for w in windows.select_related("period").order_by("pk") if w.is_open_at(now)]
        check_open(school_class.year_id)
        sheets = read_sheets(school_class)
        results = class_results(sheets)
        rows = Proposal.objects.filter(enrolment__school_class=school_class)
        return cls(
            stage,
            schemes.parse(school_class.scheme),
            # After the summer the year's own books must be locked too: the retest list rests on them.
            any(in_summer or window.period.code != SUMMER for window in open_now),
            {pk: frozen(found, stage) for pk, found in results.items()},
            {row.enrolment_id: row for row in rows if row.stage == stage},
            frozenset(
                row.enrolment_id
                for row in rows
                if row.stage == Stage.YEAR and row.decided_outcome in CALLED_BACK
            ),
            frozenset(pupil.pk for pupil in sheets.pupils if pupil.until is not None),
        )

    def proposed(self, wish: Wish, by: User) -> Proposal | None:
        """The proposal to write, or None when it stands so already. Raises Refused."""
        self._check(wish)
        computed = self.computed[wish.enrolment_id]
        if wish.seen is not None and wish.seen != digest(computed):
            raise Refused("results-changed-here")
        departs = (wish.outcome, wish.award) != (computed["outcome"], self.earned(wish, computed))
        if departs and not wish.reason.strip():
            raise Refused("no-reason")
        content: dict[str, Any] = {
            "computed": computed,
            "outcome": wish.outcome,
            "award": wish.award,
            "distinction": wish.distinction.strip(),
            "class_recognised": wish.class_recognised,
            "departs": departs,
            "reason": wish.reason.strip(),
        }
        standing = self.proposals.get(wish.enrolment_id)
        if standing and all(getattr(standing, name) == value for name, value in content.items()):
            return None
        if standing and standing.decision_id and same_facts(standing.computed, computed):
            raise Refused("decided")
        # A decision whose results were corrected since gives way to a new one; its history stays.
        proposal = standing or Proposal(enrolment_id=wish.enrolment_id, stage=self.stage)
        proposal.take_back()
        for name, value in {**content, "proposed_by": by, "proposed_at": timezone.now()}.items():
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
        if not same_facts(proposal.computed, self.computed[wish.enrolment_id]):
            raise Refused("results-changed")
        if wish.seen is not None and wish.seen != proposal.stamp:
            raise Refused("proposal-changed")
        departs = (wish.outcome, wish.award) != (proposal.outcome, proposal.award)
        if departs and not wish.reason.strip():
            raise Refused("no-reason")
        proposal.decided_outcome, proposal.decided_award = wish.outcome, wish.award
        proposal.decided_reason = wish.reason.strip()
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
        self._check_pupil(wish.enrolment_id)
        if wish.outcome not in outcomes(self.scheme, self.stage):
            raise Refused("not-an-outcome")
        # Departing may send a pupil on or keep them, never to a retest that the rules do not know of.
        if wish.outcome in CALLED_BACK and wish.outcome != self.computed[wish.enrolment_id]["outcome"]:
            raise Refused("not-called-back")
        if wish.award and wish.award not in titles(self.scheme, self.stage):
            raise Refused("not-a-title")
        _check_text(wish.reason + wish.distinction)

    def _check_pupil(self, enrolment_id: int) -> None:
        if enrolment_id not in self.computed:
            raise Refused("not-in-class")
        if enrolment_id in self.left:
            raise Refused("left")
        if self.stage == Stage.SUMMER and enrolment_id not in self.called:
            raise Refused("not-called")


def _check_text(text: str) -> None:
    if "\x00" in text:
        raise Refused("null-character")  # PostgreSQL cannot store it
    if len(text) > COMMENT_MAX:
        raise Refused("too-long")
