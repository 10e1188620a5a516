"""Lists and files that leave the portal with personal data: given to who may see it, and noted (S4-35)."""

from collections.abc import Sequence

from accounts import audit
from accounts.models import User
from accounts.writing import recorded_write
from gradebook.actions.movement_desk import check_may
from gradebook.models import Enrolment, Movement, SchoolYear
from gradebook.movement_report import ClassCount
from gradebook.movement_sheet import movement_workbook
from gradebook.transfer_file import transfer_archive


@recorded_write
def export_movements(
    *, year: SchoolYear | None, rows: Sequence[Movement], counts: Sequence[ClassCount], by: User
) -> bytes:
    """The report as a workbook. `rows` and `counts` are those that this person was shown."""
    audit.record(by=by, verb="gradebook.movements.exported", target=year, rows=len(rows))
    return movement_workbook(year, rows, counts)


@recorded_write
def extract_transfer_file(*, enrolment: Enrolment, by: User) -> bytes:
    """What the records say of a pupil, for the hand-over to another school. Raises UnknownScheme."""
    check_may(by)
    audit.record(by=by, verb="gradebook.transfer_file.extracted", target=enrolment)
    return transfer_archive(enrolment)
