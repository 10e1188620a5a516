"""The class summary (bảng tổng hợp) on screen: all subjects and pupils of a class at one moment of the year."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gradebook.assessment import schemes
from gradebook.assessment.scales import (
    AcademicLevel,
    LearningLevel,
    PrimaryResult,
    Scale,
)
from gradebook.assessment.schemes import Circular
from gradebook.decided import Decided, decided
from gradebook.labels import LABELS, Labels
from gradebook.models import Course, SchoolClass
from gradebook.outcomes import outcome_words
from gradebook.results.classes import class_results, read_sheets
from gradebook.results.record import YEAR, PupilResults
from gradebook.results.subjects import shown_result

MOMENTS = {"semester-1": 0, "semester-2": 1, "year": YEAR}
_LEARNING: Mapping[Circular, type[Scale]] = {
    Circular.TT22_2021: LearningLevel,
    Circular.TT27_2020: PrimaryResult,
    Circular.TT58_2011: AcademicLevel,
    Circular.TT58_2020: AcademicLevel,
}


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One pupil. `texts` by subject, "" where nothing is computed yet; `outcome` is what the rules say."""

    pk: int
    number: int
    name: str
    has_left: bool
    texts: tuple[str, ...]
    learning: str
    adjusted: bool
    overall: str
    conduct: str
    absences: str
    outcome: str
    award: str
    decided: str
    decided_award: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubjectColumn:
    course_id: int
    name: str
    missing: int


@dataclass(frozen=True, slots=True)
class ClassSummary:
    moment: str
    labels: Labels
    subjects: tuple[SubjectColumn, ...]
    lines: tuple[SummaryLine, ...]
    learning: tuple[tuple[str, int], ...]
    """How many pupils have each level, best first."""
    has_learning: bool
    has_overall: bool

    @property
    def has_adjusted(self) -> bool:
        return any(line.adjusted for line in self.lines)

    @property
    def is_year(self) -> bool:
        return self.moment == "year"

    @property
    def incomplete(self) -> list[SummaryLine]:
        return [line for line in self.lines if line.missing and not line.has_left]

    @property
    def semester(self) -> int:
        """The sheet on which the moment's marks stand."""
        return 1 if self.moment == "semester-1" else 2


def read_summary(school_class: SchoolClass, moment: str) -> ClassSummary:
    """`moment` is one of MOMENTS. Constant number of queries. Raises UnknownScheme."""
    sheets = read_sheets(school_class)
    results = class_results(sheets)
    circular = schemes.parse(school_class.scheme).circular
    place = MOMENTS[moment]
    # Nothing is computed in a primary semester: the levels stand as they were given.
    has_learning = circular is not Circular.TT27_2020 or place == YEAR
    names = {course.subject.code: course.subject.name for course in sheets.courses}
    decisions = decided(sheets.pupils) if place == YEAR else {}
    lines = tuple(
        _line(
            pupil.pk,
            pupil.number,
            pupil.student.full_name,
            pupil.until is not None,
            results[pupil.pk],
            place,
            names,
            decisions.get(pupil.pk, Decided()),
            school_class.grade,
        )
        for pupil in sheets.pupils
    )
    staying = [line for line in lines if not line.has_left]
    return ClassSummary(
        moment,
        LABELS[circular],
        tuple(_subject(course, staying) for course in sheets.courses),
        lines,
        _counts(_LEARNING[circular], (line.learning for line in staying)),
        has_learning,
        any(line.overall for line in lines),
    )


def _line(
    pk: int,
    number: int,
    name: str,
    has_left: bool,
    results: PupilResults,
    place: int,
    names: Mapping[str, str],
    decision: Decided,
    grade: int,
) -> SummaryLine:
    moment = results.moments[place]
    texts = tuple(shown_result(found.values[place]) for found in results.subjects.values())
    lacking = [
        names[code]
        for code, found in results.subjects.items()
        if found.values[place] is None and (place == YEAR or found.taught[place])
    ]
    return SummaryLine(
        pk,
        number,
        name,
        has_left,
        texts,
        moment.learning.word if moment.learning else "",
        moment.adjusted_by is not None,
        shown_result(moment.overall),
        moment.conduct.word if moment.conduct else "",
        "" if moment.absences is None else str(moment.absences.total),
        outcome_words(results.standing.status or "", grade) if place == YEAR else "",
        moment.award,
        outcome_words(decision.outcome, grade),
        decision.award,
        (*lacking, *(item for item in moment.missing if ":" in item)),
    )


def _subject(course: Course, staying: Iterable[SummaryLine]) -> SubjectColumn:
    name = course.subject.name
    return SubjectColumn(course.pk, name, sum(name in line.missing for line in staying))


def _counts(scale: type[Scale], words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    found = Counter(words)
    return tuple((level.word, found[level.word]) for level in reversed(list(scale)))
