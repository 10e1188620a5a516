"""The books as they stand today: the first midterm locked, the first final open, one order waiting.

Beside them the calendar of the rest of the year, of which the hours that are over today are left out.
"""

from collections.abc import Mapping
from datetime import date, datetime, time

from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import User
from gradebook.actions.windows import execute_lock_order, order_lock, propose_lock
from gradebook.models import LockOrder, Mark, MarkKind, Period, SchoolClass, Window

_Act = LockOrder.Act
NAMES = {
    "GK1": "giữa học kỳ I",
    "CK1": "cuối học kỳ I",
    "GK2": "giữa học kỳ II",
    "CN": "cuối năm học",
    "HE": "rèn luyện hè, kiểm tra lại",
}

CALENDAR = (
    ("CK1", _Act.LOCK, MarkKind.REGULAR, date(2026, 12, 19), 17),
    ("CK1", _Act.LOCK, MarkKind.TEST, date(2027, 1, 12), 17),
    ("CK1", _Act.LOCK, MarkKind.ASSESSMENT, date(2027, 1, 15), 17),
    ("GK2", _Act.OPEN, "", date(2027, 1, 18), 7),
    ("GK2", _Act.LOCK, "", date(2027, 4, 3), 17),
    ("CN", _Act.OPEN, "", date(2027, 4, 5), 7),
    ("CN", _Act.LOCK, "", date(2027, 5, 22), 17),
)
"""Period, what is done, kind of mark, day and hour; the term tests have a frame of their own."""


def open_period(period: Period, *, principal: User, administrator: User) -> None:
    _carry_out(period, _Act.OPEN, f"Kế hoạch nhập điểm: {NAMES[period.code]}", principal, administrator)


def lock_period(period: Period, *, principal: User, administrator: User) -> None:
    _carry_out(period, _Act.LOCK, f"Hết hạn nhập điểm: {NAMES[period.code]}", principal, administrator)


def open_midterm(period: Period, *, principal: User, administrator: User) -> None:
    _carry_out(period, _Act.OPEN, "Kế hoạch nhập điểm giữa học kỳ I", principal, administrator)


def turn_to_final(midterm: Period, final: Period, *, principal: User, administrator: User) -> None:
    _carry_out(midterm, _Act.LOCK, "Hết hạn nhập điểm giữa học kỳ I", principal, administrator)
    _carry_out(final, _Act.OPEN, "Kế hoạch nhập điểm cuối học kỳ I", principal, administrator)


def order_make_up_tests(midterm: Period, *, principal: User) -> None:
    """The order that the administrator finds waiting, for the class where most await a make-up test."""
    awaiting = Count("enrolments__marks", filter=Q(enrolments__marks__state=Mark.State.AWAITING))
    school_class = SchoolClass.objects.annotate(awaiting=awaiting).order_by("-awaiting", "grade", "name")[0]
    reason = f"Nhập điểm kiểm tra bù giữa học kỳ I lớp {school_class}"
    order_lock(period=midterm, act=_Act.OPEN, reason=reason, by=principal, school_class=school_class)


def plan_the_year(periods: Mapping[str, Period], *, principal: User, administrator: User) -> None:
    """Scheduled orders for what is still to come, and one proposal of the administrator."""
    now = timezone.now()
    for code, act, kind, day, hour in CALENDAR:
        at = datetime.combine(day, time(hour), timezone.get_current_timezone())
        # A school of some classes only may have no marks of a kind.
        books = Window.objects.filter(period=periods[code], **({"kind": kind} if kind else {}))
        if at > now and books.exists():
            reason = f"{'Mở' if act == _Act.OPEN else 'Khóa'} theo kế hoạch năm học: {NAMES[code]}"
            order_lock(period=periods[code], act=act, kind=kind, reason=reason, effective_at=at, by=principal)
    school_class = SchoolClass.objects.order_by("grade", "name")[0]
    propose_lock(
        period=periods["CK1"],
        act=_Act.LOCK,
        school_class=school_class,
        when_complete=True,
        reason=f"Lớp {school_class} nhập xong sớm: đề nghị khóa khi đã nhập đủ và xác nhận",
        by=administrator,
    )


def _carry_out(period: Period, act: str, reason: str, principal: User, administrator: User) -> None:
    order = order_lock(period=period, act=act, reason=reason, by=principal)
    execute_lock_order(order=order, by=administrator)
