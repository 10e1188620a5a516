"""The homeroom sheet of one pupil: cells in, conduct, absences and traits out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gradebook.assessment.scales import ConductLevel, FormerConductLevel, PrimaryResult, Scale, TraitLevel
from gradebook.entries import Entry
from gradebook.layout import SUMMER
from gradebook.models import Column
from gradebook.results.record import Absences, Homeroom

_K = Column.Kind
_YEAR_END = "CN"


@dataclass(frozen=True, slots=True)
class HomeroomColumns:
    """Column ids by semester, kind and trait."""

    conduct: Mapping[int, int]
    excused: Mapping[int, int]
    unexcused: Mapping[int, int]
    year_conduct: int | None
    traits: Mapping[str, int]
    summer_conduct: int | None
    support: int | None

    @classmethod
    def of(cls, columns: Iterable[Column]) -> "HomeroomColumns":
        """`columns` need their period and semester."""
        columns = list(columns)
        in_summer = {column.kind: column.pk for column in columns if column.period.code == SUMMER}
        in_year = [column for column in columns if column.period.code != SUMMER]
        conduct, excused, unexcused = (
            {column.period.semester.number: column.pk for column in in_year if column.kind == kind}
            for kind in (_K.CONDUCT, _K.EXCUSED, _K.UNEXCUSED)
        )
        return cls(
            conduct,
            excused,
            unexcused,
            next((column.pk for column in in_year if column.kind == _K.YEAR_CONDUCT), None),
            {
                column.trait: column.pk
                for column in in_year
                if column.trait and column.period.code == _YEAR_END
            },
            in_summer.get(_K.CONDUCT),
            in_summer.get(_K.SUPPORT),
        )


def homeroom(columns: HomeroomColumns, cells: Mapping[int, Entry]) -> Homeroom:
    """What the homeroom teacher recorded of a pupil, as the rules take it."""
    scale = FormerConductLevel if columns.year_conduct else ConductLevel

    def conduct(column: int | None) -> Scale | None:
        return _level(scale, cells, column)

    return Homeroom(
        (conduct(columns.conduct.get(1)), conduct(columns.conduct.get(2)), conduct(columns.year_conduct)),
        (_absences(columns, 1, cells), _absences(columns, 2, cells)),
        {code: _trait(cells, column) for code, column in columns.traits.items()},
        conduct(columns.summer_conduct),
        _support(cells, columns.support),
    )


def _absences(columns: HomeroomColumns, semester: int, cells: Mapping[int, Entry]) -> Absences | None:
    """Unknown while neither number is entered; where only one is, the other is none."""
    counts = [
        entry.count if (entry := cells.get(kind.get(semester, 0))) else None
        for kind in (columns.excused, columns.unexcused)
    ]
    return None if counts == [None, None] else Absences(*(count or 0 for count in counts))


def _level(scale: type[Scale], cells: Mapping[int, Entry], column: int | None) -> Scale | None:
    entry = cells.get(column) if column else None
    return scale.parse(entry.level) if entry and entry.level else None


def _trait(cells: Mapping[int, Entry], column: int) -> TraitLevel | None:
    entry = cells.get(column)
    return TraitLevel.parse(entry.level) if entry and entry.level else None


def _support(cells: Mapping[int, Entry], column: int | None) -> PrimaryResult | None:
    entry = cells.get(column) if column else None
    return PrimaryResult.parse(entry.level) if entry and entry.level else None
