"""Exports carry personal data out of the portal: who took which list is recorded (S4-35)."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook import exports
from gradebook.exports import Exported
from gradebook.models import Enrolment, SchoolClass
from gradebook.models.roster import EnrolmentQuerySet
from gradebook.years import latest_open_year

NAMES = {
    "pupils": "Danh sách học sinh",
    "staff": "Danh sách cán bộ giáo viên",
    "accounts": "Danh sách tài khoản",
    "classes": "Danh sách lớp",
    "assignments": "Phân công giảng dạy",
    "assignments-matrix": "Phân công giảng dạy (ma trận)",
}
NEEDED = {
    "staff": Permission.READ_ACCOUNTS,
    "accounts": Permission.READ_ACCOUNTS,
    "classes": Permission.READ_SCHOOL,
    "assignments": Permission.READ_SCHOOL,
    "assignments-matrix": Permission.READ_SCHOOL,
}


@dataclass(frozen=True, slots=True)
class Portion:
    """Which pupils: of a class, of a grade, or all whose whole record one may read."""

    school_class: SchoolClass | None = None
    grade: int | None = None


def available(user: User) -> list[str]:
    """The lists this person may take. Pupils: who reads the school, and a homeroom teacher those of the class."""
    kinds = [kind for kind, permission in NEEDED.items() if user.may(permission)]
    leads = SchoolClass.objects.whole_book_visible_to(user).filter(year=latest_open_year()).exists()
    return ["pupils", *kinds] if leads or user.may(Permission.READ_SCHOOL) else kinds


@recorded_write
def export_list(*, kind: str, portion: Portion, by: User) -> tuple[str, bytes]:
    """The name and content of a workbook."""
    if kind not in available(by):
        raise PermissionDenied
    made = _made(kind, portion, by)
    part = (
        portion.school_class.name
        if portion.school_class
        else f"khối {portion.grade}"
        if portion.grade
        else ""
    )
    audit.record(
        by=by, verb="gradebook.export.made", target=portion.school_class, kind=kind, part=part, rows=made.rows
    )
    return " ".join(filter(None, [NAMES[kind], part])) + ".xlsx", made.data


def _made(kind: str, portion: Portion, by: User) -> Exported:
    year = latest_open_year()
    if kind == "pupils":
        return exports.pupils(_pupils(portion, by).filter(school_class__year=year), year)
    if kind in exports.YEARLY:
        return exports.YEARLY[kind](year)
    return exports.staff() if kind == "staff" else exports.accounts()


def _pupils(portion: Portion, by: User) -> EnrolmentQuerySet:
    found: EnrolmentQuerySet = Enrolment.objects.whole_record_visible_to(by).on_roll()
    if portion.school_class is not None:
        found = found.filter(school_class=portion.school_class)
    if portion.grade is not None:
        found = found.filter(school_class__grade=portion.grade)
    return found.select_related("student", "school_class").order_by(
        "school_class__grade", "school_class__name", "number"
    )
