"""What people choose when a year is turned: which class follows which, who goes elsewhere, who goes on here."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from django.db import models
from django.utils.translation import gettext_lazy as _

from gradebook.models import Movement, SchoolClass
from gradebook.next_classes import completes_level, name_after

LEAVES = "-"
"""Typed instead of a class for a pupil who completed the level and does not go on here."""
NAME_MAX = 10
_NONE: Mapping[int, str] = MappingProxyType({})


class Fate(models.TextChoices):
    UP = "up", _("goes up")
    GOES_ON = "goes_on", _("completed the level, goes on here")
    COMPLETED = "completed", _("completed the level, leaves the school")
    STAYS = "stays", _("stays in the grade")
    WAITING = "waiting", _("waits for a decision")
    LEFT = "left", _("left during the year")
    CARRIED = "carried", _("carried before")

    @property
    def kind(self) -> Movement.Kind:
        """The movement that it is written as."""
        return {"up": Movement.Kind.PROMOTED, "stays": Movement.Kind.RETAINED}.get(
            self.value, Movement.Kind.GRADUATED
        )

    @property
    def needs_class(self) -> bool:
        return self in (Fate.UP, Fate.GOES_ON, Fate.STAYS)

    @property
    def is_carried_now(self) -> bool:
        return self.needs_class or self == Fate.COMPLETED


@dataclass(frozen=True, slots=True)
class Choices:
    """`up` and `stay` name the next class by old class, `pupils` by enrolment; `goes_on` are last grades of a level."""

    up: Mapping[int, str] = field(default_factory=lambda: _NONE)
    stay: Mapping[int, str] = field(default_factory=lambda: _NONE)
    pupils: Mapping[int, str] = field(default_factory=lambda: _NONE)
    goes_on: frozenset[int] = frozenset()
    leave_waiting: bool = False
    keep_homeroom: bool = False

    @property
    def digest(self) -> str:
        text = json.dumps(
            [
                sorted(self.up.items()),
                sorted(self.stay.items()),
                sorted(self.pupils.items()),
                sorted(self.goes_on),
                self.keep_homeroom,
            ],
            ensure_ascii=False,
        )
        return hashlib.sha256(text.encode()).hexdigest()


def offered_levels(classes: Iterable[SchoolClass]) -> list[int]:
    """The last grades of a level whose next grade this school has too."""
    grades = {each.grade for each in classes}
    return [grade for grade in sorted(grades) if completes_level(grade) and grade + 1 in grades]


def proposed(classes: Iterable[SchoolClass]) -> Choices:
    """Names follow the grade. Grade 6 takes the own pupils; into grade 10 they come by admission."""
    classes = list(classes)
    return Choices(
        up={each.pk: name_after(each.name, each.grade) for each in classes if each.grade < 12},
        stay={each.pk: each.name for each in classes},
        goes_on=frozenset(grade for grade in offered_levels(classes) if grade == 5),
    )
