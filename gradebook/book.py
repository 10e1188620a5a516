"""The class book of one class as plain data: every course with its cells and results, and the summary.

Read in a constant number of queries however many pupils and courses there are. What is printed, archived and
fingerprinted starts here.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from gradebook.assessment.scales import Scale
from gradebook.decided import Decided, decided
from gradebook.models import Column, Course, Enrolment, SchoolClass
from gradebook.results.classes import ClassSheets, class_results, read_sheets
from gradebook.results.record import Moment, PupilResults
from gradebook.results.subjects import shown_result

Texts = tuple[str, str, str]
NO_TEXTS = ("", "", "")


@dataclass(frozen=True, slots=True)
class BookColumn:
    kind: str
    ordinal: int
    semester: int
    period: str
    strand: str
    trait: str

    @classmethod
    def of(cls, column: Column) -> "BookColumn":
        """`column` needs its period and semester loaded."""
        period = column.period
        return cls(
            column.kind, column.ordinal, period.semester.number, period.code, column.strand, column.trait
        )


@dataclass(frozen=True, slots=True)
class BookRow:
    """One pupil's line: cell texts in column order, then semester I, semester II and year, then the retest."""

    number: int
    name: str
    cells: tuple[str, ...]
    results: Texts
    retest: str


@dataclass(frozen=True, slots=True)
class CourseBook:
    subject: str
    kind: str
    teachers: tuple[str, ...]
    """Names; who teaches only a part of the subject, with the part, and who stood in for somebody, for whom:
    `Phan Thị Mỹ (Địa lí)`, `Lê Thị Na (dạy thay Phan Thị Mỹ)`."""
    columns: tuple[BookColumn, ...]
    rows: tuple[BookRow, ...]


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One pupil over all courses: semester I, II and the year, what became of it in summer, and what was decided.

    `overall` is the mean of all subjects and `titles` those of the semesters, where the circular has them (TT 58/2011);
    `summer` is the conduct and the learning result after the summer; `outcome` a code of `Outcome`.
    """

    number: int
    name: str
    results: tuple[Texts, ...]
    learning: Texts
    overall: Texts
    conduct: Texts
    absences: Texts
    titles: tuple[str, str]
    summer: tuple[str, str]
    outcome: str
    completion: str
    award: str
    decision: str
    decided_on: str


@dataclass(frozen=True, slots=True)
class ClassBook:
    courses: tuple[CourseBook, ...]
    homeroom: CourseBook | None
    summary: tuple[SummaryRow, ...]


def read_book(school_class: SchoolClass, *, pupil: Enrolment | None = None) -> ClassBook:
    """The book of the class, or of one pupil of it. Who left in the course of the year stays in the book."""
    sheets = read_sheets(school_class, pupils=[pupil] if pupil else None)
    results = class_results(sheets)
    decisions = decided(sheets.pupils)
    return ClassBook(
        tuple(_course_book(course, sheets, results) for course in sheets.courses),
        _course_book(sheets.homeroom, sheets, results) if sheets.homeroom else None,
        tuple(
            _summary(pupil, results[pupil.pk], decisions.get(pupil.pk, Decided())) for pupil in sheets.pupils
        ),
    )


def _course_book(course: Course, sheets: ClassSheets, results: Mapping[int, PupilResults]) -> CourseBook:
    columns = course.columns.all()
    rows = []
    for pupil in sheets.pupils:
        cells, found = sheets.of(pupil), results[pupil.pk].subjects.get(course.subject.code)
        rows.append(
            BookRow(
                pupil.number,
                pupil.student.full_name,
                tuple(cells[column.pk].text if column.pk in cells else "" for column in columns),
                found.texts if found else NO_TEXTS,
                shown_result(found.retest) if found else "",
            )
        )
    return CourseBook(
        course.subject.name,
        course.kind,
        teacher_names(course),
        tuple(map(BookColumn.of, columns)),
        tuple(rows),
    )


def teacher_names(course: Course) -> tuple[str, ...]:
    parts: dict[str, list[str]] = defaultdict(list)
    for assignment in course.assignments.all():
        replaced = assignment.acting_for
        part = f"dạy thay {replaced.full_name}" if replaced else assignment.strand
        parts[assignment.teacher.full_name].append(part)
    return tuple(
        name if "" in strands else f"{name} ({', '.join(dict.fromkeys(strands))})"
        for name, strands in parts.items()
    )


def _summary(pupil: Enrolment, results: PupilResults, decided: Decided) -> SummaryRow:
    first, second, year = results.moments
    standing = results.summer_standing or results.standing
    return SummaryRow(
        pupil.number,
        pupil.student.full_name,
        tuple(subject.texts for subject in results.subjects.values()),
        (_level(first), _level(second), _level(year)),
        (shown_result(first.overall), shown_result(second.overall), shown_result(year.overall)),
        (_word(first.conduct), _word(second.conduct), _word(year.conduct)),
        (_absences(first), _absences(second), _absences(year)),
        (first.award, second.award),
        (_word(results.summer.conduct), _level(results.summer)) if results.summer else ("", ""),
        decided.outcome,
        standing.completion,
        decided.award,
        decided.number,
        decided.dated.isoformat() if decided.dated else "",
    )


def _level(moment: Moment) -> str:
    return moment.learning.value if moment.learning else ""


def _word(level: Scale | None) -> str:
    return level.word if level else ""


def _absences(moment: Moment) -> str:
    return "" if moment.absences is None else str(moment.absences.total)
