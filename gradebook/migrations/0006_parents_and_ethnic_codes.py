"""Parents become rows of their own, and ethnic groups the codes of the national list."""

from typing import Any

from django.db import migrations
from django.utils import timezone

from gradebook.spreadsheets.ethnicities import CODES, ETHNICITIES, spelling_key

RELATIONS = {"father": "father_name", "mother": "mother_name"}
UNKNOWN = "99"


def parents_to_guardians(apps: Any, schema_editor: Any) -> None:
    Student, Guardian = apps.get_model("gradebook", "Student"), apps.get_model("gradebook", "Guardian")
    History = apps.get_model("gradebook", "HistoricalGuardian")
    rows = [
        Guardian(student_id=pk, relation=relation, full_name=name)
        for relation, field in RELATIONS.items()
        for pk, name in Student.objects.exclude(**{field: ""}).values_list("pk", field).order_by("pk")
    ]
    made = Guardian.objects.bulk_create(rows, batch_size=500)
    History.objects.bulk_create(
        [
            History(
                id=row.pk,
                student_id=row.student_id,
                relation=row.relation,
                full_name=row.full_name,
                history_date=timezone.now(),
                history_type="+",
                history_origin="migration 0006",
            )
            for row in made
        ],
        batch_size=500,
    )


def guardians_to_parents(apps: Any, schema_editor: Any) -> None:
    Student, Guardian = apps.get_model("gradebook", "Student"), apps.get_model("gradebook", "Guardian")
    for relation, field in RELATIONS.items():
        for pk, name in Guardian.objects.filter(relation=relation).values_list("student_id", "full_name"):
            Student.objects.filter(pk=pk).update(**{field: name})


def names_to_codes(apps: Any, schema_editor: Any) -> None:
    """The past is rewritten in the new spelling too: it says the same, and stays comparable with the present."""
    for model in ("Student", "HistoricalStudent"):
        rows = apps.get_model("gradebook", model).objects
        for name in set(rows.values_list("ethnicity", flat=True)) - set(ETHNICITIES):
            rows.filter(ethnicity=name).update(ethnicity=CODES.get(spelling_key(name), UNKNOWN))


def codes_to_names(apps: Any, schema_editor: Any) -> None:
    for model in ("Student", "HistoricalStudent"):
        rows = apps.get_model("gradebook", model).objects
        for code, spellings in ETHNICITIES.items():
            rows.filter(ethnicity=code).update(ethnicity=spellings[0])


class Migration(migrations.Migration):
    dependencies = [("gradebook", "0005_people_and_movements")]

    operations = [
        migrations.RunPython(parents_to_guardians, guardians_to_parents),
        migrations.RunPython(names_to_codes, codes_to_names),
    ]
