"""The classes of the next year, as they follow from those of this one: names, and the subjects taken along."""

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Max, Q

from gradebook import layout
from gradebook.assessment import choices
from gradebook.assessment.catalogue import subjects
from gradebook.models import Column, Course, SchoolClass

_LAST_OF_LEVEL = (5, 9, 12)


def completes_level(grade: int) -> bool:
    return grade in _LAST_OF_LEVEL


def name_after(name: str, grade: int) -> str:
    """6A → 7A, 10A1 → 11A1, Lớp 5/2 → Lớp 6/2; a name without its grade stays as it is."""
    return re.sub(rf"(?<!\d){grade}(?!\d)", str(grade + 1), name, count=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """The subjects that a class takes by choice, and those with thematic studies: codes."""

    chosen: frozenset[str] = frozenset()
    thematic: frozenset[str] = frozenset()

    def at(self, grade: int) -> "Taken | None":
        """What of it a class of that grade takes; None when its choices have to be made anew."""
        offered = {subject.code for subject in subjects(grade) if subject.chosen}
        kept = Taken(self.chosen & offered, self.thematic)
        for found in (kept, Taken(kept.chosen)):
            if _is_allowed(grade, found.chosen, found.thematic):
                return found
        return None


def _is_allowed(grade: int, chosen: Collection[str], thematic: Collection[str]) -> bool:
    try:
        choices.taken(grade, chosen, thematic)
    except choices.WrongChoice:
        return False
    return True


def taken_by(classes: Collection[SchoolClass]) -> dict[int, Taken]:
    """What each class takes this year. One query."""
    regular = Q(columns__kind=Column.Kind.REGULAR)
    courses = (
        Course.objects.of_subjects()
        .filter(school_class__in=classes)
        .annotate(regular=Max("columns__ordinal", filter=regular))
        .values_list("school_class", "subject__code", "kind", "lessons_per_year", "regular")
    )
    chosen: dict[int, set[str]] = defaultdict(set)
    thematic: dict[int, set[str]] = defaultdict(set)
    for class_id, code, kind, lessons, count in courses:
        chosen[class_id].add(code)
        # The thematic studies show as one regular mark more than the lessons ask for.
        if count and kind == Course.Kind.SCORED and count > layout.regular_count(kind, lessons):
            thematic[class_id].add(code)
    return {each.pk: Taken(frozenset(chosen[each.pk]), frozenset(thematic[each.pk])) for each in classes}
