"""A pupil's whole year under TT 22/2021, complete and with holes."""

import pytest

from tests.gradebook.cases.written import COMMENTED, THCS, evaluation

REQUIRED = (4, 4, 4, 2, 4, 4, 2, 2)  # regular marks of THCS in grades 6 and 7


def marks(mark, **changed):
    semester = {
        subject: {"tx": [mark] * number, "gk": mark, "ck": mark}
        for subject, number in zip(THCS, REQUIRED, strict=True)
    }
    return {**semester, **{subject.replace("_", " "): value for subject, value in changed.items()}}


def comments(*failed):
    return {subject: "CĐ" if subject in failed else "Đ" for subject in COMMENTED}


def year(**changed):
    given = {
        "grade": 7,
        "semester1": marks("9"),
        "semester2": marks("9"),
        "comment1": comments(),
        "comment2": comments(),
        "conduct1": "Tốt",
        "conduct2": "Tốt",
    }
    given |= changed
    return evaluation("full_year", **{name: value for name, value in given.items() if value != "left out"})


def shown(answer):
    return {
        name: answer.result[name]
        for name in ("learning1", "learning2", "learning_year", "conduct_year", "status", "award")
    }


def test_an_excellent_year():
    answer = year()
    assert answer.result["year"] == dict.fromkeys(THCS, "9.0")
    assert list(shown(answer).values()) == ["Tốt", "Tốt", "Tốt", "Tốt", "promoted", "Học sinh Xuất sắc"]
    assert answer.missing == ()


def weak(mark):
    return {"tx": [mark, mark], "gk": mark, "ck": mark}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"semester1": marks("5")}, ["Đạt", "Tốt", "Khá", "Tốt", "promoted", None]),
        ({"semester2": marks("5")}, ["Tốt", "Đạt", "Đạt", "Tốt", "promoted", None]),
        (
            {"semester1": marks("3"), "semester2": marks("4")},
            [*["Chưa đạt"] * 3, "Tốt", "summer_retest", None],
        ),
        ({"comment1": comments("GDTC")}, ["Khá", *["Tốt"] * 3, "promoted", "Học sinh Xuất sắc"]),
        ({"comment2": comments("GDTC")}, ["Tốt", "Khá", "Khá", "Tốt", "promoted", None]),
        ({"conduct2": "Chưa đạt"}, [*["Tốt"] * 3, "Chưa đạt", "summer_training", None]),
        ({"conduct1": "Chưa đạt"}, [*["Tốt"] * 3, "Khá", "promoted", None]),
        ({"absences": 46}, [*["Tốt"] * 4, "retained", "Học sinh Xuất sắc"]),
        (
            {"semester1": marks("9", Tin_học=weak("3")), "semester2": marks("9", Tin_học=weak("3"))},
            ["Đạt", "Đạt", "Đạt", "Tốt", "promoted", None],
        ),
    ],
)
def test_years_from_marks_to_award(changed, expected):
    assert list(shown(year(**changed)).values()) == expected


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"semester2": marks("9", Toán={"tx": ["9"] * 4, "gk": "9"})}, "semester2:Toán:final 1 Empty"),
        (
            {"semester2": marks("9", Toán={"tx": ["9"] * 3, "gk": "9", "ck": "9"})},
            "semester2:Toán:regular 4 Empty",
        ),
        ({"semester2": "left out"}, "semester2"),
        ({"semester2": {}}, "semester2"),
        ({"comment2": None}, "comment2"),
        ({"comment2": comments() | {"GDTC": None}}, "comment2:GDTC"),
    ],
)
def test_a_hole_in_semester_two_leaves_the_year_open(changed, missing):
    answer = year(**changed)
    assert list(shown(answer).values()) == ["Tốt", None, None, "Tốt", None, None]
    assert answer.missing == (missing,)


def test_with_semester_two_still_to_come_the_year_has_no_averages():
    answer = year(semester2=None, comment2=None, conduct2=None, absences=46)
    assert answer.result["semester2"] == {}
    assert answer.result["year"] == dict.fromkeys(THCS)
    assert list(shown(answer).values()) == ["Tốt", None, None, None, "retained", None]


def test_a_subject_taught_in_one_semester_only_has_its_result():
    semester = {subject: marks("9")[subject] for subject in THCS if subject != "Công nghệ"}
    activities = {subject: "Đ" for subject in COMMENTED if subject != "Nghệ thuật"}
    answer = year(semester1=semester, comment2=activities)
    assert answer.result["year"]["Công nghệ"] == "9.0"
    assert answer.result["learning_year"] == "Tốt"


def test_thematic_studies_need_one_more_regular_mark():
    def upper(number):
        physics = {"tx": ["9"] * number, "gk": "9", "ck": "9", "thematic": True}
        return year(grade=10, semester1={"Vật lí": physics}, semester2={"Vật lí": physics}).missing[:1]

    assert upper(3) == ("semester1:Vật lí:regular 4 Empty",)
    assert upper(4) == ()


def test_marks_of_an_unknown_grade_or_subject_are_taken_as_they_are():
    few = {"Toán": {"tx": ["9"], "gk": "9", "ck": "9"}, "Tiếng Nhật": {"tx": ["9"], "gk": "9", "ck": "9"}}
    assert year(grade="left out", semester1=few).result["semester1"]["Toán"] == "9.0"
    assert year(semester1=few).result["semester1"] == {"Toán": None, "Tiếng Nhật": "9.0"}
