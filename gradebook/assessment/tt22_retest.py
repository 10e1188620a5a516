"""TT 22/2021 Điều 14: which subjects are assessed again in summer, and the year's result afterwards."""

from collections.abc import Mapping
from decimal import Decimal

from gradebook.assessment import judged
from gradebook.assessment.promotion import ABSENCES_ALLOWED
from gradebook.assessment.reasons import Clause, Reason
from gradebook.assessment.retest import Retest, offered, with_retests
from gradebook.assessment.scales import CommentResult, ConductLevel, LearningLevel
from gradebook.assessment.schemes import DEFAULTS, Options
from gradebook.assessment.tt22_learning import LearningResult, learning_level
from gradebook.assessment.tt22_levels import CIRCULAR, Comments, Scores
from gradebook.assessment.tt22_promotion import YearEnd

_CLAUSE = Clause(CIRCULAR, 14)
_ABSENCES = Clause(CIRCULAR, 12, 1, "c")


def retest_list(scored: Scores, comment: Comments, year: YearEnd, options: Options = DEFAULTS) -> Retest:
    """The scored subjects with a year average below 5.0 and the comment subjects Chưa đạt.

    TT 22/2021 Điều 14: only for a pupil whose learning is Chưa đạt and whose conduct is at least Đạt. Nothing
    for more than 45 absences, which no retest repairs. Whether a pupil who failed both may be retested after
    the summer training is the option ``retest_after_both_failed``. Nothing, and no reason, for an open year.
    """
    if year.conduct is None or year.learning is None:
        return Retest((), ())
    refused = _refusal(year.conduct, year.learning, year, options)
    if refused:
        return Retest((), (refused,))
    return offered(scored, comment, _CLAUSE)


def after_retest(
    scored: Scores,
    comment: Comments,
    retaken: Mapping[str, Decimal | CommentResult],
    options: Options = DEFAULTS,
) -> LearningResult:
    """The year's learning result with the retest results in place of the year's own, Điều 9 applied again.

    TT 22/2021 Điều 14. Raises NotOnRetestList for a subject that was neither below 5.0 nor Chưa đạt, or whose
    retest result is of the other kind.
    """
    return learning_level(*with_retests(scored, comment, retaken), options)


def _refusal(
    conduct: ConductLevel, learning: LearningLevel, year: YearEnd, options: Options
) -> Reason | None:
    if learning is not LearningLevel.NOT_PASSED:
        return judged.learning(learning, LearningLevel.PASSED, _CLAUSE)
    if year.absences > ABSENCES_ALLOWED:
        return judged.attendance(year.absences, _ABSENCES, _ABSENCES)
    if conduct is ConductLevel.NOT_PASSED and options.retest_after_both_failed:
        conduct = year.conduct_after_summer or conduct
    if conduct is ConductLevel.NOT_PASSED:
        return judged.conduct(conduct, ConductLevel.PASSED, _CLAUSE)
    return None
