"""The kinds of cases of TT 22/2021."""

from collections.abc import Mapping
from decimal import Decimal

from gradebook.assessment import evaluate_secondary, tt22
from gradebook.assessment.evaluate_full_year import full_year
from gradebook.assessment.evaluate_input import Input
from gradebook.assessment.evaluate_output import Evaluator, Output, explained, word
from gradebook.assessment.evaluate_secondary import commented
from gradebook.assessment.scales import CommentResult, ConductLevel, LearningLevel
from gradebook.assessment.schemes import Scheme


def _comment_subject_semester(given: Input, scheme: Scheme) -> Output:
    regular = given.comment_cells("tx", given.integer("required_tx", 0))
    midterm, final = given.comment_cell("gk"), given.comment_cell("ck")
    closed = given.flag("semester_closed")
    return commented(tt22.comment_subject_semester(regular, midterm, final, closed=closed))


def _conduct_year(given: Input, scheme: Scheme) -> Output:
    first = given.required_level(ConductLevel, "semester1")
    second = given.required_level(ConductLevel, "semester2")
    result = tt22.conduct_year(first, second)
    return explained({"conduct": word(result.level)}, result.reasons)


def _learning_level(given: Input, scheme: Scheme) -> Output:
    comment = given.levels(CommentResult, "comment")
    result = tt22.learning_level(given.decimals("scored"), comment, scheme.options)
    levels = {
        "base_level": word(result.base_level),
        "level": word(result.level),
        "adjusted": result.adjusted_by is not None,
        "adjusted_by": result.adjusted_by,
        "missing": list(result.missing),
    }
    return explained(levels, result.reasons)


def _retest(given: Input, scheme: Scheme) -> Output:
    scored, comment = given.complete_decimals("scored"), given.complete_comments("comment")
    learning = tt22.learning_level(scored, comment, scheme.options).level
    year = _year_end(given, learning)
    result = tt22.retest_list(scored, comment, year, scheme.options)
    return explained({"learning": word(learning), "retest_subjects": list(result.subjects)}, result.reasons)


def _after_retest(given: Input, scheme: Scheme) -> Output:
    scored, comment = given.complete_decimals("scored"), given.complete_comments("comment")
    before = tt22.learning_level(scored, comment, scheme.options).level
    after = tt22.after_retest(
        scored, comment, _retaken(given.part("retest_results"), comment), scheme.options
    )
    standing = tt22.promotion(_year_end(given, before, after.level), scheme.options)
    return explained(
        {"learning": word(after.level), "status": _status(standing)}, (*after.reasons, *standing.reasons)
    )


def _retaken(results: Input, comment: Mapping[str, CommentResult]) -> dict[str, Decimal | CommentResult]:
    return {
        subject: results.required_level(CommentResult, subject)
        if subject in comment
        else results.required_decimal(subject)
        for subject in results.names()
    }


def _promotion(given: Input, scheme: Scheme) -> Output:
    learning = given.level(LearningLevel, "learning_year")
    again = given.level(LearningLevel, "learning_after_retest")
    standing = tt22.promotion(_year_end(given, learning, again), scheme.options)
    return explained({"status": _status(standing), "missing": list(standing.missing)}, standing.reasons)


def _award(given: Input, scheme: Scheme) -> Output:
    conduct = given.required_level(ConductLevel, "conduct_year")
    learning = given.required_level(LearningLevel, "learning_year")
    award = tt22.award(conduct, learning, given.complete_decimals("scored"), scheme.options)
    return explained({"award": award.title.value if award.title else None}, award.reasons)


def _year_end(
    given: Input, learning: LearningLevel | None, again: LearningLevel | None = None
) -> tt22.YearEnd:
    conduct = given.level(ConductLevel, "conduct_year")
    after_summer = given.level(ConductLevel, "conduct_after_summer")
    return tt22.YearEnd(conduct, learning, given.integer("absences", 0), after_summer, again)


def _status(standing: tt22.Promotion) -> str | None:
    return standing.status.value if standing.status else None


KINDS: dict[str, Evaluator] = {
    **evaluate_secondary.KINDS,
    "comment_subject_semester": _comment_subject_semester,
    "conduct_year": _conduct_year,
    "learning_level": _learning_level,
    "retest": _retest,
    "after_retest": _after_retest,
    "promotion": _promotion,
    "award": _award,
    "full_year": full_year,
}
