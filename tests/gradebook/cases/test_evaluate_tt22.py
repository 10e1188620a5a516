"""Cases of TT 22/2021 beyond the golden ones, each with the answer the circular gives."""

import pytest

from gradebook.assessment.evaluate_values import CannotEvaluate
from tests.gradebook.cases.written import THCS, pupil, result


@pytest.mark.parametrize(
    ("lessons", "marks"), [(17, 2), (35, 2), (36, 3), (53, 3), (70, 3), (71, 4), (105, 4), ("35", 2)]
)
@pytest.mark.parametrize("scheme", ["TT22", "TT58"])
def test_regular_marks_by_lessons(lessons, marks, scheme):
    assert result("regular_mark_count", scheme, periods_per_year=lessons) == {
        "regular_marks_per_semester": marks
    }


def test_comment_subjects_have_two_regular_assessments_whatever_their_lessons():
    assert result("regular_mark_count", comment_only=True) == {"regular_marks_per_semester": 2}


def test_a_thematic_study_adds_a_regular_mark_unless_the_school_counts_it_among_the_others():
    given = {"periods_per_year": 70, "thematic": True}
    assert result("regular_mark_count", **given) == {"regular_marks_per_semester": 4}
    assert result("regular_mark_count", "TT22+thematic-included", **given) == {
        "regular_marks_per_semester": 3
    }


@pytest.mark.parametrize(
    ("tx", "gk", "ck", "average"),
    [
        ("10 10", "10", "10", "10.0"),
        ("0 0", "0", "0", "0.0"),
        ("8 8 8", "8", "8", "8.0"),  # never "8"
        ("7 8", "6.5", "7.5", "7.2"),  # 50.5 / 7 = 7.214
        ("6 7", "6.5", "6.3", "6.4"),  # 44.9 / 7 = 6.414
        ("5 5", "5", "4.9", "5.0"),  # 34.7 / 7 = 4.957
        ("8.3 8.2", "8.1", "8.4", "8.3"),  # 57.9 / 7 = 8.271
        ("9 9 9 9", "8.9", "9", "9.0"),  # 80.8 / 9 = 8.978
        ("3 4", "3.5", "3.4", "3.5"),  # 24.2 / 7 = 3.457
        ("8,5 9", "7,0", "8", "7.9"),  # 55.5 / 7 = 7.929, decimal commas
        ("8 zero_for_absence", "8", "8", "6.9"),  # 48 / 7 = 6.857
        ("8 8", "zero_for_absence", "8", "5.7"),  # 40 / 7 = 5.714
        ("8 8", "8", "0", "4.6"),  # 32 / 7 = 4.571
        ("8 awaiting_make_up", "8", "8", None),
    ],
)
@pytest.mark.parametrize("scheme", ["TT22", "TT58"])
def test_semester_averages(tx, gk, ck, average, scheme):
    assert result("subject_semester_average", scheme, tx=tx.split(), gk=gk, ck=ck) == {"average": average}


@pytest.mark.parametrize(
    ("first", "second", "average"),
    [
        ("8.0", "8.0", "8.0"),
        ("6.5", "6.4", "6.4"),  # 19.3 / 3 = 6.433
        ("9.0", "8.9", "8.9"),
        ("8.0", "7.9", "7.9"),
        ("5.0", "4.9", "4.9"),
        ("4.9", "5.0", "5.0"),
        ("10", "10", "10.0"),
        ("0.0", "0.1", "0.1"),
        ("7", "8", "7.7"),
    ],
)
def test_year_averages(first, second, average):
    assert result("subject_year_average", semester1=first, semester2=second) == {"average": average}


@pytest.mark.parametrize(
    ("tx", "gk", "ck", "closed", "outcome"),
    [
        (["Đ", "Đ"], "CĐ", "Đ", True, "CĐ"),
        (["Đ", "Đ"], "Đ", "CĐ", True, "CĐ"),
        (["Đ", "Đ"], "Đ", None, True, "CĐ"),
        (["Đ", "zero_for_absence"], "Đ", "Đ", False, "CĐ"),
        (["Đ", None], "Đ", "Đ", False, None),
        (["Đ"], "Đ", "Đ", False, None),
        (["Đ", "Đ"], "awaiting_make_up", "Đ", False, None),
        (["Đạt", "Đạt", "Đạt", "Đạt"], "Đạt", "Đạt", False, "Đ"),
        (["Đ", "Đ"], "Đ", "Đ", None, "Đ"),
    ],
)
def test_comment_subjects_of_a_semester(tx, gk, ck, closed, outcome):
    assert result("comment_subject_semester", tx=tx, gk=gk, ck=ck, semester_closed=closed) == {
        "result": outcome
    }


@pytest.mark.parametrize("scheme", ["TT22", "TT58"])
@pytest.mark.parametrize(
    ("first", "second", "year"),
    [("Đ", "Đ", "Đ"), ("CĐ", "Đ", "Đ"), ("Đ", "CĐ", "CĐ"), (None, "Đ", "Đ"), ("Đ", None, None)],
)
def test_comment_subjects_of_a_year(first, second, year, scheme):
    assert result("comment_subject_year", scheme, semester1=first, semester2=second) == {"result": year}


LEVELS = ("Tốt", "Khá", "Đạt", "Chưa đạt")
CONDUCT = {
    "Tốt": ("Tốt", "Khá", "Khá", "Chưa đạt"),
    "Khá": ("Tốt", "Khá", "Đạt", "Chưa đạt"),
    "Đạt": ("Khá", "Khá", "Đạt", "Chưa đạt"),
    "Chưa đạt": ("Khá", "Đạt", "Đạt", "Chưa đạt"),
}


@pytest.mark.parametrize("second", LEVELS)
@pytest.mark.parametrize("first", LEVELS)
def test_conduct_of_the_year(first, second):
    year = CONDUCT[first][LEVELS.index(second)]
    assert result("conduct_year", semester1=first, semester2=second) == {"conduct": year}


@pytest.mark.parametrize(
    ("marks", "failed", "base", "level"),
    [
        ("8.0*5 7.9 6.5*2", "", "Khá", "Khá"),
        ("8.0*6 6.5 6.4", "", "Khá", "Khá"),
        ("8.0*6 6.5 5.0", "", "Khá", "Khá"),
        ("8.0*7 4.9", "", "Đạt", "Khá"),
        ("8.0*7 3.4", "", "Chưa đạt", "Đạt"),
        ("8.0*7 0.0", "", "Chưa đạt", "Đạt"),
        ("8.0*6 4.9*2", "", "Đạt", "Đạt"),
        ("8.0*6 4.9 6.4", "", "Đạt", "Đạt"),
        ("6.5*6 5.0*2", "", "Khá", "Khá"),
        ("6.5*6 5.0 4.9", "", "Đạt", "Đạt"),
        ("6.5*7 3.4", "", "Chưa đạt", "Đạt"),
        ("6.5*6 3.4 4.9", "", "Chưa đạt", "Chưa đạt"),
        ("5.0*6 3.5*2", "", "Đạt", "Đạt"),
        ("5.0*6 3.5 3.4", "", "Chưa đạt", "Chưa đạt"),
        ("5.0*5 4.9*3", "", "Chưa đạt", "Chưa đạt"),
        ("5.0*6 3.5*2", "GDTC", "Đạt", "Đạt"),
        ("5.0*6 3.5*2", "GDTC GDĐP", "Chưa đạt", "Chưa đạt"),
        ("6.5*6 5.0*2", "GDTC", "Đạt", "Đạt"),
        ("8.0*6 6.5*2", "GDĐP", "Đạt", "Khá"),
        ("8.0*7 3.4", "GDTC", "Chưa đạt", "Chưa đạt"),
        ("8.0*7 4.9", "GDTC", "Đạt", "Đạt"),
    ],
)
def test_learning_levels(marks, failed, base, level):
    assert result("learning_level", **pupil(marks, failed.split())) == {
        "base_level": base,
        "level": level,
        "adjusted": base != level,
    }


@pytest.mark.parametrize(
    ("conduct", "learning", "absences", "summer", "status"),
    [
        ("Đạt", "Đạt", 45, {}, "promoted"),
        ("Đạt", "Đạt", 46, {}, "retained"),
        ("Tốt", "Chưa đạt", 46, {"learning_after_retest": "Đạt"}, "retained"),
        ("Chưa đạt", "Đạt", 46, {"conduct_after_summer": "Đạt"}, "retained"),
        ("Chưa đạt", "Đạt", 0, {}, "summer_training"),
        ("Chưa đạt", "Đạt", 0, {"conduct_after_summer": "Khá"}, "promoted"),
        ("Tốt", "Chưa đạt", 0, {}, "summer_retest"),
        ("Tốt", "Chưa đạt", 0, {"learning_after_retest": "Chưa đạt"}, "retained"),
        ("Chưa đạt", "Chưa đạt", 0, {"conduct_after_summer": "Đạt"}, "retained"),
        ("Tốt", None, 0, {}, None),
        (None, "Tốt", 0, {}, None),
        (None, None, 46, {}, "retained"),
    ],
)
def test_promotion_in_secondary_school(conduct, learning, absences, summer, status):
    given = {"conduct_year": conduct, "learning_year": learning, "absences": absences, **summer}
    assert result("promotion", **given) == {"status": status}


def test_absences_are_none_when_a_case_does_not_speak_of_them_but_unknown_when_it_says_null():
    given = {"conduct_year": "Tốt", "learning_year": "Tốt"}
    assert result("promotion", **given) == {"status": "promoted"}
    with pytest.raises(CannotEvaluate, match="absences: the number is not known yet"):
        result("promotion", **given, absences=None)


@pytest.mark.parametrize(
    ("summer", "status"),
    [
        ({}, "summer_training"),
        ({"conduct_after_summer": "Đạt"}, "summer_retest"),
        ({"conduct_after_summer": "Đạt", "learning_after_retest": "Đạt"}, "promoted"),
    ],
)
def test_a_school_may_offer_the_retest_after_both_failed(summer, status):
    given = {"conduct_year": "Chưa đạt", "learning_year": "Chưa đạt", **summer}
    assert result("promotion", "TT22+retest-after-both", **given) == {"status": status}


@pytest.mark.parametrize(
    ("marks", "failed", "conduct", "absences", "learning", "subjects"),
    [
        ("6.0*5 4.9*2 3.4", "", "Đạt", 0, "Chưa đạt", ["Khoa học tự nhiên", "Công nghệ", "Tin học"]),
        ("6.0*5 4.9*2 3.4", "HĐTN-HN", "Tốt", 45, "Chưa đạt", [*THCS[5:], "HĐTN-HN"]),
        ("6.0*5 4.9*2 3.4", "", "Chưa đạt", 0, "Chưa đạt", []),
        ("6.0*5 4.9*2 3.4", "", "Tốt", 46, "Chưa đạt", []),
        ("6.0*8", "GDTC", "Tốt", 0, "Đạt", []),
        ("6.0*8", "GDTC GDĐP", "Đạt", 0, "Chưa đạt", ["GDTC", "GDĐP"]),
    ],
)
def test_retests(marks, failed, conduct, absences, learning, subjects):
    given = pupil(marks, failed.split()) | {"conduct_year": conduct, "absences": absences}
    assert result("retest", **given) == {"learning": learning, "retest_subjects": subjects}


@pytest.mark.parametrize(
    ("failed", "conduct", "absences", "retests", "learning", "status"),
    [
        ("", "Đạt", 0, {"Tin học": "3.4", "Công nghệ": "5.0"}, "Chưa đạt", "retained"),
        ("", "Đạt", 0, {"Tin học": "3.5", "Công nghệ": "5.0"}, "Đạt", "promoted"),
        ("", "Đạt", 46, {"Tin học": "5.0"}, "Đạt", "retained"),
        ("", "Chưa đạt", 0, {"Tin học": "5.0"}, "Đạt", "retained"),
        ("", "Đạt", 0, {}, "Chưa đạt", "retained"),
        ("GDTC GDĐP", "Tốt", 0, {"Tin học": "6.0"}, "Chưa đạt", "retained"),
        ("GDTC GDĐP", "Tốt", 0, {"Tin học": "6.0", "GDTC": "Đ"}, "Đạt", "promoted"),
        ("GDTC", "Tốt", 0, {"Tin học": "6.0", "GDTC": "CĐ"}, "Đạt", "promoted"),
    ],
)
def test_after_the_retests(failed, conduct, absences, retests, learning, status):
    given = pupil("6.0*5 4.0*2 3.0", failed.split()) | {"conduct_year": conduct, "absences": absences}
    assert result("after_retest", retest_results=retests, **given) == {"learning": learning, "status": status}


@pytest.mark.parametrize(
    ("conduct", "learning", "marks", "title"),
    [
        ("Tốt", "Tốt", "9.0*6 6.5*2", "Học sinh Xuất sắc"),
        ("Tốt", "Tốt", "9.0*5 8.9*3", "Học sinh Giỏi"),
        ("Tốt", "Tốt", "10*8", "Học sinh Xuất sắc"),
        ("Khá", "Khá", "9.0*6 6.5*2", None),
        ("Tốt", "Khá", "9.0*6 6.4*2", None),
        ("Đạt", "Tốt", "9.0*8", None),
    ],
)
def test_titles_of_secondary_school(conduct, learning, marks, title):
    given = {"conduct_year": conduct, "learning_year": learning, "scored": pupil(marks)["scored"]}
    assert result("award", **given) == {"award": title}
    assert result("award", "TT22+no-titles", **given) == {"award": None}
