"""Many cases in, one report out: a case that cannot be computed has its error and stops no other."""

from collections.abc import Iterable
from typing import Any

from gradebook.assessment.evaluate import evaluate
from gradebook.assessment.evaluate_options import Choices
from gradebook.assessment.evaluate_values import CannotEvaluate, shortened


def report(cases: Iterable[Any], choices: Choices) -> dict[str, Any]:
    """``{"results": […]}`` in the order of the cases."""
    first_seen: dict[str | int, int] = {}
    results = []
    for number, case in enumerate(cases, start=1):
        try:
            results.append({"id": _identifier(case, number, first_seen), **_answer(case, choices)})
        except CannotEvaluate as error:
            results.append({"id": _given_identifier(case), "error": f"Case number {number}: {error}."})
    return {"results": results}


def _answer(case: dict[str, Any], choices: Choices) -> dict[str, Any]:
    try:
        return evaluate(case, choices).as_data()
    except CannotEvaluate as error:
        return {"error": f"Case {case['id']}: {error}."}


def _identifier(case: Any, number: int, first_seen: dict[str | int, int]) -> str | int:
    if not isinstance(case, dict):
        raise CannotEvaluate(f"an object with id, scheme, kind and input is wanted, not {shortened(case)}")
    identifier = _given_identifier(case)
    if identifier is None:
        raise CannotEvaluate("it has no id, which is a text or a whole number")
    earlier = first_seen.setdefault(identifier, number)
    if earlier != number:
        raise CannotEvaluate(f"the id {shortened(identifier)} was already given to case number {earlier}")
    return identifier


def _given_identifier(case: Any) -> str | int | None:
    """The id as it stands in the case, None for what cannot be one."""
    identifier = case.get("id") if isinstance(case, dict) else None
    if isinstance(identifier, bool) or not isinstance(identifier, str | int) or identifier == "":
        return None
    return identifier
