"""Cases in plain text: what cannot be read is refused, what is still open is said."""

import unicodedata

import pytest

from gradebook.assessment.evaluate import evaluate
from gradebook.assessment.evaluate_values import CannotEvaluate
from tests.gradebook.cases.written import case, evaluation, pupil, result

MARKS = {"tx": ["8", "9"], "gk": "7", "ck": "8"}
YEAR = {"conduct_year": "Tốt", "learning_year": "Tốt"}


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({}, "'scheme' is missing"),
        ({"scheme": "TT22", "kind": "award"}, "'input' is missing"),
        ({"scheme": "TT99", "kind": "award", "input": {}}, "'TT99' is not a scheme"),
        ({"scheme": 22, "kind": "award", "input": {}}, "22 is not a scheme"),
        ({"scheme": "TT22+zero", "kind": "award", "input": {}}, "TT22+zero"),
        ({"scheme": "TT22", "kind": ["award"], "input": {}}, "has no kind"),
        ({"scheme": "TT22", "kind": "award", "input": None}, "input: an object"),
        (case("overall_average", scored={"Toán": "8.0"}), "TT22-2021 has no kind 'overall_average'"),
        (case("conduct_year", "TT58", semester1="Tốt"), "TT58-2020 has no kind"),
        (case("conduct_year", semester1="Giỏi", semester2="Tốt"), "semester1: 'Giỏi' is none of Chưa đạt"),
        (case("subject_semester_average", **MARKS | {"tx": ["8", "11"]}), "tx 2: '11' is not a mark"),
        (case("subject_semester_average", **MARKS | {"gk": "8.55"}), "gk: '8.55' is not a mark"),
        (case("subject_semester_average", **MARKS | {"gk": 8.5}), "gk: a mark is a text such as '8.5', not"),
        (case("subject_semester_average", **MARKS | {"gk": "9" * 9999}), "gk: '9"),
        (case("subject_semester_average", **MARKS | {"gk": ["8"]}), "gk: a mark is a text"),
        (case("subject_semester_average", **MARKS | {"tx": "89"}), "tx: a list is wanted"),
        (case("subject_semester_average", gk="7", ck="8"), "'tx' is missing"),
        (case("subject_semester_average", **MARKS, required_tx=1000), "1000 regular marks are more"),
        (case("subject_year_average"), "neither semester"),
        (case("comment_subject_year"), "neither semester"),
        (case("learning_level", **pupil("8.0*8") | {"scored": ["8.0"]}), "scored: an object"),
        (case("learning_level", scored={"Toán": "8.5.5"}, comment={}), "scored: Toán: '8.5.5' is not"),
        (case("learning_level", scored={"Toán": True}, comment={}), "scored: Toán: a mark is a text"),
        (case("learning_level", scored={"Toán": "8.0"}), "'comment' is missing"),
        (case("promotion", **YEAR, absences=-1), "absences cannot be -1"),
        (case("promotion", **YEAR, absences=4.5), "absences: 4.5 is not a whole number"),
        (case("promotion", **YEAR, absences=True), "absences: True is not a whole number"),
        (case("promotion", **YEAR, absences=10**40), "absences: 1000"),
        (case("regular_mark_count", periods_per_year=0), "0 lessons a year"),
        (case("regular_mark_count"), "'periods_per_year' is missing"),
        (case("comment_subject_semester", tx=["T"], gk="Đ", ck="Đ"), "tx 1: 'T' is none of"),
        (
            case("comment_subject_semester", tx=["Đ"], gk="Đ", ck="Đ", semester_closed="false"),
            "semester_closed: true or false is wanted",
        ),
        (case("after_retest", **pupil("3.0*8"), retest_results={"Nhạc": "8.0"}), "may not be assessed again"),
        (case("full_year", semester1={"Toán": MARKS}, grade=5), "grades 6 to 12"),
        (case("full_year", semester1={"Toán": "8.0"}), "semester1: Toán: an object"),
        (case("tests_required", "TT27", grade=6, period="GK1"), "grades 1 to 5"),
        (case("tests_required", "TT27", grade=3, period="giua"), "period: 'giua' is none of"),
        (case("test_score_valid", "TT27"), "'score' is missing"),
        (case("test_score_valid", "TT27", score=["9"]), "neither a text nor a number"),
        (case("promotion", "TT27", result="Chưa hoàn thành", principal_decision="maybe"), "promote, retain"),
        (case("promotion", "TT27", result="Hoàn thành", grade=9), "grades 1 to 5"),
        (case("academic_level", "TT58", scored={"Toán": "8.0"}, comment={}, anchor_rule="4"), "anchor"),
        (
            case("academic_level", "TT58", scored={"Toán": "8"}, comment={}, specialised_subject="Lí"),
            "the specialised subject 'Lí' has no average",
        ),
    ],
)
def test_a_case_that_no_rule_can_read_is_refused_with_the_place(broken, says):
    with pytest.raises(CannotEvaluate) as refused:
        evaluate(broken)
    assert says in str(refused.value)
    assert len(str(refused.value)) < 500


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"tests_year_end": {"Toán": "7.5"}}, "tests_year_end: Toán: '7.5' is not a score"),
        ({"tests_year_end": {"Toán": "0"}}, "whole number from 1 to 10"),
        ({"tests_year_end": {"Toán": 9}}, "Toán: 9 is not a score"),
        ({"grade": 6}, "grades 1 to 5"),
        ({"qualities": {"Nhân ái": "Tốt"}, "competences": {"Nhân ái": "Tốt"}}, "'Nhân ái' stands among"),
    ],
)
def test_a_primary_year_that_no_rule_can_read_is_refused(changed, says):
    year = {"grade": 1, "subjects_year_end": {"Toán": "T"}, "tests_year_end": {}}
    year |= {"qualities": {"Nhân ái": "Tốt"}, "competences": {"Tính toán": "Tốt"}}
    with pytest.raises(CannotEvaluate, match=says):
        evaluation("year_result", "TT27", **year | changed)


def test_nesting_without_end_is_refused():
    nested: list[object] = []
    for _ in range(100_000):
        nested = [nested]
    with pytest.raises(CannotEvaluate):
        evaluation("promotion", **YEAR, absences=nested)


@pytest.mark.parametrize(
    "hole",
    [
        {"gk": None},
        {"gk": ""},
        {"gk": "-"},
        {"gk": "awaiting_make_up"},
        {"gk": "vắng – chờ kiểm tra bù"},
        {"tx": ["8", None]},
        {"tx": []},
        {"required_tx": 3},
    ],
)
def test_what_is_missing_is_named(hole):
    answer = evaluation("subject_semester_average", **{**MARKS, **hole})
    assert answer.result == {"average": None}
    assert len(answer.missing) == 1


@pytest.mark.parametrize(
    ("kind", "scheme", "given", "missing"),
    [
        ("subject_year_average", "TT22", {"semester1": None, "semester2": "7.2"}, ["semester 1 Empty"]),
        ("comment_subject_year", "TT22", {"semester1": "Đ", "semester2": ""}, ["semester 2 Empty"]),
        ("conduct_year", "TT22", {"semester1": "Tốt"}, ["semester2"]),
        ("learning_level", "TT22", pupil("8.0*8") | {"comment": {"GDTC": None}}, ["GDTC"]),
        ("learning_level", "TT22", {"scored": {}, "comment": {}}, ["scored"]),
        ("promotion", "TT22", {"conduct_year": "Tốt"}, ["learning"]),
        ("promotion", "TT58", {}, ["conduct", "academic"]),
        ("award", "TT22", YEAR | {"scored": {"Toán": None}}, ["Toán"]),
        ("award", "TT22", {"learning_year": "Tốt", "scored": {}}, ["conduct"]),
        ("retest", "TT22", pupil("4.0*8"), ["conduct"]),
        ("retest", "TT58", pupil("4.0*8"), ["conduct"]),
        ("after_retest", "TT22", pupil("4.0*8") | {"retest_results": {"Toán": None}}, ["Toán"]),
        ("after_retest", "TT58", pupil("4.0*8") | {"retest_results": {"Toán": None}}, ["Toán"]),
        ("overall_average", "TT58", {"scored": {"Toán": None, "Vật lí": "8.0"}}, ["Toán"]),
        ("overall_average", "TT58", {"scored": {}}, ["scored"]),
        ("academic_level", "TT58", {"scored": {}, "comment": {}}, ["scored"]),
        ("title", "TT58", {"conduct": "Tốt"}, ["academic"]),
        (
            "subject_year_from_marks",
            "TT22",
            {"semester1": MARKS | {"ck": None}, "semester2": MARKS},
            ["semester1:final 1 Empty"],
        ),
    ],
)
def test_an_open_result_is_null_and_says_what_is_missing(kind, scheme, given, missing):
    answer = evaluation(kind, scheme, **given)
    assert None in answer.result.values()
    assert list(answer.missing) == missing


def test_a_semester_that_is_not_taught_is_left_out():
    assert result("subject_year_average", semester2="7") == {"average": "7.0"}
    assert result("comment_subject_year", semester1="Đ") == {"result": "Đ"}
    from_marks = result("subject_year_from_marks", semester2=MARKS)
    assert from_marks == {"semester1": None, "semester2": "7.9", "average": "7.9"}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("conduct", ["Đạt", "đạt", " ĐẠT ", "Dat", "Đ", "Ðạt"])
def test_levels_are_read_by_code_or_word_however_they_are_typed(conduct, form):
    given = {"semester1": "T", "semester2": conduct}
    typed = {name: unicodedata.normalize(form, text) for name, text in given.items()}
    assert result("conduct_year", **typed) == {"conduct": "Khá"}


def test_reasons_are_plain_data():
    reasons = evaluation("conduct_year", semester1="Đạt", semester2="Tốt").reasons
    assert reasons[0] == {"code": "level-reached", "clause": "TT22-2021:8.2.b", "level": "Khá"}
