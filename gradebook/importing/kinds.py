"""How each kind of list is read and judged."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from gradebook.importing.assignments import plan_assignments, vocabulary
from gradebook.importing.classes import plan_classes
from gradebook.importing.files import chosen_columns, stored_file
from gradebook.importing.plans import Plan
from gradebook.importing.pupils import plan_pupils
from gradebook.importing.staff import plan_staff
from gradebook.models import Import, SchoolYear
from gradebook.spreadsheets.assignment_list import ASSIGNMENT_HEADINGS, read_assignments
from gradebook.spreadsheets.class_list import CLASS_HEADINGS, read_class_list
from gradebook.spreadsheets.headings import Headings
from gradebook.spreadsheets.pupil_columns import PUPIL_HEADINGS
from gradebook.spreadsheets.pupil_list import read_pupil_list
from gradebook.spreadsheets.reading import Chosen
from gradebook.spreadsheets.rows import Result
from gradebook.spreadsheets.staff_list import STAFF_HEADINGS, read_staff_list
from gradebook.years import latest_open_year

Reads = Callable[[bytes, Chosen | None], Result[Any]]
Plans = Callable[[Result[Any], Import, SchoolYear | None, User], Plan]


@dataclass(frozen=True, slots=True)
class ListKind:
    """`plan` decides every row against the records, without writing."""

    headings: Headings
    read: Reads
    plan: Plans


KINDS: dict[str, ListKind] = {
    Import.Kind.STAFF: ListKind(
        STAFF_HEADINGS, read_staff_list, lambda result, upload, year, by: plan_staff(result, by)
    ),
    Import.Kind.CLASSES: ListKind(
        CLASS_HEADINGS, read_class_list, lambda result, upload, year, by: plan_classes(result, year, by)
    ),
    Import.Kind.ASSIGNMENTS: ListKind(
        ASSIGNMENT_HEADINGS,
        lambda data, chosen: read_assignments(data, vocabulary(), chosen),
        lambda result, upload, year, by: plan_assignments(result, year, by, replaces=upload.replaces),
    ),
    Import.Kind.PUPILS: ListKind(
        PUPIL_HEADINGS,
        lambda data, chosen: read_pupil_list(data, chosen=chosen),
        lambda result, upload, year, by: plan_pupils(result, upload, year),
    ),
}


def read_list(upload: Import) -> Result[Any]:
    """Raises spreadsheets.problems.UnreadableTable when the columns are not understood."""
    return KINDS[upload.kind].read(stored_file(upload), chosen_columns(upload.columns))


def plan_of(upload: Import, by: User) -> Plan:
    """What confirming the list would do now. Raises as `read_list`."""
    return KINDS[upload.kind].plan(read_list(upload), upload, year_of(upload), by)


def year_of(upload: Import) -> SchoolYear | None:
    """The year of the class the list is for, or the one that is being set up."""
    return upload.school_class.year if upload.school_class else latest_open_year()
