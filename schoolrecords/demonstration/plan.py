"""The invented school: its name, year, classes and what each class takes beside the compulsory subjects."""

from dataclasses import dataclass
from datetime import date

SCHOOL = "Trường Tiểu học, THCS và THPT Ngàn Thông"
GOVERNING_BODY = "Sở Giáo dục và Đào tạo tỉnh Sông Ngàn"
PLACE = "Ngàn Thông"

YEAR = "2026-2027"
ROLES_SINCE = date(2026, 8, 1)
FIRST_DAY = date(2026, 9, 5)
SECOND_SEMESTER = date(2027, 1, 18)
LAST_DAY = date(2027, 5, 31)
NOVEMBER_LESSON = date(2026, 11, 27)
"""The last day with a roll call of a school that stands in November."""
TESTS = {
    "GK1": (date(2026, 10, 26), date(2026, 11, 7)),
    "CK1": (date(2026, 12, 21), date(2027, 1, 9)),
    "GK2": (date(2027, 3, 15), date(2027, 3, 27)),
    "CN": (date(2027, 5, 3), date(2027, 5, 15)),
}


@dataclass(frozen=True, slots=True)
class ClassPlan:
    name: str
    pupils: int
    chosen: tuple[str, ...] = ()
    """Codes of the subjects taken by choice: foreign language in grades 1 and 2, four in grades 10 to 12."""

    @property
    def grade(self) -> int:
        return int(self.name[:-1])


CLASSES = (
    ClassPlan("1A", 35, ("ngoai-ngu-1",)),
    ClassPlan("2A", 34, ("ngoai-ngu-1",)),
    ClassPlan("3A", 35),
    ClassPlan("4A", 33),
    ClassPlan("5A", 34),
    ClassPlan("6A", 45),
    ClassPlan("6B", 43),
    ClassPlan("7A", 42),
    ClassPlan("8A", 41),
    ClassPlan("9A", 40),
    ClassPlan("10A", 42, ("dia-li", "giao-duc-kinh-te-phap-luat", "cong-nghe", "mi-thuat")),
    ClassPlan("11A", 40, ("vat-li", "hoa-hoc", "sinh-hoc", "tin-hoc")),
    ClassPlan("12A", 38, ("dia-li", "vat-li", "hoa-hoc", "tin-hoc")),
)
