"""One case in, its results and reasons out, in plain text and numbers."""

from collections.abc import Mapping
from typing import Any

from gradebook.assessment import evaluate_options, evaluate_tt22, evaluate_tt27, evaluate_tt58
from gradebook.assessment.evaluate_input import Input
from gradebook.assessment.evaluate_options import Choices
from gradebook.assessment.evaluate_output import Evaluation, Evaluator
from gradebook.assessment.evaluate_values import CannotEvaluate, composed, shortened
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
KINDS_BY_NAME = {name: tuple(_KINDS[circular]) for name, circular in _SHORT_NAMES.items()}


def evaluate(case: Mapping[str, Any], choices: Choices | None = None) -> Evaluation:
    """The results of a case ``{"scheme", "kind", "input"}``, with the reasons.

    ``scheme`` is a scheme's code (choices included) or a circular's short name; numbers are strings. What
    cannot be computed yet is None, with ``missing``. ``choices`` are those of ``evaluate_options``. Raises
    CannotEvaluate, a ValueError, for an input that no rule can read.
    """
    try:
        whole = Input(composed(case))
        scheme = evaluate_options.applied(whole.needed("scheme", _scheme), choices or {})
        kind = whole.needed("kind", lambda name: _kind(scheme, name))
        return kind(whole.part("input"), scheme)
    except (ValueError, RecursionError) as error:
        raise CannotEvaluate(str(error)) from error


def _scheme(value: object) -> Scheme:
    short, plus, choices = str(value).partition("+")
    circular = _SHORT_NAMES.get(short)
    try:
        return parse(circular.value + plus + choices if circular else str(value))
    except ValueError as error:
        known = ", ".join([*_SHORT_NAMES, *(circular.value for circular in Circular)])
        raise CannotEvaluate(f"{shortened(value)} is not a scheme ({error}); known are {known}") from error


def _kind(scheme: Scheme, name: object) -> Evaluator:
    kinds = _KINDS[scheme.circular]
    if not isinstance(name, str) or name not in kinds:
        known = ", ".join(kinds)
        raise CannotEvaluate(f"{scheme.circular.value} has no kind {shortened(name)}; it has {known}")
    return kinds[name]
