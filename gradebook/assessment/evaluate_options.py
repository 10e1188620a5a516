"""The school's choices as ``name=value``, applied to the scheme of a case."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from enum import Enum
from typing import Any

from gradebook.assessment.schemes import DEFAULTS, Options, Scheme, UnknownScheme

Choices = Mapping[str, Any]


def _values(default: Any) -> dict[str, Any]:
    if isinstance(default, Enum):
        return {member.value: member for member in type(default)}
    return {"true": True, "false": False}


POSSIBLE = {field.name: _values(getattr(DEFAULTS, field.name)) for field in fields(Options)}


def possible() -> str:
    """Every choice with its values, such as ``adjustment=replacement|removal``."""
    return ", ".join(f"{name}={'|'.join(values)}" for name, values in POSSIBLE.items())


def read(texts: Iterable[str]) -> dict[str, Any]:
    """The choices of ``name=value`` texts, the last one when a name is given twice; ValueError for others."""
    choices = {}
    for text in texts:
        name, _equals, value = (part.strip() for part in text.partition("="))
        if value not in POSSIBLE.get(name, {}):
            raise ValueError(f"{text!r} is not an option; possible are {possible()}")
        choices[name] = POSSIBLE[name][value]
    return choices


def applied(scheme: Scheme, choices: Choices) -> Scheme:
    """The scheme with the choices its circular leaves open; a choice of its own code stays."""
    for name, value in choices.items():
        if getattr(scheme.options, name) != getattr(DEFAULTS, name):
            continue
        try:
            scheme = Scheme(scheme.circular, replace(scheme.options, **{name: value}))
        except UnknownScheme:
            continue
    return scheme
