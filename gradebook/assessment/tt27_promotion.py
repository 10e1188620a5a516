"""TT 27/2020 Điều 11 and 13: completing the programme, moving up, and the year-end titles."""

from dataclasses import dataclass
from enum import Enum

from gradebook.assessment.awards import Award, Title
from gradebook.assessment.reasons import Clause, Reason, ReasonCode
from gradebook.assessment.scales import PrimaryResult
from gradebook.assessment.schemes import DEFAULTS, Options
from gradebook.assessment.tt27_year import CIRCULAR

LAST_PRIMARY_GRADE = 5
_TITLES = Clause(CIRCULAR, 13, 1, "a")
_MISSED = {ReasonCode.RESULT_BELOW, ReasonCode.NOT_OUTSTANDING, ReasonCode.NOT_RECOGNISED}


class PrimaryStatus(Enum):
    """Where a primary pupil stands at the end of the year."""

    COMPLETED_PROMOTED = "completed_promoted"
    SUPPORT_THEN_REASSESS = "support_then_reassess"
    AWAITING_PRINCIPAL = "awaiting_principal"
    NOT_COMPLETED_PROMOTED = "not_completed_promoted"
    RETAINED = "retained"


class PrincipalDecision(Enum):
    """What the principal decides for a pupil who has still not completed the programme after support."""

    PROMOTE = "promote"
    RETAIN = "retain"


class Completion(Enum):
    """What the transcript certifies, in the circular's words."""

    GRADE = "Hoàn thành chương trình lớp học"
    PRIMARY = "Hoàn thành chương trình tiểu học"


@dataclass(frozen=True, slots=True)
class PrimaryPromotion:
    """Where the pupil stands, what the transcript certifies (or None), and why."""

    status: PrimaryStatus
    completion: Completion | None
    reasons: tuple[Reason, ...]


def promotion(
    grade: int,
    result: PrimaryResult,
    after_support: PrimaryResult | None = None,
    decision: PrincipalDecision | None = None,
) -> PrimaryPromotion:
    """Completion of the grade and promotion; the principal decides where support did not help.

    TT 27/2020 Điều 11 khoản 1. Absences play no part in primary school.
    """
    if result is not PrimaryResult.NOT_COMPLETED:
        return _completed(grade, Reason(ReasonCode.LEVEL_REACHED, _clause("a"), level=result))
    below = Reason(ReasonCode.RESULT_BELOW, _clause("b"), value=result, threshold=PrimaryResult.COMPLETED)
    if after_support is None:
        return PrimaryPromotion(PrimaryStatus.SUPPORT_THEN_REASSESS, None, (below,))
    support = Reason(
        ReasonCode.AFTER_SUPPORT, _clause("b"), value=after_support, threshold=PrimaryResult.COMPLETED
    )
    if after_support is not PrimaryResult.NOT_COMPLETED:
        return _completed(grade, below, support)
    if decision is None:
        open_question = Reason(ReasonCode.PRINCIPAL_TO_DECIDE, _clause("c"))
        return PrimaryPromotion(PrimaryStatus.AWAITING_PRINCIPAL, None, (below, support, open_question))
    moves_up = decision is PrincipalDecision.PROMOTE
    status = PrimaryStatus.NOT_COMPLETED_PROMOTED if moves_up else PrimaryStatus.RETAINED
    decided = Reason(ReasonCode.PRINCIPAL_DECIDED, _clause("c"))
    return PrimaryPromotion(status, None, (below, support, decided))


def award(
    result: PrimaryResult,
    *,
    outstanding_or_progress: bool,
    class_recognised: bool,
    options: Options = DEFAULTS,
) -> Award:
    """Học sinh Xuất sắc follows from the result; Học sinh Tiêu biểu also needs two judgements by people.

    TT 27/2020 Điều 13 khoản 1 a: ``outstanding_or_progress`` in a subject, a quality or a competence, and
    ``class_recognised``. Schools can switch the titles off by option.
    """
    if not options.year_end_titles:
        return Award(None, (Reason(ReasonCode.TITLES_SWITCHED_OFF, _TITLES),))
    if result is PrimaryResult.EXCELLENT:
        return Award(Title.EXCELLENT, (Reason(ReasonCode.LEVEL_REACHED, _TITLES, level=result),))
    wanted = PrimaryResult.WELL_COMPLETED
    reasons = (
        Reason(ReasonCode.LEVEL_REACHED, _TITLES, level=result)
        if result is wanted
        else Reason(ReasonCode.RESULT_BELOW, _TITLES, value=result, threshold=wanted),
        Reason(ReasonCode.OUTSTANDING if outstanding_or_progress else ReasonCode.NOT_OUTSTANDING, _TITLES),
        Reason(ReasonCode.RECOGNISED if class_recognised else ReasonCode.NOT_RECOGNISED, _TITLES),
    )
    missed = tuple(reason for reason in reasons if reason.code in _MISSED)
    return Award(None, missed) if missed else Award(Title.EXEMPLARY, reasons)


def _completed(grade: int, *reasons: Reason) -> PrimaryPromotion:
    completion = Completion.PRIMARY if grade == LAST_PRIMARY_GRADE else Completion.GRADE
    return PrimaryPromotion(PrimaryStatus.COMPLETED_PROMOTED, completion, reasons)


def _clause(point: str) -> Clause:
    return Clause(CIRCULAR, 11, 1, point)
