"""What an uploaded score sheet asks for: which cells, of whom, in place of what. Reads only.

Whether each cell may be saved is for `actions.marks.save_marks` to say.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gradebook.entries import entry_of
from gradebook.import_rows import (
    FileReason,
    Misplaced,
    Reason,
    RefusedRow,
    RowRefused,
    Source,
    class_key,
    same_name,
)
from gradebook.layout import PERIODS_OF
from gradebook.models import Column, Course, Enrolment, Mark
from gradebook.spreadsheets.headings import Headings
from gradebook.spreadsheets.rows import Result
from gradebook.spreadsheets.score_columns import PRIMARY, SECONDARY, Layout, MarkKey
from gradebook.spreadsheets.score_sheet import ScoreRow

_K = Column.Kind
_SECONDARY_KINDS = {_K.MIDTERM: "midterm", _K.FINAL: "final", _K.COMMENT: "comment"}
_PRIMARY_KINDS = {_K.LEVEL: "level", _K.SCORE: "test", _K.COMMENT: "comment"}


@dataclass(frozen=True, slots=True)
class Wish:
    """One cell of the file: what stands there now, and what the file says there.

    `seen`: what the portal wrote into that cell of the file, where it did.
    """

    row: int
    enrolment: Enrolment
    column: Column
    heading: str
    old: str
    version: int
    typed: str
    seen: str | None = None

    @property
    def is_asked(self) -> bool:
        """A cell that says so already is no edit, whoever owns its column; nor one that nobody touched."""
        return self.typed not in (self.old, self.seen)


@dataclass(frozen=True, slots=True)
class MarkPlan:
    """Every row of the file is matched to a pupil or refused; every filled cell of a matched row is a wish or refused.

    `emptied`: cells that held something when the portal wrote the file. `absent`: what the file has no longer.
    """

    source: Source
    wishes: list[Wish] = field(default_factory=list)
    matched: dict[int, Enrolment] = field(default_factory=dict)
    refused: list[RefusedRow] = field(default_factory=list)
    refused_cells: list[RefusedRow] = field(default_factory=list)
    emptied: list[Wish] = field(default_factory=list)
    absent: Sequence[str] = ()


def layout_of(course: Course) -> Layout:
    return PRIMARY if course.kind == Course.Kind.PRIMARY else SECONDARY


def columns_by_key(course: Course, semester: int) -> dict[MarkKey, Column]:
    """The course's columns of a semester under the names that score sheets have for them."""
    columns = course.columns.filter(period__semester__number=semester).select_related("period")
    keyed = ((_key(column, course, semester), column) for column in columns)
    known = set(layout_of(course).marks)
    return {key: column for key, column in keyed if key in known}


def _key(column: Column, course: Course, semester: int) -> MarkKey:
    """One that no sheet knows for columns that the ministry's sheets do not have, as the retest."""
    if course.kind == Course.Kind.PRIMARY:
        moment = "midterm" if column.period.code == PERIODS_OF[semester][0] else "final"
        return _PRIMARY_KINDS[_K(column.kind)], moment
    if column.kind == _K.REGULAR:
        return "regular", column.ordinal
    return (_SECONDARY_KINDS.get(_K(column.kind), column.kind),)


def check_place(result: Result[ScoreRow], course: Course) -> None:
    """Raises Misplaced when the file has no pupil at all, or every row that names a class names another."""
    if not result.rows and not result.refused:
        raise Misplaced(FileReason.NO_ROWS)
    named = {row.class_name for row in result.rows if row.class_name}
    here = class_key(course.school_class.name)
    if named and all(class_key(name) != here for name in named):
        raise Misplaced(
            FileReason.OTHER_CLASS_FILE, value=", ".join(sorted(named)[:5]), expected=course.school_class.name
        )


def plan_marks(result: Result[ScoreRow], course: Course, semester: int) -> MarkPlan:
    """`course` has its class loaded. Statements stay constant in the rows."""
    columns, headings = columns_by_key(course, semester), layout_of(course).headings
    plan = MarkPlan(Source.of(result, _unused(result.rows, columns, layout_of(course))))
    plan.refused.extend(map(RefusedRow.of_problem, result.problems))
    roll = _Roll.of(course)
    meant: dict[int, list[ScoreRow]] = defaultdict(list)
    for row in result.rows:
        try:
            meant[roll.find(row).pk].append(row)
        except RowRefused as refusal:
            plan.refused.append(_refused(row, refusal.code, refusal.details))
    marks = _marks(columns)
    for enrolment_id, rows in meant.items():
        if len(rows) > 1:
            plan.refused.extend(_named_twice(rows))
            continue
        enrolment = plan.matched[rows[0].row_number] = roll.enrolments[enrolment_id]
        plan.wishes.extend(_wishes(rows[0], enrolment, columns, marks, headings))
    plan.refused.sort(key=lambda refusal: refusal.row)
    return plan


def _refused(row: ScoreRow, code: Reason, details: Mapping[str, object]) -> RefusedRow:
    return RefusedRow(row.row_number, row.full_name, code, details=details)


def _named_twice(rows: Sequence[ScoreRow]) -> Iterator[RefusedRow]:
    """Neither row is known to be the better one."""
    for row in rows:
        other = next(each for each in rows if each is not row)
        yield _refused(row, Reason.SAME_PUPIL, {"other_row": other.row_number})


def _wishes(
    row: ScoreRow,
    enrolment: Enrolment,
    columns: Mapping[MarkKey, Column],
    marks: Mapping[tuple[int, int], Mark],
    headings: Headings,
) -> Iterator[Wish]:
    """An empty cell of a file is no wish: it never erases."""
    for key, column in columns.items():
        if typed := row.marks.get(key, ""):
            mark = marks.get((enrolment.pk, column.pk))
            yield Wish(
                row=row.row_number,
                enrolment=enrolment,
                column=column,
                heading=headings.official(key),
                old=entry_of(mark).text,
                version=mark.version if mark else 0,
                typed=typed,
            )


def _marks(columns: Mapping[MarkKey, Column]) -> dict[tuple[int, int], Mark]:
    found = Mark.objects.filter(column__in=columns.values())
    return {(mark.enrolment_id, mark.column_id): mark for mark in found}


def _unused(rows: Sequence[ScoreRow], columns: Mapping[MarkKey, Column], layout: Layout) -> list[str]:
    """Columns of marks that hold something, but that this course does not have."""
    spare = [key for key in layout.marks if key not in columns]
    filled = [key for key in spare if any(row.marks.get(key) for row in rows)]
    return [layout.headings.official(key) for key in filled]


@dataclass(frozen=True, slots=True)
class _Roll:
    """The pupils on the roll of the course's class."""

    class_name: str
    enrolments: Mapping[int, Enrolment]

    @classmethod
    def of(cls, course: Course) -> "_Roll":
        pupils = course.school_class.enrolments.on_roll().in_list_order()
        return cls(course.school_class.name, {enrolment.pk: enrolment for enrolment in pupils})

    def find(self, row: ScoreRow) -> Enrolment:
        """By ministry code; without one, by name and birth date or citizen number. Raises RowRefused."""
        if row.class_name and class_key(row.class_name) != class_key(self.class_name):
            raise RowRefused(Reason.OTHER_CLASS, value=row.class_name, expected=self.class_name)
        if row.ministry_code:
            found = [each for each in self.enrolments.values() if _has_code(each, row)]
        else:
            found = [each for each in self.enrolments.values() if _is_alike(each, row)]
        if not found:
            raise RowRefused(Reason.NOT_IN_CLASS, name=self.class_name)
        if len(found) > 1:
            raise RowRefused(Reason.AMBIGUOUS_PUPIL)
        self._check_agreement(row, found[0])
        return found[0]

    def _check_agreement(self, row: ScoreRow, enrolment: Enrolment) -> None:
        """Codes and names that went out of step (a column sorted alone) would give marks to the wrong child."""
        student = enrolment.student
        if not same_name(row.full_name, student.full_name):
            raise RowRefused(
                Reason.DISAGREES, heading="Họ và tên", value=row.full_name, known=student.full_name
            )
        if row.birth_date not in (None, student.birth_date):
            value, known = (f"{day:%d/%m/%Y}" for day in (row.birth_date, student.birth_date))
            raise RowRefused(Reason.DISAGREES, heading="Ngày sinh", value=value, known=known)


def _has_code(enrolment: Enrolment, row: ScoreRow) -> bool:
    return bool(enrolment.student.ministry_code == row.ministry_code)


def _is_alike(enrolment: Enrolment, row: ScoreRow) -> bool:
    student = enrolment.student
    if row.birth_date is None:
        return bool(row.personal_number) and student.citizen_number == row.personal_number
    return student.birth_date == row.birth_date and same_name(student.full_name, row.full_name)
