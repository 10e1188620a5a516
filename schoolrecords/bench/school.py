"""A scratch database with one class of 45 pupils and a course of 12 columns, all filled."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from accounts.actions import create_account, give_role
from accounts.models import User
from accounts.recorded import create_many
from accounts.roles import Role
from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.school import found_school, open_year
from gradebook.actions.teaching import assign_teacher, open_class, open_course
from gradebook.actions.windows import execute_lock_order, order_lock
from gradebook.models import Column, Course, Enrolment, LockOrder, Period, SchoolClass, Student, Subject

PUPILS, REGULAR = 45, 9
"""Nine regular marks, midterm, final and comment: twelve columns."""
FIRST_DAY = date(2026, 9, 5)


@dataclass(frozen=True)
class BenchSchool:
    principal: User
    teacher: User
    course: Course
    enrolments: list[Enrolment]
    columns: list[Column]


@contextmanager
def scratch_database() -> Iterator[BenchSchool]:
    """A test database beside the configured one, filled, and dropped afterwards."""
    with TemporaryDirectory(prefix="portal-bench-") as folder:
        if connection.vendor == "sqlite":
            # In a file, as a school has it and the web server reads it; by default it would stay in memory.
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "bench.sqlite3")
        databases = setup_databases(verbosity=0, interactive=False)
        try:
            yield _build()
        finally:
            teardown_databases(databases, verbosity=0)


def _build() -> BenchSchool:
    principal = _person("principal", Role.PRINCIPAL, None)
    teacher = _person("teacher", Role.SUBJECT_TEACHER, principal)
    _person("administrator", Role.ADMINISTRATOR, principal)
    _person("clerk", Role.CLERK, principal)
    found_school(name="Bench", governing_body="Bench", place="Bench", by=principal)
    year = open_year(
        name="2026-2027",
        starts_on=FIRST_DAY,
        second_semester_on=date(2027, 1, 18),
        ends_on=date(2027, 5, 31),
        by=principal,
    )
    school_class = open_class(year=year, name="6A", grade=6, by=principal)
    course = course_of(school_class, principal)
    assign_teacher(course=course, teacher=teacher, since=FIRST_DAY, by=principal)
    for period in Period.objects.filter(semester__number=1):
        order = order_lock(period=period, act=LockOrder.Act.OPEN, reason="bench", by=principal)
        execute_lock_order(order=order, by=administrator())
    school = BenchSchool(
        principal, teacher, course, pupils_of(school_class, principal), _semester_columns(course)
    )
    fill(school, "8,5")
    return school


def _semester_columns(course: Course) -> list[Column]:
    return list(course.columns.filter(period__semester__number=1).order_by("order"))


def fill(school: BenchSchool, text: str) -> None:
    edits = [
        Edit(enrolment.pk, column.pk, text, version=0)
        for enrolment in school.enrolments
        for column in school.columns
    ]
    save_marks(course=school.course, edits=edits, by=school.teacher, origin="bench")


def _person(username: str, role: Role, by: User | None) -> User:
    user = create_account(username=username, full_name=username, password=None, by=by)
    give_role(user=user, role=role, since=FIRST_DAY, by=by or user)
    return user


def teacher_named(username: str, by: User) -> User:
    return _person(username, Role.SUBJECT_TEACHER, by)


def administrator() -> User:
    found: User = User.objects.get(username="administrator")
    return found


def clerk() -> User:
    found: User = User.objects.get(username="clerk")
    return found


def course_of(school_class: SchoolClass, by: User) -> Course:
    """Mathematics, with more regular marks than its lessons ask."""
    subject = Subject.objects.filter(code="toan").first()
    if subject is None:
        subject = Subject(code="toan", name="Toán")
        subject.save_by(by)
    course = open_course(
        school_class=school_class, subject=subject, kind=Course.Kind.SCORED, lessons_per_year=140, by=by
    )
    period = Period.objects.get(code=Period.Code.CK1)
    extra = [
        Column(course=course, period=period, kind=Column.Kind.REGULAR, ordinal=ordinal, order=100 + ordinal)
        for ordinal in range(5, REGULAR + 1)
    ]
    create_many(Column, extra, by=by)
    return course


def pupils_of(school_class: SchoolClass, by: User, first: int = 0) -> list[Enrolment]:
    students = [
        Student(
            ministry_code=f"{first + i:010}",
            full_name=f"Nguyễn Hoàng Thị {i:02}",
            birth_date=date(2015, 1, 1),
            sex=Student.Sex.FEMALE,
        )
        for i in range(PUPILS)
    ]
    rows = create_many(Student, students, by=by)
    return create_many(
        Enrolment,
        [
            Enrolment(student=student, school_class=school_class, number=number, since=FIRST_DAY)
            for number, student in enumerate(rows, start=1)
        ],
        by=by,
    )
