"""The kinds of cases of TT 27/2020."""

from gradebook.assessment import catalogue, tt27
from gradebook.assessment.catalogue import Period
from gradebook.assessment.cells import InvalidMark
from gradebook.assessment.evaluate_input import Input
from gradebook.assessment.evaluate_output import Evaluation, Evaluator, evaluated, plain, word
from gradebook.assessment.evaluate_subjects import is_named
from gradebook.assessment.evaluate_values import CannotEvaluate, shortened, slug
from gradebook.assessment.evaluate_words import decision, is_open, period
from gradebook.assessment.reasons import Clause
from gradebook.assessment.scales import PrimaryResult, SubjectLevel, TraitLevel
from gradebook.assessment.schemes import Options, Scheme

_SCORES = Clause("TT27-2020", 7, 1, "d")
_LONGEST_SCORE = 20


def _tests_required(given: Input, scheme: Scheme) -> Evaluation:
    grade = given.integer("grade")
    codes = tt27.tests_required(grade, given.needed("period", period))
    names = [subject.name for subject in catalogue.subjects(grade) if subject.code in codes]
    return evaluated({"tests": names})


def _readable(typed: str) -> str:
    """What is far too long for a score is none: nothing of it is cut away to make it one."""
    if len(typed) <= _LONGEST_SCORE:
        return typed
    return typed[-_LONGEST_SCORE:] if typed.isdecimal() and typed.isascii() and typed[0] != "0" else "?"


def _test_score_valid(given: Input, scheme: Scheme) -> Evaluation:
    """Whether a teacher may enter this; the reason carries the fault."""
    score = given.needed("score", lambda value: "" if value is None else value)
    if not isinstance(score, str | int | float):
        raise CannotEvaluate(f"score: {shortened(score)} is neither a text nor a number")
    text = _readable(str(score).strip())
    try:
        tt27.parse_score(text, scheme.options)
    except InvalidMark as refused:
        reason = {"code": refused.fault.value, "clause": _SCORES.code, "value": text}
        return Evaluation({"valid": False}, (reason,))
    return evaluated({"valid": True})


def _year_result(given: Input, scheme: Scheme) -> Evaluation:
    subjects = given.levels(SubjectLevel, "subjects_year_end")
    qualities = given.levels(TraitLevel, "qualities")
    competences = given.levels(TraitLevel, "competences")
    tests = _tests(given, scheme.options)
    parts = {"subjects_year_end": subjects, "qualities": qualities, "competences": competences}
    nothing = [name for name, part in parts.items() if not part]
    if nothing:
        return evaluated({"result": None}, missing=nothing)
    traits = _traits(qualities, competences)
    result = tt27.year_result(tt27.YearEndValues(subjects, traits, tests))
    return evaluated({"result": word(result.level)}, result.reasons, result.missing)


def _traits(
    qualities: dict[str, TraitLevel | None], competences: dict[str, TraitLevel | None]
) -> dict[str, TraitLevel | None]:
    both = sorted(qualities.keys() & competences.keys())
    if both:
        raise CannotEvaluate(f"{both[0]!r} stands among the qualities and the competences")
    return {**qualities, **competences}


def _tests(given: Input, options: Options) -> dict[str, int | None]:
    """The year-end tests given, and None for each test that the grade requires and the case lacks."""
    grade = given.integer("grade")
    if not 1 <= grade <= 5:
        raise CannotEvaluate(f"TT 27/2020 is for grades 1 to 5, not {grade}")
    scores = given.needed(
        "tests_year_end", lambda tests: Input(tests).each(lambda score: _score(score, options))
    )
    named = {slug(subject) for subject in scores}
    lacking = {
        subject.name: None
        for subject in catalogue.subjects(grade)
        if Period.CN in subject.tests and not is_named(subject, named)
    }
    return {**scores, **lacking}


def _score(value: object, options: Options) -> int | None:
    if is_open(value):
        return None
    if isinstance(value, str):
        try:
            return tt27.parse_score(_readable(value), options)
        except InvalidMark:
            pass
    lowest = 0 if options.zero_in_primary else 1
    raise CannotEvaluate(f"{shortened(value)} is not a score, a whole number from {lowest} to 10 as a text")


def _promotion(given: Input, scheme: Scheme) -> Evaluation:
    """Without the grade the status is the same; only what the transcript certifies depends on it."""
    result = given.level(PrimaryResult, "result")
    grade = given.integer("grade", 1)
    support = given.level(PrimaryResult, "after_support")
    decided = given.read("principal_decision", decision)
    if not 1 <= grade <= 5:
        raise CannotEvaluate(f"TT 27/2020 is for grades 1 to 5, not {grade}")
    if result is None:
        return evaluated({"status": None}, missing=["result"])
    standing = tt27.promotion(grade, result, support, decided)
    return evaluated({"status": plain(standing.status)}, standing.reasons)


def _award(given: Input, scheme: Scheme) -> Evaluation:
    result = given.level(PrimaryResult, "result")
    outstanding = given.flag("outstanding_or_progress")
    recognised = given.flag("class_recognised")
    if result is None:
        return evaluated({"award": None}, missing=["result"])
    award = tt27.award(
        result, outstanding_or_progress=outstanding, class_recognised=recognised, options=scheme.options
    )
    return evaluated({"award": plain(award.title)}, award.reasons)


KINDS: dict[str, Evaluator] = {
    "tests_required": _tests_required,
    "test_score_valid": _test_score_valid,
    "year_result": _year_result,
    "promotion": _promotion,
    "award": _award,
}
