"""The sheet of one course and semester as one person sees it, read in a constant number of queries."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db.models import Exists, QuerySet

from accounts.models import User
from accounts.prepared import Given, Prepared
from gradebook import policies, summer
from gradebook.assessment.schemes import UnknownScheme
from gradebook.column_checks import ColumnCheck, with_checks
from gradebook.entries import CONTENT, Entry
from gradebook.layout import PERIODS_OF, SUMMER
from gradebook.models import Column, Course, Enrolment, Mark, Policy
from gradebook.openings import Openings, read_openings
from gradebook.results.subjects import ResultColumns, subject_result
from gradebook.sheet import Cell, PeriodGroup, Sheet, SheetColumn, SheetRow


def read_sheet(course: Course, *, semester: int, user: User) -> Sheet:
    """`course` needs its class and year loaded."""
    columns = _checked_columns(course)
    teaching = policies.read_teaching(course, user)
    owned = {column.pk for column in teaching.owned(columns)}
    openings = read_openings(course)
    # Only the second semester's sheet goes on into the summer.
    called = summer.called(course) if semester == max(PERIODS_OF) else frozenset()
    roll = pupils_of(course)
    called &= {pk for pk, _number, _name in roll}
    return Sheet(
        course=course,
        semester=semester,
        groups=tuple(_groups(semester, columns, owned, openings, called)),
        rows=tuple(_rows(_deciding(course, columns), roll, _MARKS.ask(course=course.pk), called)),
        teaching=tuple(teaching.assignments),
        owners=_owners(teaching, columns),
        whole_regular=any(column.whole_regular for column in columns),
    )


def results_of(
    course: Course, columns: Sequence[Column], pupils: Collection[int]
) -> dict[int, tuple[str, str, str]]:
    """Semester I, semester II and year of these pupils, by enrolment, as the sheet shows them. One query."""
    deciding = _deciding(course, columns)
    entries: dict[int, dict[int, Entry]] = {pk: {} for pk in pupils}
    for enrolment, column, _version, *content in _marks(course, pupils):
        entries[enrolment][column] = Entry(*content)
    return {pk: _results(deciding, own) for pk, own in entries.items()}


def _owners(teaching: policies.Teaching, columns: Sequence[Column]) -> dict[int, str]:
    if not any(column.strand for column in columns):
        return {}
    return {column.pk: ", ".join(map(str, teaching.owners(column))) for column in columns}


def columns_of(course: Course) -> list[Column]:
    """With period and semester, in the order of the sheet. One query."""
    return _COLUMNS.ask(course=course.pk)


def _checked_columns(course: Course) -> list[Any]:
    """The same with what stands over them, and with what the policy says of regular marks, in one query too."""
    school_class = course.school_class
    return _CHECKED_COLUMNS.ask(course=course.pk, year=school_class.year_id, level=school_class.level)


def pupils_of(course: Course) -> list[tuple[int, int, str]]:
    """Enrolment, number and name of who is on roll, in list order. One query."""
    return _PUPILS.ask(school_class=course.school_class_id)


def _groups(
    semester: int,
    columns: Sequence[Column],
    owned: set[int],
    openings: Openings,
    called: Collection[int],
) -> Iterator[PeriodGroup]:
    """The periods that have columns; the summer only once somebody is called back, as most pupils are not."""
    for code in (*PERIODS_OF[semester], *((SUMMER,) if called else ())):
        if any(column.period.code == code for column in columns):
            yield _group(code, columns, owned, openings)


def _group(code: str, columns: Sequence[Column], owned: set[int], openings: Openings) -> PeriodGroup:
    inside = [column for column in columns if column.period.code == code]
    return PeriodGroup(
        label=str(inside[0].period),
        state=openings.state(inside),
        closings=openings.closings(inside),
        columns=tuple(
            SheetColumn(
                c.pk,
                c.label,
                c.kind,
                c.strand,
                is_owned=c.pk in owned,
                is_open=openings.has(c),
                in_summer=code == SUMMER,
                check=ColumnCheck.of(c),
            )
            for c in inside
        ),
    )


def _rows(
    deciding: ResultColumns | None,
    pupils: Iterable[tuple[int, int, str]],
    marks: Iterable[tuple[Any, ...]],
    called: Collection[int],
) -> Iterator[SheetRow]:
    entries: dict[int, dict[int, Entry]] = {}
    cells: dict[int, dict[int, Cell]] = {}
    for enrolment, column, version, *content in marks:
        entry, text = _read(*content)
        entries.setdefault(enrolment, {})[column] = entry
        cells.setdefault(enrolment, {})[column] = Cell(text, version)
    for pk, number, name in pupils:
        yield SheetRow(
            pk, number, name, cells.get(pk, {}), _results(deciding, entries.get(pk, {})), pk in called
        )


def _results(deciding: ResultColumns | None, entries: Mapping[int, Entry]) -> tuple[str, str, str]:
    return subject_result(deciding, entries).texts if deciding and entries else ("", "", "")


def _marks(course: Course, only: Collection[int]) -> list[tuple[Any, ...]]:
    if len(only) == 1:
        return _MARKS_OF_ONE.ask(course=course.pk, pupil=next(iter(only)))
    return list(_marks_of(course.pk).filter(enrolment__in=only))


def _marks_of(course: "int | Given") -> "QuerySet[Any, tuple[Any, ...]]":
    return Mark.objects.filter(column__course=course).values_list(
        "enrolment_id", "column_id", "version", *CONTENT
    )


@lru_cache(maxsize=1024)
def _read_short(*content: Any) -> tuple[Entry, str]:
    """A school knows some hundred scores, levels and counts; each is read and put into words once."""
    entry = Entry(*content)
    return entry, entry.text


def _read(state: str, score: Any, level: str, comment: str, count: int | None) -> tuple[Entry, str]:
    if comment:
        return Entry(state, score, level, comment, count), comment
    return _read_short(state, score, level, comment, count)


def _deciding(course: Course, columns: Sequence[Column]) -> ResultColumns | None:
    """None where nothing is computed: on the homeroom sheet, and under rules nobody knows."""
    if course.kind == Course.Kind.HOMEROOM:
        return None
    try:
        return ResultColumns.of(course, columns)
    except UnknownScheme:
        return None


def _columns() -> "QuerySet[Column]":
    columns = Column.objects.filter(course=Given("course")).select_related("period__semester")
    return columns.order_by("period__order", "order")  # type: ignore[no-any-return]


_COLUMNS = Prepared[Column](_columns)
_WHOLE = Policy.objects.filter(year=Given("year"), level=Given("level"), whole_regular_marks=True)
_CHECKED_COLUMNS = Prepared[Column](lambda: with_checks(_columns()).annotate(whole_regular=Exists(_WHOLE)))
_MARKS = Prepared[tuple[Any, ...]](lambda: _marks_of(Given("course")))
# What most saves need: a teacher types cell by cell.
_MARKS_OF_ONE = Prepared[tuple[Any, ...]](lambda: _marks_of(Given("course")).filter(enrolment=Given("pupil")))
_PUPILS = Prepared[tuple[int, int, str]](
    lambda: (
        Enrolment.objects.filter(school_class=Given("school_class"))
        .on_roll()
        .order_by("number")
        .values_list("pk", "number", "student__full_name")
    )
)
