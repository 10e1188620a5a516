"""Placeholders in the comment bank."""

import unicodedata

import pytest

from gradebook.phrase_text import EmptyPlaceholder, UnknownPlaceholder, canonical, resolve

AN = {"tên": "An", "họ tên": "Trần Bảo An", "môn": "Toán", "điểm": ""}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("{ Tên }  chăm   học.", "{tên} chăm học."),
        ("{HỌ  TÊN}: {điểm}", "{họ tên}: {điểm}"),
        (unicodedata.normalize("NFD", "{môn} và {họ tên}"), "{môn} và {họ tên}"),
        ("Không có gì để thay.", "Không có gì để thay."),
    ],
)
def test_placeholders_are_kept_in_one_spelling_however_they_were_typed(typed, kept):
    assert canonical(typed) == kept


@pytest.mark.parametrize(
    ("typed", "found"),
    [("{ten} giỏi", "{ten}"), ("{tên giỏi", "{"), ("tên} giỏi", "}"), ("{{tên}}", "{"), ("{}", "{}")],
)
def test_what_stands_for_nothing_is_named(typed, found):
    with pytest.raises(UnknownPlaceholder) as refused:
        canonical(typed)

    assert refused.value.found == found


def test_a_phrase_is_filled_in_for_one_pupil():
    assert resolve("{tên} ({họ tên}) học tốt môn {môn}.", AN) == "An (Trần Bảo An) học tốt môn Toán."


def test_a_pupil_without_an_average_gets_no_sentence_with_a_gap():
    with pytest.raises(EmptyPlaceholder) as refused:
        resolve("{tên} đạt {điểm}.", AN)

    assert refused.value.name == "điểm"
