"""Beside a sheet: what its letters mean, and what the roll calls say of the absences on a homeroom sheet."""

from collections.abc import Iterator
from dataclasses import dataclass

from gradebook.assessment.scales import Scale
from gradebook.attendance_totals import Difference, compare
from gradebook.grid_facts import sheet_rules
from gradebook.models import Column, Course
from gradebook.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Letters:
    """What is typed into the columns of one kind; `levels` from the best down."""

    label: str
    levels: tuple[Scale, ...]


def letters(sheet: Sheet) -> list[Letters]:
    """The letters of every scale on the sheet, in the order of its columns; none where only numbers are typed."""
    return list(_letters(sheet))


def _letters(sheet: Sheet) -> Iterator[Letters]:
    rules = sheet_rules(sheet)
    seen: set[type[Scale]] = set()
    for column in sheet.columns:
        scale = rules[column.pk].scale if column.pk in rules else None
        if scale and scale not in seen:
            seen.add(scale)
            # Where every column takes the same letters their kinds, regular or final, name nothing.
            label = "" if sheet.course.kind == Course.Kind.COMMENT else str(Column.Kind(column.kind).label)
            yield Letters(label, tuple(scale)[::-1])


@dataclass(frozen=True, slots=True)
class BesideRoll:
    """Cells of absences that do not say what the roll says, and whether the reader may take the roll's totals now."""

    empty: list[Difference]
    contradictions: list[Difference]
    may_take: bool

    @property
    def count(self) -> int:
        return len(self.empty) + len(self.contradictions)

    @property
    def cells(self) -> list[Difference]:
        return self.empty + self.contradictions


def beside_roll(sheet: Sheet) -> BesideRoll | None:
    """None where the sheet has no absences or the roll was not called in the semester."""
    if sheet.course.kind != Course.Kind.HOMEROOM:
        return None
    comparison = compare(sheet.course.school_class, sheet.semester)
    if not comparison.is_called:
        return None
    counted = [column for column in sheet.columns if column.kind in Column.COUNTED]
    return BesideRoll(
        [each for each in comparison.differences if not each.contradicts],
        [each for each in comparison.differences if each.contradicts],
        may_take=any(column.is_owned and column.is_open for column in counted),
    )
