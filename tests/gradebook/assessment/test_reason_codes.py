"""Each reason code with the path that produces it and the fields it carries."""

from dataclasses import fields
from decimal import Decimal

import pytest

from gradebook.assessment import tt22, tt27, tt58
from gradebook.assessment.reasons import Clause, Reason, ReasonCode
from gradebook.assessment.scales import (
    AcademicLevel,
    CommentResult,
    ConductLevel,
    FormerConductLevel,
    LearningLevel,
    PrimaryResult,
)
from gradebook.assessment.schemes import Options
from tests.gradebook.assessment.builders import averages, comments
from tests.gradebook.assessment.reasons import (
    DONE,
    NOT_DONE,
    academic,
    conduct,
    learning,
    moving_up,
    primary,
)


def titled(result, yes=True):
    return tt27.award(result, outstanding_or_progress=yes, class_recognised=yes).reasons


WEAK_YEAR = tt58.YearEnd(FormerConductLevel.GOOD, AcademicLevel.POOR)
RETESTED = tt22.retest_list(
    averages("4.9"), comments(), tt22.YearEnd(ConductLevel.GOOD, LearningLevel.NOT_PASSED)
)
NO_TITLES = Options(year_end_titles=False)
A, B, C, D = (f"TT22-2021:9.2.{point}" for point in "abcd")

EXAMPLES: dict[str, tuple[tuple[Reason, ...], dict[str, str | int]]] = {
    "nothing-assessed": (tt22.learning_level({}, {}).reasons, {"clause": "TT22-2021:9.2"}),
    "level-reached": (learning(*["3.4"] * 8), {"clause": D, "level": "Chưa đạt"}),
    "overall-reached": (
        academic(*["7.0"] * 8),
        {"clause": "TT58-2011:13.2", "level": "Khá", "value": "7.0", "threshold": "6.5"},
    ),
    "anchor-reached": (
        academic("6.0", "7.5", "7.5", *["7.0"] * 5),
        {
            "clause": "TT58-2011:13.2",
            "level": "Khá",
            "subject": "ngoai-ngu-1",
            "value": "7.5",
            "threshold": "6.5",
        },
    ),
    "specialised-reached": (
        academic(*["7.0"] * 8, specialised="tin-hoc"),
        {
            "clause": "TT58-2011:13.2",
            "level": "Khá",
            "subject": "tin-hoc",
            "value": "7.0",
            "threshold": "6.5",
        },
    ),
    "enough-subjects": (
        learning(*["6.5"] * 7, "5.5"),
        {"clause": B, "level": "Khá", "value": 7, "threshold": "6.5", "needed": 6},
    ),
    "lowest-subject": (
        learning(*["6.5"] * 6, "5.5", "5.5"),
        {"clause": B, "level": "Khá", "subject": "cong-nghe", "value": "5.5", "threshold": "5.0"},
    ),
    "lowest-test": (
        primary(score=8),
        {
            "clause": "TT27-2020:9.2.a",
            "level": "Hoàn thành tốt",
            "subject": "toan",
            "value": 8,
            "threshold": 7,
        },
    ),
    "comments-within": (
        learning(*["6.0"] * 8, failed=1),
        {"clause": C, "level": "Đạt", "value": 1, "threshold": 1},
    ),
    "adjusted": (
        learning(*["8.0"] * 7, "4.0"),
        {"clause": "TT22-2021:9.3", "level": "Khá", "subject": "tin-hoc", "value": "4.0", "before": "Đạt"},
    ),
    "not-listed": (
        academic(*["9.5"] * 7, "1.9"),
        {"clause": "TT58-2011:13.6", "level": "Giỏi", "subject": "tin-hoc", "value": "1.9", "before": "Kém"},
    ),
    "overall-below": (
        academic(*["7.9"] * 8),
        {"clause": "TT58-2011:13.1", "level": "Giỏi", "value": "7.9", "threshold": "8.0"},
    ),
    "no-anchor": (
        academic("7.0", "7.9", "7.5", *["9.5"] * 5),
        {
            "clause": "TT58-2011:13.1",
            "level": "Giỏi",
            "subject": "ngu-van",
            "value": "7.9",
            "threshold": "8.0",
        },
    ),
    "specialised-below": (
        academic(*["8.5"] * 7, "7.9", specialised="tin-hoc"),
        {
            "clause": "TT58-2011:13.1",
            "level": "Giỏi",
            "subject": "tin-hoc",
            "value": "7.9",
            "threshold": "8.0",
        },
    ),
    "subject-below": (
        learning(*["10.0"] * 7, "6.4"),
        {"clause": A, "level": "Tốt", "subject": "tin-hoc", "value": "6.4", "threshold": "6.5"},
    ),
    "too-few-subjects": (
        learning(*["8.0"] * 5, *["7.0"] * 3),
        {"clause": A, "level": "Tốt", "value": 5, "threshold": "8.0", "needed": 6},
    ),
    "nearest-subject": (
        learning(*["8.0"] * 5, "7.0", "7.9", "7.9"),
        {"clause": A, "level": "Tốt", "subject": "cong-nghe", "value": "7.9", "threshold": "8.0"},
    ),
    "comment-not-passed": (
        learning(*["7.0"] * 8, failed=1),
        {"clause": B, "level": "Khá", "subject": "gdtc", "value": "Chưa đạt", "threshold": "Đạt"},
    ),
    "subject-level-below": (
        primary(subject="C"),
        {
            "clause": "TT27-2020:9.2.a",
            "level": "Hoàn thành",
            "subject": "toan",
            "value": "Chưa hoàn thành",
            "threshold": "Hoàn thành",
        },
    ),
    "trait-below": (
        primary(trait="Đ"),
        {
            "clause": "TT27-2020:9.2.a",
            "level": "Hoàn thành tốt",
            "subject": "nhan-ai",
            "value": "Đạt",
            "threshold": "Tốt",
        },
    ),
    "test-below": (
        primary(score=4),
        {"clause": "TT27-2020:9.2.a", "level": "Hoàn thành", "subject": "toan", "value": 4, "threshold": 5},
    ),
    "first-semester-below": (
        conduct("Đạt", "Tốt"),
        {"clause": "TT22-2021:8.2.b", "level": "Tốt", "value": "Đạt", "threshold": "Khá"},
    ),
    "second-semester-below": (
        conduct("Tốt", "Đạt"),
        {"clause": "TT22-2021:8.2.b", "level": "Tốt", "value": "Đạt", "threshold": "Tốt"},
    ),
    "first-semester": (conduct("Đạt", "Khá"), {"clause": "TT22-2021:8.2.b", "value": "Đạt"}),
    "second-semester": (conduct("Đạt", "Khá"), {"clause": "TT22-2021:8.2.b", "value": "Khá"}),
    "absences-over": (
        moving_up("Tốt", "Tốt", 46),
        {"clause": "TT22-2021:12.1.c", "value": 46, "threshold": 45},
    ),
    "absences-within": (
        moving_up("Tốt", "Tốt", 45),
        {"clause": "TT22-2021:12.1.c", "value": 45, "threshold": 45},
    ),
    "conduct-below": (
        moving_up("Chưa đạt", "Tốt"),
        {"clause": "TT22-2021:12.1.a", "value": "Chưa đạt", "threshold": "Đạt"},
    ),
    "conduct-reached": (
        moving_up("Tốt", "Tốt"),
        {"clause": "TT22-2021:12.1.a", "value": "Tốt", "threshold": "Đạt"},
    ),
    "learning-below": (
        moving_up("Tốt", "Chưa đạt"),
        {"clause": "TT22-2021:12.1.b", "value": "Chưa đạt", "threshold": "Đạt"},
    ),
    "learning-reached": (
        moving_up("Tốt", "Khá"),
        {"clause": "TT22-2021:12.1.b", "value": "Khá", "threshold": "Đạt"},
    ),
    "both-below": (moving_up("Chưa đạt", "Chưa đạt"), {"clause": "TT22-2021:14"}),
    "too-low-for-retest": (
        tt58.promotion(WEAK_YEAR).reasons,
        {"clause": "TT58-2011:15.2.b", "value": "Kém", "threshold": "Yếu"},
    ),
    "retest-offered": (
        RETESTED.reasons,
        {"clause": "TT22-2021:14", "subject": "toan", "value": "4.9", "threshold": "5.0"},
    ),
    "result-below": (
        titled(DONE),
        {"clause": "TT27-2020:13.1.a", "value": "Hoàn thành", "threshold": "Hoàn thành tốt"},
    ),
    "after-support": (
        tt27.promotion(2, NOT_DONE, DONE).reasons,
        {"clause": "TT27-2020:11.1.b", "value": "Hoàn thành", "threshold": "Hoàn thành"},
    ),
    "principal-decided": (
        tt27.promotion(2, NOT_DONE, NOT_DONE, tt27.PrincipalDecision.PROMOTE).reasons,
        {"clause": "TT27-2020:11.1.c"},
    ),
    "principal-to-decide": (
        tt27.promotion(2, NOT_DONE, NOT_DONE).reasons,
        {"clause": "TT27-2020:11.1.c"},
    ),
    "outstanding": (titled(PrimaryResult.WELL_COMPLETED), {"clause": "TT27-2020:13.1.a"}),
    "not-outstanding": (titled(PrimaryResult.WELL_COMPLETED, yes=False), {"clause": "TT27-2020:13.1.a"}),
    "recognised": (titled(PrimaryResult.WELL_COMPLETED), {"clause": "TT27-2020:13.1.a"}),
    "not-recognised": (titled(PrimaryResult.WELL_COMPLETED, yes=False), {"clause": "TT27-2020:13.1.a"}),
    "titles-switched-off": (
        tt58.title(FormerConductLevel.GOOD, AcademicLevel.FAIR, NO_TITLES).reasons,
        {"clause": "TT58-2011:18.1"},
    ),
}


@pytest.mark.parametrize("code", ReasonCode)
def test_a_reason_is_produced_with_the_fields_it_should_carry(code):
    reasons, carried = EXAMPLES[code.value]
    first = next(reason for reason in reasons if reason.code is code)
    assert first.as_data() == {"code": code.value, **carried}


def test_a_reason_is_plain_data_with_a_stable_clause():
    whole = Reason(
        ReasonCode.ADJUSTED,
        Clause("TT22-2021", 9, 3),
        *(LearningLevel.FAIR, "toan", Decimal("0.0"), CommentResult.PASSED, 0, LearningLevel.PASSED),
    )
    assert len(whole.as_data()) == len(fields(Reason))
    assert whole.as_data()["value"] == "0.0"
    assert whole.as_data()["needed"] == 0
    assert [Clause("X", 14).code, Clause("X", 8, 2, "b").code] == ["X:14", "X:8.2.b"]
