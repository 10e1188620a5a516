"""The kinds of cases of TT 27/2020."""

from gradebook.assessment import catalogue, tt27
from gradebook.assessment.catalogue import CatalogueSubject, Period
from gradebook.assessment.cells import InvalidMark
from gradebook.assessment.evaluate_input import Input
from gradebook.assessment.evaluate_output import Evaluator, Output, explained, word
from gradebook.assessment.evaluate_values import slug
from gradebook.assessment.scales import PrimaryResult, SubjectLevel, TraitLevel
from gradebook.assessment.schemes import Scheme

_PERIODS = {
    "giua_hk1": Period.GK1,
    "cuoi_hk1": Period.CK1,
    "giua_hk2": Period.GK2,
    "cuoi_hk2": Period.CN,
    "cuoi_nam": Period.CN,
    "cuoi_nam_hoc": Period.CN,
}


def _tests_required(given: Input, scheme: Scheme) -> Output:
    grade, name = given.integer("grade"), given.text("period") or ""
    period = _PERIODS[name] if name in _PERIODS else Period(name)
    codes = tt27.tests_required(grade, period)
    names = [subject.name for subject in catalogue.subjects(grade) if subject.code in codes]
    return explained({"tests": names})


def _test_score_valid(given: Input, scheme: Scheme) -> Output:
    try:
        tt27.parse_score(given.text("score") or "", scheme.options)
    except InvalidMark as refused:
        return explained({"valid": False, "fault": refused.fault.value})
    return explained({"valid": True, "fault": None})


def _year_result(given: Input, scheme: Scheme) -> Output:
    tests = _tests(given, scheme)
    traits = {
        **given.levels(TraitLevel, "qualities"),
        **given.levels(TraitLevel, "competences"),
    }
    values = tt27.YearEndValues(given.levels(SubjectLevel, "subjects_year_end"), traits, tests)
    result = tt27.year_result(values)
    return explained({"result": word(result.level), "missing": list(result.missing)}, result.reasons)


def _tests(given: Input, scheme: Scheme) -> dict[str, int | None]:
    """The year-end tests given, and None for each test that the grade requires and the case lacks."""
    scores = {
        subject: None if text is None else tt27.parse_score(text, scheme.options)
        for subject, text in given.texts("tests_year_end").items()
    }
    named = {slug(subject) for subject in scores}
    lacking = {
        subject.name: None
        for subject in catalogue.subjects(given.integer("grade"))
        if Period.CN in subject.tests and not _is_named(subject, named)
    }
    return {**scores, **lacking}


def _is_named(subject: CatalogueSubject, names: set[str]) -> bool:
    """Whether the subject, or every strand of it, is among the names."""
    strands = {strand.code for strand in subject.strands}
    return not names.isdisjoint({subject.code, slug(subject.name)}) or (bool(strands) and strands <= names)


def _promotion(given: Input, scheme: Scheme) -> Output:
    decision = given.text("principal_decision")
    standing = tt27.promotion(
        given.integer("grade"),
        given.required_level(PrimaryResult, "result"),
        given.level(PrimaryResult, "after_support"),
        tt27.PrincipalDecision(decision) if decision else None,
    )
    results = {
        "status": standing.status.value,
        "completion": standing.completion.value if standing.completion else None,
    }
    return explained(results, standing.reasons)


def _award(given: Input, scheme: Scheme) -> Output:
    award = tt27.award(
        given.required_level(PrimaryResult, "result"),
        outstanding_or_progress=given.flag("outstanding_or_progress"),
        class_recognised=given.flag("class_recognised"),
        options=scheme.options,
    )
    return explained({"award": award.title.value if award.title else None}, award.reasons)


KINDS: dict[str, Evaluator] = {
    "tests_required": _tests_required,
    "test_score_valid": _test_score_valid,
    "year_result": _year_result,
    "promotion": _promotion,
    "award": _award,
}
