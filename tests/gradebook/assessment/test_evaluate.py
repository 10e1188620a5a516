"""Cases in plain text: what cannot be read is refused, what is still open is said."""

import unicodedata

import pytest

from gradebook.assessment.evaluate import evaluate
from gradebook.assessment.evaluate_values import CannotEvaluate

MARKS = {"tx": ["8", "9"], "gk": "7", "ck": "8"}


def case(kind, scheme="TT22", **given):
    return {"id": "x", "scheme": scheme, "kind": kind, "input": given}


def average(**changed):
    return evaluate(case("subject_semester_average", **{**MARKS, **changed}))


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"id": "x", "scheme": "TT22", "kind": "learning_level"},
        {"id": "x", "scheme": "TT99", "kind": "award", "input": {}},
        {"id": "x", "scheme": "TT22", "kind": "award", "input": None},
        case("overall_average", scored={"Toán": "8.0"}),
        case("conduct_year", scheme="TT58", semester1="Tốt", semester2="Tốt"),
        case("conduct_year", semester1="Giỏi", semester2="Tốt"),
        case("subject_semester_average", tx=["8", "11"], gk="7", ck="8"),
        case("subject_semester_average", tx="89", gk="7", ck="8"),
        case("promotion", conduct_year="Tốt", learning_year="Tốt", absences=-1),
        case("promotion", conduct_year="Tốt", learning_year="Tốt", absences=4.5),
        case("comment_subject_semester", tx=["Đ"], gk="Đ", ck="Đ", semester_closed="false"),
        case("award", conduct_year="Tốt", learning_year="Tốt", scored={"Toán": None}),
    ],
)
def test_a_case_that_no_rule_can_read_is_refused(broken):
    with pytest.raises(CannotEvaluate):
        evaluate(broken)


@pytest.mark.parametrize("hole", [{"gk": None}, {"gk": ""}, {"gk": "awaiting_make_up"}, {"required_tx": 3}])
def test_what_is_missing_is_named(hole):
    result = average(**hole)
    assert result["average"] is None
    assert len(result["missing"]) == 1


def test_a_comment_subject_without_its_final_assessment_is_not_passed():
    given = {"assessments": ["Đ", "Đ", "Đ"], "last_is_final": False}
    assert evaluate(case("comment_subject_semester", "TT58", **given))["result"] == "CĐ"


def test_zero_for_absence_counts():
    assert average(gk="zero_for_absence")["average"] == average(gk="0")["average"]


def test_a_semester_that_is_not_taught_is_left_out_and_one_that_is_open_is_null():
    assert evaluate(case("subject_year_average", semester2="7.2"))["average"] == "7.2"
    assert evaluate(case("subject_year_average", semester1=None, semester2="7.2"))["average"] is None
    assert evaluate(case("comment_subject_year", semester1="Đ"))["result"] == "Đ"


def test_decomposed_text_reads_like_composed_text():
    given = {"semester1": "Tốt", "semester2": "Đạt"}
    decomposed = {name: unicodedata.normalize("NFD", text) for name, text in given.items()}
    assert evaluate(case("conduct_year", **decomposed)) == evaluate(case("conduct_year", **given))


def primary_year(tests):
    return evaluate(
        case(
            "year_result",
            "TT27",
            grade=3,
            subjects_year_end={"Toán": "T"},
            qualities={"Nhân ái": "Tốt"},
            competences={"Tính toán": "Tốt"},
            tests_year_end=tests,
        )
    )


def test_a_test_that_the_grade_requires_is_missed():
    result = primary_year({"Toán": "9", "Tiếng Việt": "9", "Ngoại ngữ 1": "9"})
    assert (result["result"], result["missing"]) == (None, ["tests:Tin học và Công nghệ"])


def test_the_strands_of_a_subject_stand_for_it():
    result = primary_year(
        {"Toán": "9", "Tiếng Việt": "9", "Ngoại ngữ 1": "9", "Tin học": "9", "Công nghệ": "9"}
    )
    assert result["result"] == "Hoàn thành xuất sắc"


def test_an_open_year_has_no_award():
    year = {
        "semester1": {"Toán": MARKS},
        "semester2": {"Toán": {**MARKS, "ck": None}},
        "comment1": {},
        "comment2": {},
        "conduct1": "Tốt",
        "conduct2": "Tốt",
    }
    result = evaluate(case("full_year", **year))
    assert (result["year"], result["status"], result["award"]) == ({"Toán": None}, None, None)
    assert result["missing"] == ["Toán", "learning"]


def test_reasons_are_plain_data():
    result = evaluate(case("conduct_year", semester1="Đạt", semester2="Tốt"))
    assert result["reasons"][0] == {"code": "level-reached", "clause": "TT22-2021:8.2.b", "level": "Khá"}
