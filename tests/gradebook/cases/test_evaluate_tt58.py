"""Cases of TT 58/2011 and TT 26/2020 beyond the golden ones, each with the answer the circulars give."""

import pytest

from tests.gradebook.cases.written import pupil, result

SUBJECTS = (
    *("Toán", "Ngữ văn", "Ngoại ngữ", "Vật lí", "Hóa học"),
    *("Sinh học", "Lịch sử", "Địa lí", "GDCD", "Công nghệ"),
)
COMMENTED = ("Thể dục", "Âm nhạc", "Mĩ thuật")


def former(marks, failed=""):
    return pupil(marks, failed.split(", "), SUBJECTS, COMMENTED)


@pytest.mark.parametrize(
    ("marks", "failed", "overall", "base", "level"),
    [
        ("8.0 7.9*2 8.0*7", "", "8.0", "Giỏi", "Giỏi"),
        ("7.9*3 8.5*7", "", "8.3", "Khá", "Khá"),  # no anchor at 8.0: one level, no adjustment
        ("8.0*9 7.4", "", "7.9", "Khá", "Khá"),
        ("8.5*9 6.4", "", "8.3", "Khá", "Khá"),
        ("8.8*9 4.9", "", "8.4", "Trung bình", "Khá"),  # khoản 6 a
        ("8.8*9 3.4", "", "8.3", "Yếu", "Trung bình"),  # 6 b
        ("7.0*9 3.4", "", "6.6", "Yếu", "Trung bình"),  # 6 c
        ("7.2*9 1.9", "", "6.7", "Kém", "Yếu"),  # 6 d
        ("9.2*9 1.9", "", "8.5", "Kém", "thủ công"),  # not listed
        ("8.8*8 3.4*2", "", "7.7", "Yếu", "Yếu"),  # two subjects
        ("7.0*8 1.9*2", "", "6.0", "Kém", "Kém"),
        ("6.5*9 6.4", "", "6.5", "Khá", "Khá"),
        ("6.4*3 7.0*7", "", "6.8", "Trung bình", "Trung bình"),
        ("5.0*9 3.5", "", "4.9", "Yếu", "Yếu"),
        ("5.2*9 3.5", "", "5.0", "Trung bình", "Trung bình"),
        ("5.2*9 3.4", "", "5.0", "Yếu", "Yếu"),  # the mean is Trung bình: no adjustment
        ("3.5*10", "", "3.5", "Yếu", "Yếu"),
        ("4.0*9 1.9", "", "3.8", "Kém", "Kém"),
        ("3.4*10", "", "3.4", "Kém", "Kém"),
        ("8.5*10", "Thể dục", "8.5", "Yếu", "Trung bình"),
        ("7.0*10", "Âm nhạc", "7.0", "Yếu", "Trung bình"),
        ("5.5*10", "Âm nhạc", "5.5", "Yếu", "Yếu"),
        ("8.5*10", "Thể dục, Âm nhạc", "8.5", "Yếu", "Yếu"),
        ("10*10", "", "10.0", "Giỏi", "Giỏi"),
    ],
)
def test_academic_levels(marks, failed, overall, base, level):
    answer = result("academic_level", "TT58", **former(marks, failed), anchor_rule="3")
    assert answer == {"overall": overall, "base_level": base, "level": level}


@pytest.mark.parametrize(
    ("scheme", "rule", "level"),
    [
        ("TT58", "3", "Giỏi"),
        ("TT58", "2", "Khá"),
        ("TT58", None, "Giỏi"),
        ("TT58-2011", None, "Khá"),
        ("TT58-2011", "3", "Giỏi"),
        ("TT58", 2, "Khá"),
    ],
)
def test_the_foreign_language_is_an_anchor_since_2020(scheme, rule, level):
    given = former("7.9*2 9.0 8.5*7") | {"anchor_rule": rule}
    assert result("academic_level", scheme, **given)["level"] == level


def test_the_specialised_subject_has_to_reach_the_mark_too():
    given = former("8.5*9 7.9")
    assert result("academic_level", "TT58", **given)["level"] == "Giỏi"
    assert result("academic_level", "TT58", **given, specialised_subject="Công nghệ")["level"] == "Khá"


@pytest.mark.parametrize("word", ["Miễn", "exempt"])
def test_a_subject_the_pupil_is_exempt_from_does_not_count(word):
    given = former("8.5*10")
    given["comment"]["Thể dục"] = word
    assert result("academic_level", "TT58", **given)["level"] == "Giỏi"


@pytest.mark.parametrize(
    ("assessments", "final", "outcome"),
    [
        (["Đ", "Đ", "Đ", "CĐ"], True, "CĐ"),
        (["CĐ", "Đ", "Đ"], True, "Đ"),  # exactly two thirds
        (["CĐ", "CĐ", "Đ", "Đ", "Đ", "Đ"], True, "Đ"),
        (["CĐ", "CĐ", "CĐ", "Đ", "Đ", "Đ"], True, "CĐ"),
        (["CĐ", "CĐ", "Đ", "Đ", "Đ"], True, "CĐ"),  # 3 of 5
        (["Đ", "Đ", "Đ"], False, "CĐ"),
        (["Đ", None, "Đ"], None, "CĐ"),
    ],
)
def test_comment_subjects(assessments, final, outcome):
    given = {"assessments": assessments, "last_is_final": final}
    assert result("comment_subject_semester", "TT58", **given) == {"result": outcome}


@pytest.mark.parametrize(
    ("tx", "dk", "hk", "average"),
    [
        ("8 7 9", "8 7", "8", "7.8"),
        ("10", "10", "10", "10.0"),
        ("6 7", "5 6 7", "6.5", "6.2"),  # (13 + 36 + 19.5) / 11 = 6.227
        ("5", "5", "4.7", "4.9"),  # (5 + 10 + 14.1) / 6 = 4.85, a tie
        ("8", "7 awaiting_make_up", "8", None),
    ],
)
def test_semester_averages_before_2020(tx, dk, hk, average):
    given = {"tx": tx.split(), "dk": dk.split(), "hk": hk}
    assert result("subject_semester_average_old", "TT58", **given) == {"average": average}


@pytest.mark.parametrize(
    ("marks", "overall"),
    [("8.0*9 7.5", "8.0"), ("8.0*9 7.4", "7.9"), ("6.5*9 6.0", "6.5"), ("5.0*9 4.4", "4.9"), ("0*10", "0.0")],
)
def test_the_mean_of_all_subjects(marks, overall):
    assert result("overall_average", "TT58", scored=former(marks)["scored"]) == {"overall": overall}


@pytest.mark.parametrize(
    ("conduct", "academic", "given", "status"),
    [
        ("Trung bình", "Trung bình", {"absences": 46}, "retained"),
        ("Tốt", "Kém", {}, "retained"),
        ("Yếu", "Kém", {}, "retained"),
        ("Yếu", "Yếu", {"conduct_after_summer": "Tốt"}, "retained"),
        ("Yếu", "Giỏi", {"conduct_after_summer": "Yếu"}, "retained"),
        ("Tb", "Yếu", {"academic_after_retest": "Trung bình"}, "promoted"),
        ("T", "Y", {"learning_after_retest": "Yếu"}, "retained"),
        ("Tốt", None, {}, None),
    ],
)
def test_promotion(conduct, academic, given, status):
    assert result("promotion", "TT58", conduct=conduct, academic=academic, **given) == {"status": status}


@pytest.mark.parametrize(
    ("conduct", "academic", "title"),
    [
        ("Tốt", "Giỏi", "Học sinh giỏi"),
        ("Khá", "Khá", "Học sinh tiên tiến"),
        ("Tốt", "Trung bình", None),
        ("Yếu", "Giỏi", None),
        (None, "Giỏi", None),
    ],
)
def test_titles(conduct, academic, title):
    assert result("title", "TT58", conduct=conduct, academic=academic) == {"title": title}


def test_a_weak_pupil_chooses_retests_and_is_classified_again():
    weak = former("5.0*7 4.5*2 3.4", "Thể dục") | {"conduct": "Khá", "absences": 3}
    assert result("retest", "TT58", **weak) == {
        "learning": "Yếu",
        "retest_subjects": ["Địa lí", "GDCD", "Công nghệ", "Thể dục"],
    }
    after = result(
        "after_retest", "TT58", **weak, retest_results={"Công nghệ": "5.5", "GDCD": "5.0", "Thể dục": "Đ"}
    )
    assert after == {"learning": "Trung bình", "status": "promoted"}
    after = result("after_retest", "TT58", **weak, retest_results={"Công nghệ": "5.5"})
    assert after == {"learning": "Yếu", "status": "retained"}


def test_a_pupil_weak_in_conduct_too_has_no_retest():
    weak = former("5.0*9 3.4") | {"conduct": "Yếu"}
    assert result("retest", "TT58", **weak) == {"learning": "Yếu", "retest_subjects": []}
