"""A window of a whole period becomes one for each kind of mark that its course has there, in the same state.

Running it twice changes nothing.
"""

from collections import defaultdict
from typing import Any

from django.db import migrations
from django.utils import timezone

BATCH = 500
TESTS = ("midterm", "final", "periodic", "score", "retest")


def divide(apps: Any, schema_editor: Any) -> None:
    window = apps.get_model("gradebook", "Window")
    kinds = _kinds(apps.get_model("gradebook", "Column"))
    fresh: list[Any] = []
    undivided = list(window.objects.filter(kind="").order_by("pk"))
    for row in undivided:
        row.kind, *others = kinds.get((row.course_id, row.period_id), ["assessment"])
        fresh.extend(
            window(
                course_id=row.course_id,
                period_id=row.period_id,
                kind=kind,
                is_open=row.is_open,
                order_id=row.order_id,
            )
            for kind in others
        )
    window.objects.bulk_update(undivided, ["kind"], batch_size=BATCH)
    _remember(apps, undivided, "~")
    _remember(apps, window.objects.bulk_create(fresh, batch_size=BATCH), "+")


def _kinds(column: Any) -> dict[tuple[int, int], list[str]]:
    found: dict[tuple[int, int], dict[str, None]] = defaultdict(dict)
    places = column.objects.order_by("course", "order").values_list("course_id", "period_id", "kind")
    for course, period, kind in places:
        found[course, period][_kind(kind)] = None
    return {place: list(kinds) for place, kinds in found.items()}


def _kind(column: str) -> str:
    if column == "regular":
        return "regular"
    return "test" if column in TESTS else "assessment"


def _remember(apps: Any, rows: list[Any], how: str) -> None:
    """The history of rows that nobody but the upgrade wrote."""
    history = apps.get_model("gradebook", "HistoricalWindow")
    history.objects.bulk_create(
        [
            history(
                **{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields},
                history_date=timezone.now(),
                history_type=how,
                history_origin="upgrade",
            )
            for row in rows
        ],
        batch_size=BATCH,
    )


class Migration(migrations.Migration):
    dependencies = [("gradebook", "0016_windows_by_kind")]

    operations = [migrations.RunPython(divide, migrations.RunPython.noop)]
