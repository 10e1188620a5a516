"""One pupil's results with every reason, for the page of the pupil and for "why?" beside a level."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gradebook.assessment.cells import Missing
from gradebook.assessment.reasons import Reason
from gradebook.explanations import clause, missing_sentence, sentence
from gradebook.labels import Labels, labels_of
from gradebook.models import Enrolment, Proposal
from gradebook.outcomes import outcome_words
from gradebook.results.classes import class_results, read_sheets
from gradebook.results.record import Moment, PupilResults, Standing
from gradebook.results.subjects import SubjectResult, shown_result

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Why:
    """One reason in words, and the place in the circular."""

    text: str
    clause: str


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """`missing`: which cells keep each semester open, in words."""

    course_id: int
    name: str
    texts: tuple[str, str, str]
    retest: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MomentReport:
    """One moment in words: what stands, and why."""

    key: str
    learning: str
    base: str
    adjusted_by: str
    overall: str
    conduct: str
    absences: str
    award: str
    why: tuple[Why, ...]
    why_conduct: tuple[Why, ...]
    why_award: tuple[Why, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandingReport:
    """Where the rules send the pupil, and why."""

    outcome: str
    completion: str
    why: tuple[Why, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PupilReport:
    labels: Labels
    subjects: tuple[SubjectLine, ...]
    semesters: tuple[MomentReport, MomentReport]
    year: MomentReport
    standing: StandingReport
    summer: MomentReport | None
    summer_standing: StandingReport | None
    proposals: tuple[Proposal, ...]
    earlier: tuple[Any, ...]
    """Decisions that were replaced or taken back, as history rows of the proposals."""

    @property
    def moments(self) -> tuple[MomentReport, ...]:
        found = (*self.semesters, self.year)
        return (*found, self.summer) if self.summer else found


def read_report(pupil: Enrolment) -> PupilReport:
    """`pupil` needs its class and year. Raises UnknownScheme."""
    sheets = read_sheets(pupil.school_class, pupils=[pupil])
    results = class_results(sheets)[pupil.pk]
    names = {course.subject.code: course.subject.name for course in sheets.courses}
    first, second, year = results.moments
    grade = pupil.school_class.grade
    subjects = tuple(
        _subject(course.pk, names[course.subject.code], results.subjects[course.subject.code])
        for course in sheets.courses
    )
    proposals = tuple(pupil.proposals.select_related("decision__decided_by", "proposed_by").order_by("pk"))
    return PupilReport(
        labels_of(pupil.school_class.scheme),
        subjects,
        (_moment("semester-1", first, names), _moment("semester-2", second, names)),
        _moment("year", year, names),
        _standing(results.standing, names, grade),
        *_summer(results, names, grade),
        proposals,
        _earlier(pupil, proposals),
    )


def _earlier(pupil: Enrolment, proposals: Iterable[Proposal]) -> tuple[Any, ...]:
    """One row for each decision that no longer stands, the latest first."""
    standing = {(proposal.stage, proposal.decision_id) for proposal in proposals}
    rows = (
        Proposal.history.filter(enrolment=pupil.pk, decision__isnull=False)
        .select_related("decision")
        .order_by("-history_id")
    )
    found = {(row.stage, row.decision_id): row for row in rows}
    return tuple(row for key, row in found.items() if key not in standing)


def _summer(
    results: PupilResults, names: Names, grade: int
) -> tuple[MomentReport | None, StandingReport | None]:
    if results.summer is None or results.summer_standing is None:
        return None, None
    # What was said of the year stands there already; after the summer only what is new.
    known = set(results.standing.reasons)
    new = replace(
        results.summer_standing,
        reasons=tuple(reason for reason in results.summer_standing.reasons if reason not in known),
    )
    return _moment("summer", results.summer, names), _standing(new, names, grade)


def _subject(course_id: int, name: str, found: SubjectResult) -> SubjectLine:
    missing = tuple(_cells(cells) for cells in found.missing)
    return SubjectLine(course_id, name, found.texts, shown_result(found.retest), missing)


def _cells(missing: Iterable[Missing]) -> str:
    return ", ".join(missing_sentence(each, {}) for each in missing)


def _moment(key: str, moment: Moment, names: Names) -> MomentReport:
    return MomentReport(
        key,
        moment.learning.word if moment.learning else "",
        moment.base.word if moment.base else "",
        names.get(moment.adjusted_by, moment.adjusted_by) if moment.adjusted_by else "",
        shown_result(moment.overall),
        moment.conduct.word if moment.conduct else "",
        "" if moment.absences is None else str(moment.absences.total),
        moment.award,
        _words(moment.reasons, names),
        _words(moment.conduct_reasons, names),
        _words(moment.award_reasons, names),
        tuple(missing_sentence(item, names) for item in moment.missing),
    )


def _standing(standing: Standing, names: Names, grade: int) -> StandingReport:
    return StandingReport(
        outcome_words(standing.status or "", grade),
        standing.completion,
        _words((*standing.reasons, *standing.retest_reasons), names),
        tuple(missing_sentence(item, names) for item in standing.missing),
    )


def _words(reasons: Iterable[Reason], names: Names) -> tuple[Why, ...]:
    data = (reason.as_data() for reason in reasons)
    return tuple(dict.fromkeys(Why(sentence(each, names), clause(str(each["clause"]))) for each in data))
