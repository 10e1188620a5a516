"""One case in, its results and reasons out, in plain text and numbers."""

from collections.abc import Mapping
from typing import Any

from gradebook.assessment import evaluate_tt22, evaluate_tt27, evaluate_tt58
from gradebook.assessment.evaluate_input import Input
from gradebook.assessment.evaluate_output import Output
from gradebook.assessment.evaluate_values import CannotEvaluate, composed
from gradebook.assessment.schemes import Circular, Scheme, parse

# The circulars' short names mean their present version.
_SHORT_NAMES = {
    "TT27": Circular.TT27_2020,
    "TT22": Circular.TT22_2021,
    "TT58": Circular.TT58_2020,
}
_KINDS = {
    Circular.TT27_2020: evaluate_tt27.KINDS,
    Circular.TT22_2021: evaluate_tt22.KINDS,
    Circular.TT58_2011: evaluate_tt58.KINDS,
    Circular.TT58_2020: evaluate_tt58.KINDS,
}


def evaluate(case: Mapping[str, Any]) -> Output:
    """The results of a case ``{"id", "scheme", "kind", "input"}``, with ``reasons``.

    ``scheme`` is a scheme's code (choices included) or a circular's short name; numbers are strings. What
    cannot be computed yet is None, with ``missing``. Raises CannotEvaluate, a ValueError, for an input
    that no rule can read.
    """
    name = case.get("id", "?")
    try:
        scheme = _scheme(case)
        kinds = _KINDS[scheme.circular]
        if case["kind"] not in kinds:
            raise CannotEvaluate(f"{scheme.code} has no kind {case['kind']!r}")
        return kinds[case["kind"]](Input(composed(case["input"])), scheme)
    except KeyError as error:
        raise CannotEvaluate(f"case {name}: {error.args[0]!r} is missing") from error
    except (ValueError, TypeError, AttributeError, ArithmeticError) as error:
        raise CannotEvaluate(f"case {name}: {error}") from error


def _scheme(case: Mapping[str, Any]) -> Scheme:
    short, plus, choices = str(case["scheme"]).partition("+")
    if short in _SHORT_NAMES:
        return parse(_SHORT_NAMES[short].value + plus + choices)
    return parse(case["scheme"])
