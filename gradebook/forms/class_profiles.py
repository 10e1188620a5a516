"""What the profiles of a class still lack: a row a pupil, a form of the missing fields in each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from gradebook.actions.profiles import ProfileChanged, ProfileRefused
from gradebook.completeness import DEMANDS, lacks_of
from gradebook.forms.profiles import ProfileForm
from gradebook.models import Enrolment


@dataclass(slots=True)
class Row:
    """One pupil: a cell for each demand, with its fields, or without any where the profile answers it."""

    enrolment: Enrolment
    form: ProfileForm
    conflicts: list[dict[str, Any]] = field(default_factory=list)

    def cells(self) -> list[tuple[Any, list[Any]]]:
        return [
            (demand.label, [self.form[key] for key in demand.keys if key in self.form.fields])
            for demand in DEMANDS.values()
        ]

    def explain(self, problem: ProfileRefused | ProfileChanged) -> None:
        if isinstance(problem, ProfileChanged):
            self.conflicts = self.form.show_changed(problem)
        else:
            self.form.explain(problem)


def missing_rows(enrolments: Iterable[Enrolment]) -> list[Row]:
    """Only pupils whose profile lacks something; `enrolments` come from `completeness.with_lacks`."""
    rows = []
    for enrolment in enrolments:
        if lacks := lacks_of(enrolment):
            keys = [key for name in lacks for key in DEMANDS[name].keys]
            rows.append(Row(enrolment, ProfileForm(prefix=str(enrolment.pk), keys=keys)))
    return rows


def posted_rows(enrolments: Iterable[Enrolment], data: QueryDict) -> dict[int, Row]:
    """The pupils for whom something was typed, whatever their profiles lack by now."""
    rows = {}
    for enrolment in enrolments:
        prefix = str(enrolment.pk)
        keys = [key for demand in DEMANDS.values() for key in demand.keys if f"{prefix}-{key}" in data]
        row = Row(enrolment, ProfileForm(data, prefix=prefix, keys=keys))
        if row.form.changed_data:
            rows[enrolment.pk] = row
    return rows


def typed_in(rows: Mapping[int, Row]) -> dict[int, dict[str, str]]:
    """What `fill_profiles` takes, of the rows that are well-formed."""
    return {pk: row.form.changes for pk, row in rows.items() if row.form.is_valid()}
