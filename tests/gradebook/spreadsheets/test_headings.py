import unicodedata

import pytest

from gradebook.spreadsheets.headings import Headings, joined, match
from gradebook.spreadsheets.pupil_columns import PUPIL_HEADINGS
from gradebook.spreadsheets.score_columns import PRIMARY, SECONDARY

# Exactly as the ministry's file has them (rules.md §6.1.1).
MINISTRY = [
    "STT",
    "Mã định danh Bộ GD&ĐT",
    "Họ tên",
    "Ngày sinh",
    "Giới tính",
    "Dân tộc",
    "Trạng thái",
    "SĐT liên hệ",
    "Nơi sinh chi tiết",
    "Tổ/thôn Hộ khẩu thường trú",
    "Tỉnh thành quê quán",
    "Phường Xã quê quán",
    "Chỗ ở hiện nay",
    "Số CMND",
    "Ngày cấp",
    "Nơi cấp",
    "Tên cha",
    "Nghề nghiệp cha",
    "Năm sinh cha",
    "Tên mẹ",
    "Nghề nghiệp mẹ",
    "Năm sinh mẹ",
    "Lớp học",
    "Khối học",
    "Số định danh cá nhân",
]


def test_the_ministrys_headings_in_the_ministrys_order():
    assert [PUPIL_HEADINGS.official(key) for key in PUPIL_HEADINGS.aliases][: len(MINISTRY)] == MINISTRY


@pytest.mark.parametrize(
    "heading",
    [
        "Họ và tên",
        "HỌ VÀ TÊN",
        "Ho va ten",
        unicodedata.normalize("NFD", "Họ và tên"),
        "Họ\u00a0và \n tên ",
        "Họ và tên (*)",
        "Họ và tên (viết hoa) *",
    ],
)
def test_one_heading_in_many_hands(heading):
    assert PUPIL_HEADINGS.key(heading) == "full_name"


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("ĐĐGtx 1", ("regular", 1)),
        ("ĐĐGtx1", ("regular", 1)),
        ("ĐĐGtx (2)", ("regular", 2)),
        ("TX4", ("regular", 4)),
        ("Điểm đánh giá thường xuyên 3", ("regular", 3)),
        ("ĐĐGgk", ("midterm",)),
        ("Cuối kỳ", ("final",)),
        ("Nhận xét", ("comment",)),
    ],
)
def test_secondary_headings(heading, key):
    assert SECONDARY.headings.key(heading) == key


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Mức đạt được GK", ("level", "midterm")),
        ("Nhận xét giữa kỳ", ("comment", "midterm")),
        ("Mức đạt được CK", ("level", "final")),
        ("Điểm KTĐK", ("test", "final")),
        ("Nhận xét CK", ("comment", "final")),
    ],
)
def test_primary_headings(heading, key):
    assert PRIMARY.headings.key(heading) == key


def test_match_reports_missing_unknown_and_repeated():
    headings = Headings({"a": ["Lớp"], "b": ["Khối"], "c": ["Tên"]}, required=["a", "c"])
    matched = match(["Khối", "Ghi chú", "LỚP", "lop"], headings)
    assert matched.positions == {"b": 0, "a": 2}
    assert matched.missing == ["c"]
    assert matched.unknown == [1]
    assert matched.repeated == {"a": [2, 3]}


def test_one_heading_cannot_mean_two_things():
    with pytest.raises(ValueError, match="LOP"):
        Headings({"a": ["Lớp"], "b": ["LOP"]}, required=[])


@pytest.mark.parametrize(
    ("upper", "lower", "heading"),
    [
        ("ĐĐGtx", "1", "ĐĐGtx 1"),
        ("STT", "", "STT"),
        ("", "STT", "STT"),
        ("Thông tin học sinh", "Họ tên", "Họ tên"),
        ("Cha", "Họ tên", "Cha Họ tên"),
    ],
)
def test_joined(upper, lower, heading):
    assert joined(upper, lower) == heading
