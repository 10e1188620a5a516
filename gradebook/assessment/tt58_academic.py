"""TT 58/2011 Điều 13: học lực of a semester or year, with the adjustment of khoản 6."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from gradebook.assessment.reasons import Clause, Reason, ReasonCode
from gradebook.assessment.scales import AcademicLevel, CommentResult
from gradebook.assessment.schemes import DEFAULTS, Options
from gradebook.assessment.tt58_levels import CIRCULAR, STANDARDS, Results, base_level
from gradebook.assessment.tt58_reasons import obstacles, reached
from gradebook.assessment.tt58_subjects import overall_average

_BEST = Decimal(10)
_LEVELS_LOST = 2

# Khoản 6, by the level of the mean and the level one subject pulls it down to: the point and the new level.
# A mean of Giỏi pulled down to Kém is not in the clause: people decide.
_ADJUSTED = {
    (AcademicLevel.EXCELLENT, AcademicLevel.AVERAGE): ("a", AcademicLevel.FAIR),
    (AcademicLevel.EXCELLENT, AcademicLevel.WEAK): ("b", AcademicLevel.AVERAGE),
    (AcademicLevel.FAIR, AcademicLevel.WEAK): ("c", AcademicLevel.AVERAGE),
    (AcademicLevel.FAIR, AcademicLevel.POOR): ("d", AcademicLevel.WEAK),
}


@dataclass(frozen=True, slots=True)
class AcademicResult:
    """The level, the level before adjustment, the mean, the subject it was adjusted for, and why.

    All None while a subject has no result (``missing``). ``level`` alone is None where the circular leaves
    the answer to people; a reason NOT_LISTED says so.
    """

    level: AcademicLevel | None
    base_level: AcademicLevel | None
    overall: Decimal | None
    adjusted_by: str | None
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...] = ()


def academic_level(
    scored: Mapping[str, Decimal | None],
    comment: Mapping[str, CommentResult | None],
    anchors: frozenset[str],
    specialised: str | None = None,
    options: Options = DEFAULTS,
) -> AcademicResult:
    """Học lực from the subject averages and comment results of one semester or one year.

    TT 58/2011 Điều 13. ``anchors`` is ``ANCHORS`` of the version in force. A subject without a result is
    given as None; one the pupil is exempt from (Điều 12) is left out. Raises ValueError when the specialised
    subject is not among the scored ones.
    """
    averages = {subject: average for subject, average in scored.items() if average is not None}
    comments = {subject: result for subject, result in comment.items() if result is not None}
    missing = tuple(subject for subject, result in (*scored.items(), *comment.items()) if result is None)
    if specialised is not None and specialised not in scored:
        raise ValueError(f"the specialised subject {specialised!r} has no average")
    if missing or not scored:
        nothing = () if scored else (Reason(ReasonCode.NOTHING_ASSESSED, Clause(CIRCULAR, 13)),)
        return AcademicResult(None, None, None, None, nothing, missing)
    return _classified(Results(averages, comments, overall_average(averages), anchors, specialised), options)


def _classified(results: Results, options: Options) -> AcademicResult:
    base = base_level(results)
    subject = _only_cause(base, results, options)
    if subject is None:
        reasons = (*reached(base, results), *_next_level_missed(base, results))
        return AcademicResult(base, base, results.overall, None, reasons)
    mean = _level_of_mean(results)
    point, level = _ADJUSTED.get((mean, base), ("", None))
    fall = partial(Reason, subject=subject, value=results.of(subject), before=base)
    clause = Clause(CIRCULAR, 13, 6, point)
    if level is None:
        unlisted = fall(ReasonCode.NOT_LISTED, clause, level=mean)
        reasons = (*reached(base, results), unlisted, *_next_level_missed(base, results))
        return AcademicResult(None, base, results.overall, None, reasons)
    adjusted = fall(ReasonCode.ADJUSTED, clause, level=level)
    reasons = (*reached(base, results), adjusted, *_next_level_missed(level, results))
    return AcademicResult(level, base, results.overall, subject, reasons)


def _only_cause(base: AcademicLevel, results: Results, options: Options) -> str | None:
    """The single subject that pulled the level two or more down from Giỏi or Khá, or None when there is none.

    With that subject at its best, and the mean left as it is, the level would be Giỏi or Khá. Only the comment
    subject CĐ, else the lowest average, can be that subject: whatever another one would gain, these would
    still hold the level down.
    """
    suspect = next(iter(results.failed_comments), results.lowest)
    if suspect in results.comment:
        if not options.comment_subjects_adjust:
            return None
        forgiven = replace(results, comment={**results.comment, suspect: CommentResult.PASSED})
    else:
        forgiven = replace(results, scored={**results.scored, suspect: _BEST})
    deserved = base_level(forgiven)
    falls = deserved >= AcademicLevel.FAIR and deserved.rank - base.rank >= _LEVELS_LOST
    return suspect if falls else None


def _level_of_mean(results: Results) -> AcademicLevel:
    """Giỏi or Khá, for a mean that reaches Khá at least."""
    is_excellent = results.overall >= STANDARDS[AcademicLevel.EXCELLENT].overall
    return AcademicLevel.EXCELLENT if is_excellent else AcademicLevel.FAIR


def _next_level_missed(level: AcademicLevel, results: Results) -> tuple[Reason, ...]:
    following = level.above()
    return tuple(obstacles(following, results)) if following else ()
