"""Who completed a level at the end of a year: the list of graduates, and of those who change level here."""

from collections.abc import Iterable
from dataclasses import dataclass

from gradebook.models import Movement, School, SchoolYear
from gradebook.spreadsheets.writing import write_table

GRADUATED, CHANGED_LEVEL = "graduated", "changed-level"
TITLES = {
    GRADUATED: "DANH SÁCH HỌC SINH HOÀN THÀNH CẤP HỌC",
    CHANGED_LEVEL: "DANH SÁCH HỌC SINH CHUYỂN CẤP TRONG TRƯỜNG",
}
HEADINGS = (
    "STT",
    "Lớp",
    "Họ và tên",
    "Ngày sinh",
    "Mã định danh",
    "Số đăng bộ",
    "Quyết định",
    "Lớp năm học sau",
)


@dataclass(frozen=True, slots=True)
class Leaver:
    movement: Movement
    next_class: str

    @property
    def cells(self) -> list[str]:
        """The line of the workbook; its running number is left to the writer."""
        origin, student = self.movement.origin, self.movement.student
        return [
            "",
            str(origin.school_class) if origin else "",
            student.full_name,
            f"{student.birth_date:%d/%m/%Y}",
            student.ministry_code,
            str(student.register_number or ""),
            self.movement.reason,
            self.next_class,
        ]


def read_leavers(year: SchoolYear, which: str) -> list[Leaver]:
    """By class and list order; one query."""
    rows = Movement.objects.filter(
        origin__school_class__year=year, kind=Movement.Kind.GRADUATED, cancelled_at=None
    )
    if which == CHANGED_LEVEL:
        rows = rows.exclude(target=None)
    rows = rows.select_related("student", "origin__school_class", "target__school_class")
    rows = rows.order_by("origin__school_class__grade", "origin__school_class__name", "origin__number")
    return [Leaver(row, str(row.target.school_class) if row.target else "") for row in rows]


def workbook_of(leavers: Iterable[Leaver], year: SchoolYear, which: str) -> bytes:
    """Headings and titles as offices know them, hence Vietnamese for every reader."""
    school = School.objects.first()
    titles = [school.name.upper() if school else "", f"{TITLES[which]} NĂM HỌC {year}"]
    return write_table(HEADINGS, [leaver.cells for leaver in leavers], titles, sheet="Danh sách")
