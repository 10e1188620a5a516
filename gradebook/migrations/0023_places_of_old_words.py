"""The orders that were given get their place among the principal's words, in the order in which they counted so far.

Running it twice changes nothing.
"""

from typing import Any

from django.db import migrations
from django.db.models import Max
from django.utils import timezone

BATCH = 500


def place(apps: Any, schema_editor: Any) -> None:
    order = apps.get_model("gradebook", "LockOrder")
    last = order.objects.aggregate(last=Max("sequence"))["last"] or 0
    given = order.objects.filter(ordered_at__isnull=False, sequence=None)
    rows = list(given.order_by("ordered_at", "number"))
    for sequence, row in enumerate(rows, start=last + 1):
        row.sequence = sequence
    order.objects.bulk_update(rows, ["sequence"], batch_size=BATCH)
    _remember(apps, rows)


def _remember(apps: Any, rows: list[Any]) -> None:
    """The history of rows that nobody but the upgrade wrote."""
    history = apps.get_model("gradebook", "HistoricalLockOrder")
    history.objects.bulk_create(
        [
            history(
                **{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields},
                history_date=timezone.now(),
                history_type="~",
                history_origin="upgrade",
            )
            for row in rows
        ],
        batch_size=BATCH,
    )


class Migration(migrations.Migration):
    dependencies = [("gradebook", "0022_order_of_words")]

    operations = [migrations.RunPython(place, migrations.RunPython.noop)]
