"""The last day for a correction, counted from a test or a print (S1 Đ11.2, Đ11.3) or from the lock (S0 C.I.1.a).

Where the school has ruled nothing, or the day that counts is not known yet, there is none.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max
from django.utils import timezone

from corrections.models import CorrectionRequest
from gradebook.last_locks import locked_since
from gradebook.layout import PERIODS_OF, SUMMER
from gradebook.models import CheckPrint, Column, Course, MarkKind, Period, Policy

_K = Column.Kind
BEFORE_TEST = frozenset({_K.REGULAR, _K.MIDTERM, _K.PERIODIC})
"""Marks of the time before the final test. In primary school it is the score of the period in the middle (TT 27/2020,
article 7), and the score of the last period is that of the final test. A comment and a level have no test to count
from: theirs is the day of the lock."""

FINAL_PERIODS = frozenset(codes[-1] for codes in PERIODS_OF.values())


@dataclass(frozen=True, slots=True)
class LastDay:
    """`day` is empty when there is none.

    Codes: before-test, after-print, after-lock, not-ruled, test-unknown, not-printed.
    """

    code: str
    day: date | None = None

    @property
    def is_over(self) -> bool:
        return self.day is not None and self.day < timezone.localdate()


NOT_RULED = LastDay("not-ruled")


def last_day(policy: Policy | None, course: Course | None, columns: Iterable[Column]) -> LastDay:
    """For a request about all of these columns: the first of their last days, or why there is none."""
    if policy is None or course is None:
        return NOT_RULED
    columns = list(columns)
    found = [*_last_days(policy, course, columns), *_after_lock(policy, course, columns)]
    dated = [last for last in found if last.day is not None]
    open_ended = [last for last in found if last != NOT_RULED]
    return min(dated, key=lambda last: last.day or date.max, default=next(iter(open_ended), NOT_RULED))


def is_late(correction: CorrectionRequest) -> bool:
    """Whether it was handed in after its last day.

    Numbers are taken one after the other, so a request cannot be older than one with a smaller number: a clock that
    was set back in between does not help.
    """
    if correction.due_on is None:
        return False
    rows = CorrectionRequest.objects.filter(year=correction.year_id, number__lte=correction.number)
    latest = rows.aggregate(latest=Max("requested_at"))["latest"]
    return timezone.localdate(latest) > correction.due_on


def _last_days(policy: Policy, course: Course, columns: Iterable[Column]) -> Iterator[LastDay]:
    finals = {period.semester_id: period for period in _finals(course)}
    of_each = {(column.kind, column.period.semester_id, column.period.code) for column in columns}
    for kind, semester, code in sorted(of_each):
        if code == SUMMER:
            yield NOT_RULED
        elif kind in BEFORE_TEST or (kind == _K.SCORE and code not in FINAL_PERIODS):
            yield _before_test(policy.correction_days_before_exam, finals[semester])
        elif kind in (_K.FINAL, _K.SCORE):
            yield _after_print(policy.correction_days_after_print, course, finals[semester])


def _after_lock(policy: Policy, course: Course, columns: Iterable[Column]) -> Iterator[LastDay]:
    """For every column, of any level of school; a book that was never open has no lock to count from."""
    days = policy.correction_days_after_lock
    if days is None:
        return
    since = locked_since(course)
    for part in {(column.period_id, str(MarkKind.of(column.kind))) for column in columns}:
        if hour := since.get(part):
            yield LastDay("after-lock", timezone.localdate(hour) + timedelta(days=days))


def _finals(course: Course) -> Iterable[Period]:
    """The periods in which the semesters have their final tests."""
    found: Iterable[Period] = Period.objects.filter(
        semester__year=course.school_class.year_id, code__in=FINAL_PERIODS
    )
    return found


def _before_test(days: int | None, final: Period) -> LastDay:
    if days is None:
        return NOT_RULED
    if final.tests_from is None:
        return LastDay("test-unknown")
    return LastDay("before-test", final.tests_from - timedelta(days=days))


def _after_print(days: int | None, course: Course, final: Period) -> LastDay:
    """From the first print that can hold the final test: a sheet printed before the tests is about the other marks."""
    if days is None:
        return NOT_RULED
    printed = CheckPrint.objects.filter(course=course, period=final)
    if final.tests_from is not None:
        printed = printed.filter(printed_at__date__gte=final.tests_from)
    first = printed.first()
    if first is None:
        return LastDay("not-printed")
    return LastDay("after-print", timezone.localdate(first.printed_at) + timedelta(days=days))
