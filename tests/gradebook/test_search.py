"""Finding a pupil: as a hurried hand types, and only whom one may see."""

import unicodedata

import pytest
from django.test import Client

from gradebook.search import find_pupils
from tests.cast import signed_in
from tests.gradebook.profiles import profiles_close, write


def found(typed, user):
    return [str(enrolment.student) for enrolment in find_pupils(typed, user)]


def classes(typed, user):
    return {enrolment.school_class.name for enrolment in find_pupils(typed, user)}


@pytest.mark.parametrize(
    "typed",
    [
        "nguyen van dat",
        "Đạt Nguyễn",
        "DAT",
        "đạt",
        unicodedata.normalize("NFD", "Nguyễn Văn Đạt"),
        " van  dat ",
    ],
)
def test_by_name_in_every_way_of_typing(cast, typed):
    assert set(found(typed, cast.hanh)) == {"Nguyễn Văn Đạt"}


def test_words_begin_words_and_do_not_stand_inside_them(cast):
    assert "Lê Thị Ánh" in found("anh", cast.hanh)
    assert found("nh", cast.hanh) == []


def test_in_vietnamese_name_order(cast):
    assert list(dict.fromkeys(found("t", cast.hanh))) == ["Trần Bảo An", "Lê Thị Ánh", "Đặng Thùy Dung"]


def test_exactly_by_every_number(cast):
    profiles_close(cast, in_days=1)
    an = cast.pupils["6A"][0]
    write(an, cast.mai, citizen_number="001215000001", school_code="HS-6A-01")

    for number in (an.student.ministry_code, "001215000001", "0012 1500 0001", "hs-6a-01"):
        assert found(number, cast.mai) == ["Trần Bảo An"], number
    assert found("00121500000", cast.mai) == []


def test_a_teacher_finds_the_pupils_of_own_classes_only(cast):
    assert classes("an", cast.toan) == {"6A"}
    assert classes("an", cast.lan) == {"6B"}
    assert classes("an", cast.hanh) == {"6A", "6B"}
    assert found("an", cast.dung) == []


def test_a_subject_teacher_does_not_learn_whose_a_number_is(cast):
    assert found(cast.pupils["6A"][0].student.ministry_code, cast.toan) == []


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "\x00", "'; --", "9" * 500, "ً"])
def test_nothing_strange_finds_anybody_or_breaks_the_page(cast, typed):
    response = signed_in(Client(), cast.hanh).get("/pupils/", {"q": typed})
    assert response.status_code == 200
    assert "Trần Bảo An" not in response.text
