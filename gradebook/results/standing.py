"""Where a secondary pupil stands at the end of the year, the same under TT 22/2021 and TT 58/2011."""

from gradebook.assessment.promotion import Promotion, PromotionStatus
from gradebook.assessment.retest import Retest
from gradebook.results.record import Standing

SUMMER = {PromotionStatus.SUMMER_TRAINING.value, PromotionStatus.SUMMER_RETEST.value}
UNKNOWN_ABSENCES = Standing(missing=("absences",))
NO_RETEST = Retest((), ())
_COMPLETED = {
    9: "Hoàn thành chương trình trung học cơ sở",
    12: "Hoàn thành chương trình trung học phổ thông",
}


def standing_of(found: Promotion, again: Retest, grade: int) -> Standing:
    """After the last grade of a level a pupil does not move up but has completed it (TT 22/2021, article 12)."""
    promoted = found.status is PromotionStatus.PROMOTED
    return Standing(
        found.status.value if found.status else None,
        completion=_COMPLETED.get(grade, "") if promoted else "",
        reasons=found.reasons,
        missing=found.missing,
        retests=again.subjects,
        retest_reasons=again.reasons,
    )
