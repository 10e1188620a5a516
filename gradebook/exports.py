"""The school's lists as workbooks, in the shapes in which they are imported: what is exported can be read again.

Headings and titles are the ministry's, hence Vietnamese for every reader. Nothing here asks who is reading.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import HeldRole, Membership, User
from accounts.roles import Role
from gradebook.import_templates import school_name
from gradebook.importing.pupil_values import FIELDS, OF_GUARDIAN, RELATIONS
from gradebook.models import Course, Enrolment, Guardian, SchoolClass, SchoolYear, Student, TeachingAssignment
from gradebook.spreadsheets.pupil_list import PupilRow, Status
from gradebook.spreadsheets.staff_list import POSTS
from gradebook.spreadsheets.values import Sex
from gradebook.spreadsheets.writing import write_pupil_list, write_table

Lines = list[list[str]]
TOGETHER = {"sex", "household", "union"}
_POST_OF = {role: post for post, role in reversed(POSTS.items())}


@dataclass(frozen=True, slots=True)
class Exported:
    """A workbook, and how many rows it has: what the record of exports says of it."""

    data: bytes
    rows: int


def pupils(enrolments: Iterable[Enrolment], year: SchoolYear | None) -> Exported:
    """The whole profile of these pupils, in the ministry's columns."""
    chosen = list(enrolments)
    guardians: dict[int, dict[str, Guardian]] = defaultdict(dict)
    for guardian in Guardian.objects.filter(student__in={each.student_id for each in chosen}):
        guardians[guardian.student_id][guardian.relation] = guardian
    rows = [_pupil(each, guardians[each.student_id]) for each in chosen]
    return Exported(
        write_pupil_list(rows, [school_name(), f"DANH SÁCH HỌC SINH NĂM HỌC {year or ''}"]), len(rows)
    )


def staff() -> Exported:
    people = User.objects.filter(is_active=True).order_by("full_name")
    roles, departments = (
        _roles(),
        dict(Membership.objects.filter(until=None).values_list("user", "department__name")),
    )
    lines = [
        [
            str(number),
            user.full_name,
            user.staff_code,
            user.username,
            user.email,
            ", ".join(_POST_OF[role] for role in roles[user.pk]),
            departments.get(user.pk, ""),
        ]
        for number, user in enumerate(people, start=1)
    ]
    headings = ["STT", "Họ và tên", "Mã cán bộ", "Tên đăng nhập", "Email", "Chức vụ", "Tổ chuyên môn"]
    return _table(headings, lines, "DANH SÁCH CÁN BỘ, GIÁO VIÊN, NHÂN VIÊN", "CBGV")


def accounts() -> Exported:
    """Who can sign in and when they last did; no secret and no password is in any list."""
    roles = _roles()
    lines = [
        [
            str(number),
            user.username,
            user.full_name,
            ", ".join(str(Role(role).label) for role in roles[user.pk]),
            "Đang dùng" if user.is_active else "Đã khóa",
            f"{timezone.localtime(user.last_login):%H:%M %d/%m/%Y}" if user.last_login else "Chưa đăng nhập",
        ]
        for number, user in enumerate(User.objects.order_by("username"), start=1)
    ]
    headings = ["STT", "Tên đăng nhập", "Họ và tên", "Vai trò", "Trạng thái", "Đăng nhập gần nhất"]
    return _table(headings, lines, "DANH SÁCH TÀI KHOẢN", "Tài khoản")


def classes(year: SchoolYear | None) -> Exported:
    chosen: dict[int, list[str]] = defaultdict(list)
    upper = Course.objects.of_subjects().filter(school_class__year=year, school_class__grade__gte=10)
    for class_id, code, name in upper.values_list("school_class", "subject__code", "subject__name"):
        if code in _CHOSEN:
            chosen[class_id].append(name)
    found = SchoolClass.objects.filter(year=year).select_related("homeroom_teacher")
    lines = [
        [
            str(number),
            each.name,
            str(each.grade),
            each.homeroom_teacher.full_name if each.homeroom_teacher else "",
            each.homeroom_teacher.staff_code if each.homeroom_teacher else "",
            ", ".join(chosen[each.pk]),
        ]
        for number, each in enumerate(found, start=1)
    ]
    headings = ["STT", "Tên lớp", "Khối", "GVCN", "Mã GVCN", "Môn lựa chọn"]
    return _table(headings, lines, f"DANH SÁCH LỚP NĂM HỌC {year or ''}", "Lớp")


def assignments(year: SchoolYear | None) -> Exported:
    lines = [
        [
            str(number),
            each.teacher.full_name,
            each.teacher.staff_code or each.teacher.username,
            each.course.subject.name,
            each.course.school_class.name,
            each.strand,
        ]
        for number, each in enumerate(_assignments(year), start=1)
    ]
    headings = ["STT", "Giáo viên", "Mã giáo viên", "Môn học", "Lớp", "Phân môn"]
    return _table(headings, lines, f"PHÂN CÔNG GIẢNG DẠY NĂM HỌC {year or ''}", "Phân công")


def assignments_matrix(year: SchoolYear | None) -> Exported:
    """A row for each class, a column for each subject and strand that somebody teaches; cells name the teachers."""
    cells: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    columns: dict[str, None] = {}
    for each in _assignments(year):
        heading = each.strand or each.course.subject.name
        columns.setdefault(heading)
        cells[each.course.school_class.name][heading].append(each.teacher.full_name)
    lines = [
        [str(number), name, *(", ".join(row[heading]) for heading in columns)]
        for number, (name, row) in enumerate(cells.items(), start=1)
    ]
    return _table(["STT", "Lớp", *columns], lines, f"PHÂN CÔNG GIẢNG DẠY NĂM HỌC {year or ''}", "Ma trận")


YEARLY: Mapping[str, Callable[[SchoolYear | None], Exported]] = {
    "classes": classes,
    "assignments": assignments,
    "assignments-matrix": assignments_matrix,
}
_CHOSEN = {
    "dia-li",
    "giao-duc-kinh-te-phap-luat",
    "vat-li",
    "hoa-hoc",
    "sinh-hoc",
    "cong-nghe",
    "tin-hoc",
    "am-nhac",
    "mi-thuat",
}


def _assignments(year: SchoolYear | None) -> Sequence[TeachingAssignment]:
    found = TeachingAssignment.objects.filter(course__school_class__year=year, until=None)
    found = found.exclude(course__kind=Course.Kind.HOMEROOM)
    order = (
        "course__school_class__grade",
        "course__school_class__name",
        "course__subject__order",
        "strand",
        "pk",
    )
    return list(found.select_related("teacher", "course__subject", "course__school_class").order_by(*order))


def _roles() -> dict[int, list[str]]:
    roles: dict[int, list[str]] = defaultdict(list)
    for user_id, role in HeldRole.objects.on(timezone.localdate()).values_list("user", "role"):
        roles[user_id].append(role)
    return roles


def _table(headings: Sequence[str], lines: Lines, title: str, sheet: str) -> Exported:
    return Exported(write_table(headings, lines, [school_name(), title.strip()], sheet), len(lines))


def _pupil(enrolment: Enrolment, guardians: Mapping[str, Guardian]) -> PupilRow:
    student, school_class = enrolment.student, enrolment.school_class
    values = {key: getattr(student, name) or None for name, key in FIELDS.items() if name not in TOGETHER}
    for relation, prefix in RELATIONS.items():
        if guardian := guardians.get(relation):
            values |= {
                f"{prefix}_{key}": getattr(guardian, name) or None for name, key in OF_GUARDIAN.items()
            }
    return PupilRow(
        row_number=enrolment.number,
        full_name=student.full_name,
        birth_date=student.birth_date,
        sex=Sex(student.sex),
        class_name=school_class.name,
        grade=school_class.grade,
        status=Status.STUDYING,
        **_answers(student),
        **values,
    )


def _answers(student: Student) -> dict[str, Any]:
    """Yes, no or not told, where a column of the list is part of one answer of the records."""
    poor, union = student.household, student.union
    return {
        "poor": poor == Student.Household.POOR if poor else None,
        "near_poor": poor == Student.Household.NEAR_POOR if poor else None,
        "youth_union": union == Student.Union.YOUTH if union else None,
        "pioneer": union == Student.Union.PIONEER if union else None,
    }
