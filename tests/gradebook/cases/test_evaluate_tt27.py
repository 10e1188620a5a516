"""Cases of TT 27/2020 beyond the golden ones, each with the answer the circular gives."""

import pytest

from tests.gradebook.cases.written import evaluation, result

CORE = ["Tiếng Việt", "Toán"]
GRADE_3 = [*CORE, "Ngoại ngữ 1", "Tin học và Công nghệ"]
GRADE_4 = [*CORE, "Ngoại ngữ 1", "Lịch sử và Địa lí", "Khoa học", "Tin học và Công nghệ"]
QUALITIES = ["Yêu nước", "Nhân ái", "Chăm chỉ", "Trung thực", "Trách nhiệm"]
COMPETENCES = ["Tự chủ và tự học", "Giao tiếp và hợp tác", "Giải quyết vấn đề và sáng tạo", "Ngôn ngữ"]
COMPETENCES = [*COMPETENCES, "Tính toán", "Khoa học", "Thẩm mĩ", "Thể chất"]


@pytest.mark.parametrize(
    ("grade", "midterm", "final"),
    [(1, [], CORE), (2, [], CORE), (3, [], GRADE_3), (4, CORE, GRADE_4), (5, CORE, GRADE_4)],
)
def test_the_tests_of_each_grade_and_period(grade, midterm, final):
    for period in ("giua_hk1", "giua_hk2", "GK1", "giữa HKI", "giữa học kỳ II", "Giữa học kì 1"):
        assert result("tests_required", "TT27", grade=grade, period=period) == {"tests": midterm}
    for period in ("cuoi_hk1", "cuoi_nam", "CK1", "CN", "cuối HKI", "cuoi_hk2", "cuối năm học"):
        assert result("tests_required", "TT27", grade=grade, period=period) == {"tests": final}


@pytest.mark.parametrize("score", ["1", "5", "10", " 9 ", "09", 7])
def test_whole_scores_from_one_to_ten(score):
    assert result("test_score_valid", "TT27", score=score) == {"valid": True}


@pytest.mark.parametrize(
    ("score", "fault"),
    [
        ("0", "zero"),
        ("11", "out-of-range"),
        ("100", "out-of-range"),
        ("9" * 5000, "out-of-range"),
        ("-1", "out-of-range"),
        ("7,5", "too-many-decimals"),
        ("7.0", "too-many-decimals"),
        (7.5, "too-many-decimals"),
        ("abc", "not-a-number"),
        ("", "not-a-number"),
        (None, "not-a-number"),
        ("T", "not-a-number"),
        (True, "not-a-number"),
        ("1e1", "not-a-number"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_other_scores_are_not_valid_and_the_reason_says_why(score, fault):
    answer = evaluation("test_score_valid", "TT27", score=score)
    assert answer.result == {"valid": False}
    assert answer.reasons[0]["code"] == fault


def year(grade=1, subject="T", quality="Tốt", competence="Tốt", tests=("9", "9"), **more):
    given = {
        "grade": grade,
        "subjects_year_end": {"Tiếng Việt": subject, "Toán": "T", "Đạo đức": "T"},
        "qualities": dict.fromkeys(QUALITIES, "Tốt") | {"Trung thực": quality},
        "competences": dict.fromkeys(COMPETENCES, "Tốt") | {"Ngôn ngữ": competence},
        "tests_year_end": dict(zip(CORE, tests, strict=False)),
    }
    return evaluation("year_result", "TT27", **{**given, **more})


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({}, "Hoàn thành xuất sắc"),
        ({"tests": ("10", "8")}, "Hoàn thành tốt"),
        ({"tests": ("7", "7")}, "Hoàn thành tốt"),
        ({"tests": ("10", "6")}, "Hoàn thành"),
        ({"tests": ("5", "10")}, "Hoàn thành"),
        ({"tests": ("4", "10")}, "Chưa hoàn thành"),
        ({"subject": "H"}, "Hoàn thành"),
        ({"subject": "C"}, "Chưa hoàn thành"),
        ({"subject": "Hoàn thành tốt"}, "Hoàn thành xuất sắc"),
        ({"quality": "Đạt"}, "Hoàn thành"),
        ({"quality": "Đ"}, "Hoàn thành"),
        ({"quality": "Cần cố gắng"}, "Chưa hoàn thành"),
        ({"competence": "C"}, "Chưa hoàn thành"),
        ({"competence": "Đạt", "tests": ("10", "7")}, "Hoàn thành"),
        ({"absences": 60, "earlier_tests": {"cuoi_hk1": {"Toán": "1"}}}, "Hoàn thành xuất sắc"),
    ],
)
def test_the_level_of_the_year(changed, level):
    assert year(**changed).result == {"result": level}


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"subject": None}, ("subjects:Tiếng Việt",)),
        ({"quality": ""}, ("traits:Trung thực",)),
        ({"tests": ("9",)}, ("tests:Toán",)),
        ({"tests": ("9", None)}, ("tests:Toán",)),
        ({"tests": ("9", "")}, ("tests:Toán",)),
        ({"grade": 3}, ("tests:Ngoại ngữ 1", "tests:Tin học và Công nghệ")),
        ({"qualities": {}}, ("qualities",)),
    ],
)
def test_a_year_with_something_missing_has_no_level(changed, missing):
    answer = year(**changed)
    assert (answer.result, answer.missing) == ({"result": None}, missing)


def test_the_strands_of_a_subject_stand_for_it():
    tests = dict.fromkeys([*CORE, "Ngoại ngữ 1", "Tin học", "Công nghệ"], "9")
    assert year(grade=3, tests_year_end=tests).result == {"result": "Hoàn thành xuất sắc"}


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"result": "Hoàn thành xuất sắc"}, "completed_promoted"),
        ({"result": "HTT", "absences": 100}, "completed_promoted"),
        ({"result": "Hoàn thành"}, "completed_promoted"),
        ({"result": "Chưa hoàn thành"}, "support_then_reassess"),
        ({"result": "CHT", "principal_decision": "promote"}, "support_then_reassess"),
        ({"result": "CHT", "after_support": "HT"}, "completed_promoted"),
        ({"result": "CHT", "after_support": "CHT"}, "awaiting_principal"),
        ({"result": "CHT", "after_support": "CHT", "principal_decision": None}, "awaiting_principal"),
        (
            {"result": "CHT", "after_support": "CHT", "principal_decision": "promote"},
            "not_completed_promoted",
        ),
        ({"result": "CHT", "after_support": "CHT", "principal_decision": "retain"}, "retained"),
        ({"result": None}, None),
    ],
)
def test_promotion_in_primary_school(given, status):
    assert result("promotion", "TT27", grade=5, **given) == {"status": status}
    assert result("promotion", "TT27", **given) == {"status": status}


EXEMPLARY = "Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện"


@pytest.mark.parametrize(
    ("level", "outstanding", "recognised", "title"),
    [
        ("Hoàn thành xuất sắc", None, None, "Học sinh Xuất sắc"),
        ("Hoàn thành tốt", True, True, EXEMPLARY),
        ("Hoàn thành tốt", True, False, None),
        ("Hoàn thành tốt", None, None, None),
        ("Chưa hoàn thành", True, True, None),
        (None, True, True, None),
    ],
)
def test_titles_of_primary_school(level, outstanding, recognised, title):
    given = {"result": level, "outstanding_or_progress": outstanding, "class_recognised": recognised}
    assert result("award", "TT27", **given) == {"award": title}
    assert result("award", "TT27+no-titles", **given) == {"award": None}
