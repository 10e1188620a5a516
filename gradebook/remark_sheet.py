"""A semester's remarks as a workbook, in the words of a Vietnamese school."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from gradebook.import_templates import school_name
from gradebook.models import Remark, SchoolClass
from gradebook.spreadsheets.writing import Table, write_tables
from gradebook.weeks import DAY, WEEK, Weeks

KINDS = {
    Remark.Kind.REMARK: "Nhận xét",
    Remark.Kind.PRAISE: "Tuyên dương",
    Remark.Kind.BREACH: "Vi phạm nội quy",
}
HEADINGS = (
    *("STT", "Tuần", "Từ ngày", "Đến ngày", "Họ và tên"),
    *("Hình thức", "Nội dung", "Môn", "Người ghi", "Ghi lúc"),
)


def remark_workbook(school_class: SchoolClass, semester: int, rows: Iterable[Remark]) -> bytes:
    weeks = Weeks.of(school_class.year)
    part = f"LỚP {school_class.name} HỌC KỲ {'I' * semester} NĂM HỌC {school_class.year}"
    titles = [school_name(), f"NHẬN XÉT HẰNG TUẦN {part}"]
    return write_tables(Table("Nhận xét", HEADINGS, (_line(row, weeks) for row in rows), titles))


def _line(row: Remark, weeks: Weeks) -> Sequence[str]:
    return (
        "",  # the running number
        str(weeks.number(row.week)),
        f"{row.week:%d/%m/%Y}",
        f"{row.week + WEEK - DAY:%d/%m/%Y}",
        row.enrolment.student.full_name if row.enrolment else "Cả lớp",
        KINDS[Remark.Kind(row.kind)],
        row.text,
        row.course.subject.name,
        row.written_by.full_name,
        f"{timezone.localtime(row.written_at):%H:%M %d/%m/%Y}",
    )
