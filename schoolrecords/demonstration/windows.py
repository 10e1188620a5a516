"""The books as they stand today: the first midterm locked, the first final open, one order waiting."""

from django.db.models import Count, Q

from accounts.models import User
from gradebook.actions.windows import execute_lock_order, order_lock
from gradebook.models import LockOrder, Mark, Period, SchoolClass

_Act = LockOrder.Act
NAMES = {
    "GK1": "giữa học kỳ I",
    "CK1": "cuối học kỳ I",
    "GK2": "giữa học kỳ II",
    "CN": "cuối năm học",
    "HE": "rèn luyện hè, kiểm tra lại",
}


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


def _carry_out(period: Period, act: str, reason: str, principal: User, administrator: User) -> None:
    order = order_lock(period=period, act=act, reason=reason, by=principal)
    execute_lock_order(order=order, by=administrator)
