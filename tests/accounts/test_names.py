"""Vietnamese names: the order of the class list and forgiving search."""

import random
import unicodedata

import pytest

from accounts.names import clean, search_key, sort_key

IN_ORDER = [
    "Trần Văn An",
    "Nguyễn Bảo Anh",
    "Trần Bảo Anh",
    "Lê Thị Ánh",
    "Lê Thị Ân",
    "Phạm Gia Bình",
    "Hoàng Thùy Dung",
    "Nguyễn Yến Dung",
    "Hoàng Tuấn Dũng",
    "Nguyễn Văn Đạt",
    "Vũ Thị Uyên",
    "Đỗ Minh Ước",
]


def test_a_class_list_is_in_the_order_of_the_vietnamese_alphabet():
    shuffled = random.Random(1).sample(IN_ORDER, len(IN_ORDER))

    assert sorted(shuffled, key=sort_key) == IN_ORDER


@pytest.mark.parametrize(
    "typed", ["nguyen van dat", "NGUYỄN  VĂN ĐẠT", unicodedata.normalize("NFD", "Nguyễn Văn Đạt")]
)
def test_search_ignores_diacritics_case_and_form(typed):
    assert search_key(typed) == search_key("Nguyễn Văn Đạt") == "nguyen van dat"


def test_a_name_is_kept_composed_and_single_spaced():
    assert clean(unicodedata.normalize("NFD", "  Lê\u00a0 Thị Ánh ")) == "Lê Thị Ánh"
