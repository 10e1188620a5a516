"""The kinds of cases of TT 22/2021."""

from decimal import Decimal

from gradebook.assessment import evaluate_secondary, tt22
from gradebook.assessment.evaluate_full_year import full_year
from gradebook.assessment.evaluate_input import Input
from gradebook.assessment.evaluate_output import Evaluation, Evaluator, evaluated, open_names, plain, word
from gradebook.assessment.evaluate_secondary import REGULAR_COMMENTS, commented, retaken
from gradebook.assessment.evaluate_values import known
from gradebook.assessment.scales import CommentResult, ConductLevel, LearningLevel
from gradebook.assessment.schemes import Scheme


def _comment_subject_semester(given: Input, scheme: Scheme) -> Evaluation:
    regular = given.comment_cells("tx", given.integer("required_tx", REGULAR_COMMENTS))
    midterm, final = given.comment_cell("gk"), given.comment_cell("ck")
    closed = given.flag("semester_closed")
    return commented(tt22.comment_subject_semester(regular, midterm, final, closed=closed))


def _conduct_year(given: Input, scheme: Scheme) -> Evaluation:
    semesters = {name: given.level(ConductLevel, name) for name in ("semester1", "semester2")}
    first, second = semesters.values()
    if first is None or second is None:
        return evaluated({"conduct": None}, missing=open_names(semesters))
    result = tt22.conduct_year(first, second)
    return evaluated({"conduct": word(result.level)}, result.reasons)


def _learning_level(given: Input, scheme: Scheme) -> Evaluation:
    scored, comment = _year(given)
    result = tt22.learning_level(scored, comment, scheme.options)
    levels = {
        "base_level": word(result.base_level),
        "level": word(result.level),
        "adjusted": None if result.level is None else result.adjusted_by is not None,
    }
    return evaluated(levels, result.reasons, _missing(result))


def _retest(given: Input, scheme: Scheme) -> Evaluation:
    scored, comment = _year(given)
    learning = tt22.learning_level(scored, comment, scheme.options)
    year = _year_end(given, learning.level)
    missing = [*_missing(learning), *open_names({"conduct": year.conduct})]
    if missing:
        return evaluated({"learning": word(learning.level), "retest_subjects": None}, missing=missing)
    retests = tt22.retest_list(known(scored), known(comment), year, scheme.options)
    results = {"learning": word(learning.level), "retest_subjects": list(retests.subjects)}
    return evaluated(results, retests.reasons)


def _after_retest(given: Input, scheme: Scheme) -> Evaluation:
    scored, comment = _year(given)
    before = tt22.learning_level(scored, comment, scheme.options)
    again = retaken(given.part("retest_results"), comment)
    missing = [*_missing(before), *open_names(again)]
    if missing:
        return evaluated({"learning": None, "status": None}, missing=missing)
    after = tt22.after_retest(known(scored), known(comment), known(again), scheme.options)
    standing = tt22.promotion(_year_end(given, before.level, after.level), scheme.options)
    results = {"learning": word(after.level), "status": plain(standing.status)}
    return evaluated(results, (*after.reasons, *standing.reasons), standing.missing)


def _promotion(given: Input, scheme: Scheme) -> Evaluation:
    learning = given.level(LearningLevel, "learning_year")
    again = given.level(LearningLevel, "learning_after_retest")
    standing = tt22.promotion(_year_end(given, learning, again), scheme.options)
    return evaluated({"status": plain(standing.status)}, standing.reasons, standing.missing)


def _award(given: Input, scheme: Scheme) -> Evaluation:
    conduct = given.level(ConductLevel, "conduct_year")
    learning = given.level(LearningLevel, "learning_year")
    scored = given.marks("scored")
    missing = open_names({"conduct": conduct, "learning": learning, **scored})
    if conduct is None or learning is None or missing:
        return evaluated({"award": None}, missing=missing)
    award = tt22.award(conduct, learning, known(scored), scheme.options)
    return evaluated({"award": plain(award.title)}, award.reasons)


def _year(given: Input) -> tuple[dict[str, Decimal | None], dict[str, CommentResult | None]]:
    return given.marks("scored"), given.levels(CommentResult, "comment")


def _missing(learning: tt22.LearningResult) -> tuple[str, ...]:
    return learning.missing if learning.level or learning.missing else ("scored",)


def _year_end(
    given: Input, learning: LearningLevel | None, again: LearningLevel | None = None
) -> tt22.YearEnd:
    conduct = given.level(ConductLevel, "conduct_year")
    after_summer = given.level(ConductLevel, "conduct_after_summer")
    return tt22.YearEnd(conduct, learning, given.absences(), after_summer, again)


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
