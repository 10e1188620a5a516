"""The versioned rule sets. A class and year store a code; a code, once used, never changes meaning."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, NamedTuple


class UnknownScheme(ValueError):
    """No rule set has this code, or none exists for this grade and year."""


class Circular(Enum):
    """The circulars and their dated versions."""

    TT27_2020 = "TT27-2020"
    TT22_2021 = "TT22-2021"
    TT58_2011 = "TT58-2011"
    TT58_2020 = "TT58-2020"  # as amended by TT 26/2020, from school year 2020-2021


class AdjustmentReading(Enum):
    """How to test that one subject alone lowered the level (TT 22/2021 Điều 9 khoản 3)."""

    REPLACEMENT = "replacement"  # the level the pupil would have with the best result in that subject
    REMOVAL = "removal"  # the level of the other subjects


@dataclass(frozen=True, slots=True)
class Options:
    """Where the circulars leave room, the school's choices. The defaults are the literal or safer reading."""

    adjustment: AdjustmentReading = AdjustmentReading.REPLACEMENT
    comment_subjects_adjust: bool = True
    thematic_mark_is_additional: bool = True
    retest_after_both_failed: bool = False
    zero_in_primary: bool = False
    year_end_titles: bool = True


DEFAULTS = Options()


class _Choice(NamedTuple):
    field: str
    value: Any
    circulars: frozenset[Circular]


_TT27 = frozenset({Circular.TT27_2020})
_TT22 = frozenset({Circular.TT22_2021})
_TT58 = frozenset({Circular.TT58_2011, Circular.TT58_2020})

_CHOICES = {
    "no-titles": _Choice("year_end_titles", False, _TT22 | _TT27 | _TT58),
    "removal": _Choice("adjustment", AdjustmentReading.REMOVAL, _TT22),
    "retest-after-both": _Choice("retest_after_both_failed", True, _TT22),
    "scored-only": _Choice("comment_subjects_adjust", False, _TT22 | _TT58),
    "thematic-included": _Choice("thematic_mark_is_additional", False, _TT22),
    "zero": _Choice("zero_in_primary", True, _TT27),
}


@dataclass(frozen=True, slots=True)
class Scheme:
    """A circular with the school's choices; UnknownScheme for a choice that circular does not leave open."""

    circular: Circular
    options: Options = DEFAULTS

    def __post_init__(self) -> None:
        for word in self._chosen():
            if self.circular not in _CHOICES[word].circulars:
                raise UnknownScheme(f"{self.circular.value} does not leave {word!r} open")

    @property
    def code(self) -> str:
        """The stable code, such as ``TT22-2021`` or ``TT22-2021+removal``; ``parse`` reads it back."""
        return "+".join([self.circular.value, *self._chosen()])

    def _chosen(self) -> list[str]:
        return [
            word for word, choice in _CHOICES.items() if getattr(self.options, choice.field) == choice.value
        ]


def parse(code: str) -> Scheme:
    """The scheme with this code; UnknownScheme when there is none."""
    name, *words = code.split("+")
    options = DEFAULTS
    for word in words:
        if word not in _CHOICES:
            raise UnknownScheme(f"{code!r}: no choice is called {word!r}")
        options = replace(options, **{_CHOICES[word].field: _CHOICES[word].value})
    try:
        return Scheme(Circular(name), options)
    except ValueError as error:
        raise UnknownScheme(f"{code!r} is not a scheme") from error


def with_choices(circular: Circular, words: Iterable[str]) -> Scheme:
    """The scheme with a school's choices, as far as the circular leaves them open.

    Raises UnknownScheme for a word that is no choice.
    """
    return parse("+".join([circular.value, *(word for word in words if circular in circulars_open_to(word))]))


def circulars_open_to(word: str) -> frozenset[Circular]:
    """The circulars that leave this choice open; UnknownScheme for a word that is no choice."""
    if word not in _CHOICES:
        raise UnknownScheme(f"no choice is called {word!r}")
    return _CHOICES[word].circulars


# The first school year (its first calendar year) of the present circulars in each grade.
_FIRST_YEAR = {1: 2020, 2: 2021, 3: 2022, 4: 2023, 5: 2024} | {
    6: 2021, 7: 2022, 8: 2023, 9: 2024, 10: 2022, 11: 2023, 12: 2024
}  # fmt: skip


def in_force(grade: int, first_year: int) -> Circular:
    """The circular for a grade in the school year that begins in ``first_year``, by the ministry's roadmap.

    TT 27/2020 and TT 22/2021 Điều 21. Raises UnknownScheme for grades outside 1-12 and for primary years
    under TT 22/2016, whose rules are not kept here.
    """
    if grade not in _FIRST_YEAR:
        raise UnknownScheme(f"there is no grade {grade}")
    if first_year >= _FIRST_YEAR[grade]:
        return Circular.TT27_2020 if grade <= 5 else Circular.TT22_2021
    if grade <= 5:
        raise UnknownScheme(f"grade {grade} in {first_year} was not yet under TT 27/2020")
    return Circular.TT58_2020 if first_year >= 2020 else Circular.TT58_2011
