"""The report of movements as a workbook, in the words of a Vietnamese school."""

from collections.abc import Iterable, Sequence

from gradebook.models import Movement, SchoolYear
from gradebook.movement_report import ClassCount
from gradebook.spreadsheets.writing import Table, write_tables

KINDS = {
    Movement.Kind.RECEIVED: "Chuyển đến",
    Movement.Kind.TRANSFERRED: "Chuyển đi",
    Movement.Kind.DROPPED_OUT: "Thôi học",
    Movement.Kind.CHANGED_CLASS: "Chuyển lớp",
    Movement.Kind.RESERVED: "Bảo lưu",
    Movement.Kind.RETURNED: "Trở lại học",
}
LIST = (
    *("STT", "Họ và tên", "Ngày sinh", "Mã định danh", "Hình thức", "Từ ngày", "Từ lớp", "Đến lớp"),
    *("Trường đi/đến", "Lý do", "Số quyết định", "Ngày quyết định", "Ghi chú"),
)
COUNTS = ("STT", "Lớp", "Đầu kỳ", "Đến", "Đi", "Cuối kỳ")


def movement_workbook(
    year: SchoolYear | None, rows: Iterable[Movement], counts: Iterable[ClassCount]
) -> bytes:
    title = f"HỌC SINH CHUYỂN ĐẾN, CHUYỂN ĐI, THÔI HỌC, CHUYỂN LỚP NĂM HỌC {year or ''}".strip()
    count_title = f"SĨ SỐ CÁC LỚP NĂM HỌC {year or ''}".strip()
    return write_tables(
        Table("Biến động", LIST, map(_line, rows), [title]),
        Table("Sĩ số", COUNTS, map(_count, counts), [count_title]),
    )


def _line(row: Movement) -> Sequence[str]:
    decision = row.decision
    return (
        "",  # the running number
        row.student.full_name,
        f"{row.student.birth_date:%d/%m/%Y}",
        row.student.ministry_code,
        KINDS[Movement.Kind(row.kind)],
        f"{row.on:%d/%m/%Y}",
        row.origin.school_class.name if row.origin else "",
        row.target.school_class.name if row.target else "",
        row.other_school,
        row.reason,
        decision.number if decision else "",
        f"{decision.dated:%d/%m/%Y}" if decision else "",
        "Đã hủy" if row.cancelled_at else "",
    )


def _count(row: ClassCount) -> Sequence[str | int]:
    return ("", row.school_class.name, row.at_first, row.came, row.left, row.now)
