"""Classes x periods: which books are open."""

from dataclasses import dataclass

from django.db.models import Count, Q

from gradebook.models import Period, SchoolClass, SchoolYear, Window


@dataclass(frozen=True, slots=True)
class Board:
    periods: list[Period]
    rows: list[tuple[SchoolClass, list[str]]]
    """Each class with the state of each period: open, locked, or partly."""


def read_board(year: SchoolYear | None) -> Board:
    periods = list(Period.objects.filter(semester__year=year).order_by("order"))
    counts = (
        Window.objects.filter(period__in=periods)
        .values("course__school_class", "period")
        .annotate(all=Count("pk"), open=Count("pk", filter=Q(is_open=True)))
    )
    states = {(row["course__school_class"], row["period"]): _state(row["open"], row["all"]) for row in counts}
    return Board(
        periods,
        [
            (school_class, [states.get((school_class.pk, period.pk), "locked") for period in periods])
            for school_class in SchoolClass.objects.filter(year=year)
        ],
    )


def _state(opened: int, total: int) -> str:
    if opened == 0:
        return "locked"
    return "open" if opened == total else "partly"
