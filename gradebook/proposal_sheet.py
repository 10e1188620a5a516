"""The proposals of a class at one stage: what the rules say, what is proposed, what was decided."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gradebook.actions.proposal_desk import Wish
from gradebook.assessment import schemes
from gradebook.assessment.scales import PrimaryResult
from gradebook.explanations import missing_sentence
from gradebook.labels import LABELS, Labels
from gradebook.models import Enrolment, Proposal, SchoolClass, Stage
from gradebook.outcomes import CALLED_BACK, outcome_words, outcomes, titles
from gradebook.results.classes import ClassSheets, class_results, read_sheets
from gradebook.results.frozen import Frozen, digest, frozen, same_facts


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One pupil. `typed` is what a refused form held; it wins over what stands."""

    pupil: Enrolment
    computed: Frozen
    outcome: str
    """What the rules say, in words."""
    missing: tuple[str, ...]
    retests: tuple[str, ...]
    proposal: Proposal | None
    changed: bool
    """The results changed since they were proposed."""
    typed: Wish
    grade: int
    problem: str = ""
    is_typed: bool = False
    """`typed` comes from a form that was refused."""

    @property
    def proposed(self) -> str:
        return outcome_words(self.proposal.outcome, self.grade) if self.proposal else ""

    @property
    def decided(self) -> str:
        return outcome_words(self.proposal.decided_outcome, self.grade) if self.proposal else ""

    @property
    def proposer(self) -> int | None:
        return self.proposal.proposed_by_id if self.proposal else None

    @property
    def asks_recognition(self) -> bool:
        """Only with this result do the two judgements of people earn a title (TT 27/2020, article 13)."""
        return self.computed["learning"] == PrimaryResult.WELL_COMPLETED.word or bool(self.typed.distinction)

    @property
    def stamp(self) -> str:
        """What the page showed, for a proposal to be made or to be decided on."""
        return digest(self.computed)

    @property
    def is_decided(self) -> bool:
        return self.proposal is not None and self.proposal.decision_id is not None

    @property
    def departs(self) -> bool:
        """Somebody asks for something else than the rules say."""
        return self.proposal is not None and self.proposal.departs

    @property
    def waits(self) -> bool:
        return self.proposal is not None and not self.is_decided

    @property
    def may_be_proposed(self) -> bool:
        return not self.is_decided or self.changed


@dataclass(frozen=True, slots=True)
class ProposalSheet:
    stage: str
    labels: Labels
    outcomes: tuple[tuple[str, str], ...]
    """Code and words of what may be chosen."""
    titles: tuple[str, ...]
    rows: tuple[ProposalRow, ...]

    @property
    def tally(self) -> list[tuple[str, int]]:
        """How many pupils the rules send where."""
        return list(Counter(row.outcome for row in self.rows if row.outcome).most_common())

    @property
    def departing(self) -> int:
        return sum(row.departs for row in self.rows)

    @property
    def waiting(self) -> list[ProposalRow]:
        return [row for row in self.rows if row.waits]

    @property
    def has_final(self) -> bool:
        """Of somebody it is decided for good: nothing calls the pupil back in summer."""
        decided = (row.proposal for row in self.rows if row.proposal and row.is_decided)
        return any(proposal.decided_outcome not in CALLED_BACK for proposal in decided)

    @property
    def proposable(self) -> list[ProposalRow]:
        return [row for row in self.rows if row.may_be_proposed]

    @property
    def incomplete(self) -> list[ProposalRow]:
        return [row for row in self.rows if row.missing]


def read_proposals(
    school_class: SchoolClass,
    stage: str,
    *,
    typed: Mapping[int, Wish] | None = None,
    problems: Mapping[int, str] | None = None,
) -> ProposalSheet:
    """The pupils on roll, after the summer only those who were called back. Raises UnknownScheme."""
    scheme = schemes.parse(school_class.scheme)
    sheets = read_sheets(school_class)
    results = class_results(sheets)
    rows = list(
        Proposal.objects.filter(enrolment__school_class=school_class).select_related(
            "decision", "proposed_by"
        )
    )
    standing = {row.enrolment_id: row for row in rows if row.stage == stage}
    called = {
        row.enrolment_id for row in rows if row.stage == Stage.YEAR and row.decided_outcome in CALLED_BACK
    }
    names = {course.subject.code: course.subject.name for course in sheets.courses}
    concerned = _concerned(sheets, stage, called)
    return ProposalSheet(
        stage,
        LABELS[scheme.circular],
        tuple((code.value, outcome_words(code, school_class.grade)) for code in outcomes(scheme, stage)),
        titles(scheme, stage),
        tuple(
            _row(
                pupil,
                frozen(results[pupil.pk], stage),
                standing.get(pupil.pk),
                names,
                (typed or {}).get(pupil.pk),
                (problems or {}).get(pupil.pk, ""),
                school_class.grade,
            )
            for pupil in concerned
        ),
    )


def _concerned(sheets: ClassSheets, stage: str, called: set[int]) -> list[Enrolment]:
    staying = [pupil for pupil in sheets.pupils if pupil.until is None]
    return [pupil for pupil in staying if pupil.pk in called] if stage == Stage.SUMMER else staying


def _row(
    pupil: Enrolment,
    computed: Frozen,
    proposal: Proposal | None,
    names: Mapping[str, str],
    typed: Wish | None,
    problem: str,
    grade: int,
) -> ProposalRow:
    return ProposalRow(
        pupil,
        computed,
        outcome_words(computed["outcome"], grade),
        tuple(missing_sentence(item, names) for item in computed["missing"]),
        tuple(names.get(code, code) for code in computed["retests"]),
        proposal,
        proposal is not None and not same_facts(proposal.computed, computed),
        typed or _standing_wish(pupil.pk, computed, proposal),
        grade,
        problem,
        is_typed=typed is not None,
    )


def _standing_wish(pk: int, computed: Frozen, proposal: Proposal | None) -> Wish:
    """What the form starts from: the proposal, or what the rules say."""
    if proposal is None:
        return Wish(pk, computed["outcome"], computed["award"])
    given: dict[str, Any] = {
        name: getattr(proposal, name)
        for name in ("outcome", "award", "distinction", "class_recognised", "reason")
    }
    return Wish(pk, **given)
