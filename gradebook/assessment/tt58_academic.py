"""TT 58/2011 Điều 13: học lực of a semester or year, with the adjustment of khoản 6."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from gradebook.assessment.reasons import Clause, Reason, ReasonCode
from gradebook.assessment.scales import AcademicLevel, CommentResult
from gradebook.assessment.schemes import DEFAULTS, Options
from gradebook.assessment.tt58_levels import CIRCULAR, LEVEL_CLAUSES, STANDARDS, Results, base_level
from gradebook.assessment.tt58_subjects import overall_average

_ADJUSTMENT = Clause(CIRCULAR, 13, 6)
_BEST = Decimal(10)

# From the level the mean deserves, and the level one subject pulls it down to, to the adjusted level.
# Giỏi pulled down to Kém is not in the clause: None, people decide.
_ADJUSTED: dict[tuple[AcademicLevel, AcademicLevel], AcademicLevel | None] = {
    (AcademicLevel.EXCELLENT, AcademicLevel.AVERAGE): AcademicLevel.FAIR,
    (AcademicLevel.EXCELLENT, AcademicLevel.WEAK): AcademicLevel.AVERAGE,
    (AcademicLevel.EXCELLENT, AcademicLevel.POOR): None,
    (AcademicLevel.FAIR, AcademicLevel.WEAK): AcademicLevel.AVERAGE,
    (AcademicLevel.FAIR, AcademicLevel.POOR): AcademicLevel.WEAK,
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
    reached = Reason(ReasonCode.LEVEL_REACHED, LEVEL_CLAUSES[base], level=base)
    cause = _only_cause(base, results, options)
    if cause is None:
        return AcademicResult(
            base, base, results.overall, None, (reached, *_next_level_missed(base, results))
        )
    subject, deserved = cause
    value = results.scored[subject] if subject in results.scored else results.comment[subject]
    if base is AcademicLevel.POOR and results.overall >= STANDARDS[AcademicLevel.EXCELLENT].overall:
        deserved = AcademicLevel.EXCELLENT  # the mean is Giỏi: the clause for a mean of Khá does not apply
    level = _ADJUSTED[deserved, base]
    if level is None:
        unlisted = Reason(ReasonCode.NOT_LISTED, _ADJUSTMENT, level=deserved, subject=subject, value=value)
        return AcademicResult(None, base, results.overall, None, (unlisted, reached))
    adjusted = Reason(ReasonCode.ADJUSTED, _ADJUSTMENT, level=level, subject=subject, value=value)
    reasons = (adjusted, reached, *_next_level_missed(level, results))
    return AcademicResult(level, base, results.overall, subject, reasons)


def _only_cause(base: AcademicLevel, results: Results, options: Options) -> tuple[str, AcademicLevel] | None:
    """The single subject that pulled the level down and the level without that, or None."""
    causes = [
        (subject, deserved)
        for subject, deserved in _levels_at_best(results, options)
        if (deserved, base) in _ADJUSTED
    ]
    return causes[0] if len(causes) == 1 else None


def _levels_at_best(results: Results, options: Options) -> Iterator[tuple[str, AcademicLevel]]:
    """The level with each subject in turn at its best; the mean stays what it is, as the clause asks."""
    for subject in results.scored:
        yield subject, base_level(replace(results, scored={**results.scored, subject: _BEST}))
    if options.comment_subjects_adjust:
        for subject in results.comment:
            passed = {**results.comment, subject: CommentResult.PASSED}
            yield subject, base_level(replace(results, comment=passed))


def _next_level_missed(level: AcademicLevel, results: Results) -> tuple[Reason, ...]:
    following = level.above()
    return tuple(STANDARDS[following].obstacles(results)) if following else ()
