"""TT 58/2011 Điều 16: the subjects a pupil may be assessed in again, and the level afterwards."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from gradebook.assessment.promotion import PromotionStatus
from gradebook.assessment.reasons import Clause
from gradebook.assessment.retest import Retest, offered
from gradebook.assessment.scales import CommentResult
from gradebook.assessment.tt58_levels import CIRCULAR
from gradebook.assessment.tt58_promotion import YearEnd, promotion

_CLAUSE = Clause(CIRCULAR, 16)


def retest_list(scored: Mapping[str, Decimal], comment: Mapping[str, CommentResult], year: YearEnd) -> Retest:
    """The subjects among which the pupil chooses: year average below 5.0, or CĐ.

    TT 58/2011 Điều 16: only with academic level Yếu, conduct at least Trung bình and at most 45 absences; for
    another pupil the list is empty and the reasons are those of the promotion. The list stays what it was when
    the result of the retest is known. The results are put in place with ``with_retests`` and classified again
    with ``academic_level``.
    """
    standing = promotion(replace(year, academic_after_retest=None))
    if standing.status is not PromotionStatus.SUMMER_RETEST:
        return Retest((), standing.reasons)
    return offered(scored, comment, _CLAUSE)
