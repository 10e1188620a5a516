"""The scales of the circulars, one type each.

Scales that share letters stay different types: the "T" of a subject in TT 27 is not the "T" of a quality.
Members are declared from the lowest to the highest and compare only within their own scale.
"""

from enum import Enum
from functools import total_ordering
from typing import Self


@total_ordering
class Scale(Enum):
    """An ordered scale: ``value`` is the code written in the books, ``word`` the circular's wording."""

    word: str
    rank: int

    def __new__(cls, code: str, word: str = "") -> Self:
        member = object.__new__(cls)
        member._value_ = code
        member.word = word or code
        member.rank = len(cls.__members__)
        return member

    def __lt__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.rank < other.rank

    def above(self, steps: int = 1) -> Self | None:
        """The level so many steps up, or None above the top."""
        levels = list(type(self))
        return levels[self.rank + steps] if self.rank + steps < len(levels) else None

    @classmethod
    def parse(cls, text: str) -> Self:
        """The member with this code or wording; ValueError for anything else."""
        for member in cls:
            if text in (member.value, member.word):
                return member
        raise ValueError(f"{text!r} is not on the scale {cls.__name__}")


class SubjectLevel(Scale):
    """TT 27/2020 Điều 7: a subject or educational activity."""

    NOT_COMPLETED = "C", "Chưa hoàn thành"
    COMPLETED = "H", "Hoàn thành"
    WELL_COMPLETED = "T", "Hoàn thành tốt"


class TraitLevel(Scale):
    """TT 27/2020 Điều 7: a quality (phẩm chất) or competence (năng lực)."""

    NEEDS_EFFORT = "C", "Cần cố gắng"
    PASSED = "Đ", "Đạt"
    GOOD = "T", "Tốt"


class PrimaryResult(Scale):
    """TT 27/2020 Điều 9 khoản 2 a: the year in primary school."""

    NOT_COMPLETED = "CHT", "Chưa hoàn thành"
    COMPLETED = "HT", "Hoàn thành"
    WELL_COMPLETED = "HTT", "Hoàn thành tốt"
    EXCELLENT = "HTXS", "Hoàn thành xuất sắc"


class CommentResult(Scale):
    """TT 22/2021 Điều 5 and TT 58/2011: an assessment by comment."""

    NOT_PASSED = "CĐ", "Chưa đạt"
    PASSED = "Đ", "Đạt"


class LearningLevel(Scale):
    """TT 22/2021 Điều 9 khoản 2: kết quả học tập."""

    NOT_PASSED = "Chưa đạt"
    PASSED = "Đạt"
    FAIR = "Khá"
    GOOD = "Tốt"


class ConductLevel(Scale):
    """TT 22/2021 Điều 8: kết quả rèn luyện."""

    NOT_PASSED = "CĐ", "Chưa đạt"
    PASSED = "Đ", "Đạt"
    FAIR = "K", "Khá"
    GOOD = "T", "Tốt"


class AcademicLevel(Scale):
    """TT 58/2011 Điều 13: học lực."""

    POOR = "Kém"
    WEAK = "Yếu"
    AVERAGE = "Trung bình"
    FAIR = "Khá"
    EXCELLENT = "Giỏi"


class FormerConductLevel(Scale):
    """TT 58/2011 Điều 3: hạnh kiểm."""

    WEAK = "Y", "Yếu"
    AVERAGE = "TB", "Trung bình"
    FAIR = "K", "Khá"
    GOOD = "T", "Tốt"
