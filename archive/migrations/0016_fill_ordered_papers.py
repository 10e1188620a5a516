"""Orders given before papers were listed: each made all of its papers itself."""

from typing import Any

from django.db import migrations


def fill(apps: Any, _schema_editor: Any) -> None:
    rendering = apps.get_model("archive", "Rendering")
    listed = apps.get_model("archive", "OrderedPaper")
    made = rendering.objects.exclude(order=None).order_by("pk").values_list("order", "edition")
    listed.objects.bulk_create(
        [listed(order_id=order, edition_id=edition) for order, edition in made], batch_size=500
    )


class Migration(migrations.Migration):
    dependencies = [("archive", "0015_ordered_papers")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
