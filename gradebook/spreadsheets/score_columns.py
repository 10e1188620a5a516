"""The columns of the score sheets of the ministry's database, as tables of headings.

Source: rules.md §6.1.3, "Mẫu 1" for lower and upper secondary classes and the sheet for primary classes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gradebook.spreadsheets.headings import Headings, Key
from gradebook.spreadsheets.pupil_columns import PUPIL_HEADINGS

# TT 22/2021 asks for two to four regular marks; chosen study topics add to them.
MOST_REGULAR_MARKS = 10
MarkKey = tuple[str | int, ...]

_IDENTITY: dict[Key, Sequence[str]] = {
    "number": PUPIL_HEADINGS.aliases["number"],
    "class_name": ["Lớp", "Lớp học", "Tên lớp"],
    "ministry_code": PUPIL_HEADINGS.aliases["ministry_code"],
    "personal_number": PUPIL_HEADINGS.aliases["personal_number"],
    "school_code": ["Mã học sinh", "Mã HS"],
    "full_name": ["Họ và tên", "Họ tên", "Họ và tên học sinh", "Họ tên học sinh"],
    "birth_date": PUPIL_HEADINGS.aliases["birth_date"],
}


def _regular(number: int) -> list[str]:
    names = ["ĐĐGtx", "ĐĐG tx", "ĐGtx", "TX", "Thường xuyên", "Đánh giá thường xuyên"]
    names += ["Điểm đánh giá thường xuyên", "Điểm thường xuyên", "Điểm ĐĐGtx"]
    return [f"{name} {number}" for name in names] + [f"ĐĐGtx{number}", f"TX{number}"]


@dataclass(frozen=True)
class Layout:
    """One shape of score sheet: who the row is about, and the columns of marks, levels and comments."""

    headings: Headings
    marks: Sequence[MarkKey]


def _layout(marks: Mapping[MarkKey, Sequence[str]]) -> Layout:
    aliases: dict[Key, Sequence[str]] = {**_IDENTITY}
    aliases.update(marks.items())
    headings = Headings(aliases, required=["full_name"], wide=frozenset({"full_name"}))
    return Layout(headings, list(marks))


SECONDARY = _layout(
    {
        **{("regular", number): _regular(number) for number in range(1, MOST_REGULAR_MARKS + 1)},
        ("midterm",): ["ĐĐGgk", "ĐĐG gk", "ĐGgk", "GK", "Giữa kì", "Đánh giá giữa kì", "Điểm giữa kì"],
        ("final",): ["ĐĐGck", "ĐĐG ck", "ĐGck", "CK", "Cuối kì", "Đánh giá cuối kì", "Điểm cuối kì"],
        ("comment",): ["Nhận xét", "Nội dung nhận xét", "Lời nhận xét"],
    }
)

PRIMARY = _layout(
    {
        ("level", "midterm"): [
            "Mức đạt được GK",
            "Mức đạt được giữa kì",
            "Mức đạt GK",
            "GK Mức đạt được",
            "Giữa kì Mức đạt được",
        ],
        ("comment", "midterm"): ["Nhận xét GK", "Nhận xét giữa kì", "GK Nhận xét", "Giữa kì Nhận xét"],
        ("level", "final"): [
            "Mức đạt được CK",
            "Mức đạt được cuối kì",
            "Mức đạt CK",
            "CK Mức đạt được",
            "Cuối kì Mức đạt được",
        ],
        ("test", "final"): [
            "Điểm KTĐK",
            "KTĐK",
            "Điểm kiểm tra định kì",
            "CK Điểm KTĐK",
            "Cuối kì Điểm KTĐK",
        ],
        ("comment", "final"): ["Nhận xét CK", "Nhận xét cuối kì", "CK Nhận xét", "Cuối kì Nhận xét"],
    }
)
