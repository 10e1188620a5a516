"""Departments with their heads, who checks what, a delegation and a substitution."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.utils import timezone

from accounts.actions.delegations import delegate_power
from accounts.actions.units import add_member, appoint_head, found_department
from accounts.models import User
from accounts.roles import Permission
from gradebook.actions.oversight import give_oversight
from gradebook.actions.substitution import appoint_substitute
from gradebook.models import SchoolYear, Subject, TeachingAssignment
from schoolrecords.demonstration.plan import ROLES_SINCE
from schoolrecords.demonstration.staff import PRIMARY, SEATS

OFFICE = "Tổ Văn phòng"
# The head first, then by which subjects members are known.
DEPARTMENTS = {
    "Tổ Toán – Tin": ("totruong", {"toan", "tin-hoc", "tin-hoc-cong-nghe"}),
    "Tổ Ngữ văn – Ngoại ngữ": ("gvvan", {"ngu-van", "ngoai-ngu-1"}),
    "Tổ Khoa học tự nhiên": ("gvli", {"khoa-hoc-tu-nhien", "vat-li", "cong-nghe"}),
    "Tổ Khoa học xã hội": ("gvsu", {"lich-su", "dia-li", "giao-duc-cong-dan"}),
    "Tổ Thể chất – Nghệ thuật": ("gvtheduc", {"giao-duc-the-chat", "am-nhac", "mi-thuat"}),
    "Tổ Tiểu học": ("gvcn5a", {"tieng-viet"}),
}
VICE_PRINCIPAL_CHECKS = ((1, 2, 3), ("mi-thuat", "tin-hoc"))
"""As the vice-principal of S0: grades 1, 2 and 3, fine arts and informatics."""
HEAD_CHECKS = ((4, 5), ("am-nhac", "giao-duc-the-chat"))
"""As the department head who is deputy of its board: grades 4 and 5, music, physical education."""
ABSENCE = timedelta(days=14)


def settle(year: SchoolYear, people: Mapping[str, User]) -> None:
    principal, vice_principal = people["hieutruong"], people["phohieutruong"]
    _found_departments(people, by=principal)
    _give_checks(vice_principal, *VICE_PRINCIPAL_CHECKS, by=principal)
    _give_checks(people["gvcn5a"], *HEAD_CHECKS, by=principal)
    today = timezone.localdate()
    if not year.starts_on <= today <= year.ends_on - ABSENCE:
        return  # what ends by itself would be over, or not begun, on the day somebody looks
    delegate_power(
        power=Permission.DECIDE_CORRECTION,
        to=vice_principal,
        since=today,
        until=today + ABSENCE,
        number="52/QĐ-NT",
        dated=today,
        by=principal,
    )
    _appoint_substitute(people, today)


def _found_departments(people: Mapping[str, User], *, by: User) -> None:
    for name, (head, subjects) in DEPARTMENTS.items():
        department = found_department(name=name, by=by)
        for username in _members(subjects, primary=head == "gvcn5a"):
            member = add_member(department=department, user=people[username], since=ROLES_SINCE, by=by)
            if username == head:
                appoint_head(membership=member, since=ROLES_SINCE, by=by)
    office = found_department(name=OFFICE, by=by)
    for username in ("vanthu", "quantri"):
        add_member(department=office, user=people[username], since=ROLES_SINCE, by=by)


def _members(subjects: set[str], *, primary: bool) -> Iterator[str]:
    """Each teacher belongs where the first subject belongs."""
    for seat in SEATS:
        first = seat.teaches[:1]
        if first and first[0] in subjects and (seat.grades == PRIMARY and bool(seat.leads)) == primary:
            yield seat.username


def _give_checks(leader: User, grades: tuple[int, ...], subjects: tuple[str, ...], *, by: User) -> None:
    found = list(Subject.objects.filter(code__in=subjects))
    give_oversight(leader=leader, grades=list(grades), subjects=found, since=ROLES_SINCE, by=by)


def _appoint_substitute(people: Mapping[str, User], today: date) -> None:
    """One mathematics teacher is ill, and the head of the department stands in."""
    ill, head = people["gvtoan"], people["totruong"]
    teaching = TeachingAssignment.objects.current().filter(teacher=ill, course__subject__code="toan")
    course = teaching.order_by("course__school_class__grade", "pk").first()
    if course is not None:
        appoint_substitute(
            course=course.course,
            substitute=head,
            acting_for=ill,
            since=today,
            until=today + ABSENCE,
            number="53/QĐ-NT",
            dated=today,
            by=people["quantri"],
        )
