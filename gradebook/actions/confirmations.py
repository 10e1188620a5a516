"""A teacher's word that columns agree with the own book (S1-69, S3-31), and how it falls when a value changes."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.prepared import Given, Prepared
from accounts.recorded import create_many, update_many
from accounts.writing import recorded_write
from gradebook import policies
from gradebook.models import Column, Confirmation, Course, Mark, SchoolClass
from gradebook.years import check_open, hold_windows


class NotConfirmed(ValueError):
    """Nothing was confirmed. Codes: nothing-chosen, empty (no value yet), stale (somebody changed a value since)."""

    def __init__(self, code: str, column: Column | None = None) -> None:
        super().__init__(code)
        self.code, self.column = code, column


@recorded_write
def confirm_columns(*, course: Course, columns: Iterable[int], seen: int, by: User) -> list[Confirmation]:
    """Confirm columns as the page showed them; those confirmed already stay as they are.

    `seen` is `Sheet.seen` of the page: what others changed since was not compared. One's
    own later saves are no surprise to oneself. Under the lock of the course's windows, which saving takes too.
    Raises NotConfirmed, PermissionDenied for a column of somebody else, YearClosed.
    """
    hold_windows(course=course)
    check_open(course.school_class.year_id)
    chosen = _chosen(course, set(columns), by)
    standing = set(
        Confirmation.objects.standing().filter(column__in=chosen).values_list("column_id", flat=True)
    )
    fresh = [column for column in chosen if column.pk not in standing]
    _check_values(fresh, seen, by)
    now = timezone.now()
    rows = [Confirmation(column=column, confirmed_by=by, confirmed_at=now) for column in fresh]
    confirmed = create_many(Confirmation, rows, by=by)
    if confirmed:
        audit.record(
            by=by,
            verb="gradebook.columns.confirmed",
            target=course,
            columns=[f"{column.label}, {column.period.code}" for column in fresh],
        )
    return confirmed


def _chosen(course: Course, wanted: set[int], by: User) -> list[Column]:
    columns = list(course.columns.select_related("period"))
    owned = {column.pk for column in policies.owned_columns(by, course, columns)}
    if not wanted <= owned:
        raise PermissionDenied
    if not wanted:
        raise NotConfirmed("nothing-chosen")
    return [column for column in columns if column.pk in wanted]


def _check_values(columns: Sequence[Column], seen: int, by: User) -> None:
    changed = Mark.history.filter(column__in=columns, history_id__gt=seen).exclude(history_user=by)
    stale = set(changed.values_list("column_id", flat=True))
    given = Mark.objects.filter(column__in=columns).exclude(state=Mark.State.EMPTY)
    filled = set(given.values_list("column_id", flat=True))
    for column in columns:
        if column.pk in stale:
            raise NotConfirmed("stale", column)
        if column.pk not in filled:
            raise NotConfirmed("empty", column)


def let_fall(
    school_class: SchoolClass, columns: set[int], *, by: User, at: datetime, origin: str
) -> list[int]:
    """The confirmations of columns in which a value has changed; in the transaction of the change. Returns the columns.

    `columns` are of this class. One statement where none stands.
    """
    confirmed = columns.intersection(_CONFIRMED.ask(school_class=school_class.pk))
    if not confirmed:
        return []
    fallen = list(Confirmation.objects.standing().filter(column__in=confirmed))
    for row in fallen:
        row.fallen_by, row.fallen_at = by, at
    update_many(Confirmation, fallen, fields=["fallen_by", "fallen_at"], by=by, origin=origin)
    return [row.column_id for row in fallen]


_CONFIRMED = Prepared[int](
    lambda: (
        Confirmation.objects.standing()
        .filter(column__course__school_class=Given("school_class"))
        .values_list("column_id", flat=True)
    )
)
