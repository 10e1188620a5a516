"""Reasons and missing items in words: what a teacher reads under a result."""

import re

import pytest
from django.utils.translation import override

from gradebook import explanation_templates as templates
from gradebook.assessment.cells import AWAITING_MAKE_UP, EMPTY, MarkKind, Missing
from gradebook.assessment.evaluate import evaluate
from gradebook.assessment.reasons import ReasonCode
from gradebook.explanations import clause, missing_sentence, sentence
from tests.gradebook.assessment.test_golden import CASES

NAMES = {"toan": "Toán", "tin-hoc": "Tin học", "khoa-hoc": "Khoa học (môn)", "gdtc": "GDTC"}


@pytest.fixture(params=["en", "vi"])
def language(request):
    with override(request.param):
        yield request.param


@pytest.fixture
def english():
    with override("en"):
        yield


def say(code, **fields):
    return sentence({"code": code, "clause": "TT22-2021:9.2.a", **fields}, NAMES)


@pytest.mark.parametrize("code", ReasonCode, ids=lambda code: code.value)
def test_every_reason_of_the_rules_has_a_sentence(code, language):
    """A new code needs a row in `explanation_templates`: MISSED if it kept `level` out of reach."""
    fields = {
        **{"level": "Tốt", "before": "Đạt", "subject": "toan"},
        **{"value": "6.4", "threshold": "6.5", "needed": 6},
    }
    text = say(code.value, **fields)
    assert code.value in templates.ROWS
    assert text
    assert "%(" not in text
    assert not re.search(r"[0-9]\.[0-9]", text)


@pytest.mark.parametrize(
    ("code", "fields", "text"),
    [
        (
            "subject-below",
            {"level": "Tốt", "subject": "toan", "value": "6.4", "threshold": "6.5"},
            "Tốt is out of reach: Toán 6,4 < 6,5",
        ),
        ("subject-below", {"subject": "toan", "value": "6.4", "threshold": "6.5"}, "Toán 6,4 < 6,5"),
        (
            "too-few-subjects",
            {"level": "Tốt", "value": 5, "threshold": "8.0", "needed": 6},
            "Tốt is out of reach: only 5 of 6 subjects ≥ 8,0",
        ),
        ("enough-subjects", {"value": 7, "threshold": "9.0", "needed": 6}, "7 subjects ≥ 9,0, 6 needed"),
        (
            "lowest-subject",
            {"level": "Khá", "subject": "tin-hoc", "value": "10.0", "threshold": "5.0"},
            "Lowest subject: Tin học 10,0 ≥ 5,0",
        ),
        (
            "comment-not-passed",
            {"level": "Tốt", "subject": "gdtc", "value": "Chưa đạt", "threshold": "Đạt"},
            "Tốt is out of reach: GDTC (Chưa đạt)",
        ),
        (
            "trait-below",
            {"level": "Hoàn thành tốt", "subject": "khoa-hoc", "value": "Đạt", "threshold": "Tốt"},
            "Hoàn thành tốt is out of reach: Khoa học (Đạt), Tốt is needed",
        ),
        (
            "test-below",
            {"level": "Hoàn thành tốt", "subject": "toan", "value": 6, "threshold": 7},
            "Hoàn thành tốt is out of reach: test of Toán 6 < 7",
        ),
        (
            "adjusted",
            {"level": "Khá", "before": "Đạt", "subject": "tin-hoc", "value": "3.5"},
            "Raised from Đạt to Khá: Tin học alone (3,5) had lowered it",
        ),
        (
            "adjusted",
            {"level": "Khá", "subject": "gdtc", "value": "Chưa đạt"},
            "Raised to Khá: GDTC alone (Chưa đạt) had lowered it",
        ),
        (
            "no-anchor",
            {"level": "Giỏi", "threshold": "8.0"},
            "Giỏi is out of reach: no anchor subject reaches 8,0",
        ),
        (
            "retest-offered",
            {"subject": "toan", "value": "4.9", "threshold": "5.0"},
            "May be assessed again: Toán 4,9 < 5,0",
        ),
        (
            "retest-offered",
            {"subject": "gdtc", "value": "Chưa đạt", "threshold": "Đạt"},
            "May be assessed again: GDTC, Chưa đạt",
        ),
        (
            "absences-over",
            {"value": 46, "threshold": 45},
            "Half-days absent: 46, more than the 45 allowed",
        ),
        ("level-reached", {"level": "Khá"}, "Level: Khá"),
        ("level-reached", {"value": "Hoàn thành"}, "Level: Hoàn thành"),
        ("subject-below", {"subject": "nhac", "value": "6.4", "threshold": "6.5"}, "Nhac 6,4 < 6,5"),
    ],
)
def test_sentences(english, code, fields, text):
    assert say(code, **fields) == text


@pytest.mark.parametrize(
    ("circular", "learning"), [("TT22-2021", "Learning result"), ("TT58-2011", "Academic level")]
)
def test_each_circular_has_its_own_words(english, circular, learning):
    reason = {"code": "learning-below", "clause": f"{circular}:12", "value": "Yếu", "threshold": "Đạt"}
    assert sentence(reason, {}) == f"{learning}: Yếu, below Đạt"
    assert missing_sentence("learning", {}, circular) == f"{learning}: none yet"


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (
            {"code": "twice-as-good", "subject": "toan", "value": "9.0", "threshold": "4.5", "needed": 2},
            "Twice as good: Toán, 9,0 ≥ 4,5, 2",
        ),
        ({"code": "twice-as-good", "value": "Khá", "threshold": "Tốt"}, "Twice as good: Khá, Tốt"),
        ({"code": "twice-as-good"}, "Twice as good"),
        ({"code": "subject-below", "subject": "toan"}, "Subject below: Toán"),
        ({"subject": "toan", "level": "Khá"}, "Toán, Khá"),
        ({}, ""),
    ],
)
def test_an_unknown_code_or_an_absent_field_still_reads(language, reason, text):
    assert sentence(reason, NAMES) == text


@pytest.mark.parametrize("field", ["level", "before", "subject", "value", "threshold", "needed", "clause"])
def test_any_field_may_be_absent(language, field):
    fields: dict[str, str | int] = {
        "clause": "TT58-2011:13",
        "level": "Khá",
        "before": "Yếu",
        "subject": "toan",
    }
    fields |= {"value": "1.0", "threshold": "2.0", "needed": 6}
    del fields[field]
    assert all(sentence({"code": code, **fields}, NAMES) for code in templates.ROWS)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("TT22-2021:9.2.a", "Circular 22/2021, article 9, clause 2, point a"),
        ("TT22-2021:9.3", "Circular 22/2021, article 9, clause 3"),
        ("TT22-2021:14", "Circular 22/2021, article 14"),
        ("TT27-2020:7.1.đ", "Circular 27/2020, article 7, clause 1, point đ"),
        ("TT58-2011:13.6", "Circular 58/2011, article 13, clause 6"),
        ("TT58-2020:13.1", "Circular 58/2011 as amended by Circular 26/2020, article 13, clause 1"),
        ("TT99-2031:1.2.a", "Circular 99/2031, article 1, clause 2, point a"),
        ("TT22-2021:9.2.a.b", "TT22-2021:9.2.a.b"),
        ("somewhere", "somewhere"),
        ("", ""),
    ],
)
def test_the_clause_in_words(english, code, text):
    assert clause(code) == text


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("toan", "Toán: no result yet"),
        ("nhac", "Nhac: no result yet"),
        ("subjects:toan", "Toán: no level yet"),
        ("traits:khoa-hoc", "Khoa học: no level yet"),
        ("tests:tin-hoc", "Test of Tin học: no score yet"),
        ("conduct", "Conduct: none yet"),
        ("academic", "Learning result: none yet"),
        (Missing(MarkKind.REGULAR, 2, AWAITING_MAKE_UP), "Regular assessment 2: awaiting the make-up test"),
        (Missing(MarkKind.FINAL, 1, EMPTY), "Final assessment: nothing entered yet"),
        (Missing(MarkKind.SEMESTER, 2, EMPTY), "Semester II: nothing entered yet"),
    ],
)
def test_what_is_missing_in_words(english, item, text):
    assert missing_sentence(item, NAMES) == text


@pytest.mark.parametrize("kind", MarkKind)
@pytest.mark.parametrize("state", [EMPTY, AWAITING_MAKE_UP])
def test_every_kind_of_cell_can_be_missing(language, kind, state):
    assert "%(" not in missing_sentence(Missing(kind, 1, state), {})


def test_the_reasons_of_the_golden_cases_are_all_known():
    cases = [case for case in CASES.values() if case["kind"] != "test_score_valid"]
    reasons = [reason for case in cases for reason in evaluate(case).reasons]
    assert len(reasons) > 100
    assert {str(reason["code"]) for reason in reasons} <= templates.ROWS.keys()
    with override("en"):
        assert all(clause(str(reason["clause"])).startswith("Circular") for reason in reasons)
