"""A small school with a named cast, for the tests. Invented people.

Hạnh is the principal, Vinh the vice-principal, Khoa the IT administrator, Cúc the clerk, Dũng heads the
department, Mai leads 6A, Toàn teaches mathematics in 6A, Lan teaches mathematics in 6B and nothing in 6A.
"""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.test import Client

from accounts.actions import create_account, give_role
from accounts.models import User
from accounts.recorded import create_many
from accounts.roles import Role
from gradebook.actions import school, teaching, windows
from gradebook.models import Course, Enrolment, LockOrder, Period, SchoolClass, SchoolYear, Student, Subject

PASSWORD = "mot-mat-khau-dai"
FIRST_DAY = date(2026, 9, 5)
PEOPLE = {
    "hanh": ("Nguyễn Thị Hạnh", Role.PRINCIPAL),
    "vinh": ("Lê Quang Vinh", Role.VICE_PRINCIPAL),
    "khoa": ("Trần Đăng Khoa", Role.ADMINISTRATOR),
    "cuc": ("Phạm Thu Cúc", Role.CLERK),
    "dung": ("Hoàng Tiến Dũng", Role.DEPARTMENT_HEAD),
    "mai": ("Vũ Hồng Mai", Role.HOMEROOM_TEACHER),
    "toan": ("Đỗ Minh Toàn", Role.SUBJECT_TEACHER),
    "lan": ("Bùi Ngọc Lan", Role.SUBJECT_TEACHER),
}
PUPILS = ["Trần Bảo An", "Lê Thị Ánh", "Phạm Gia Bình", "Đặng Thùy Dung", "Nguyễn Văn Đạt"]


@dataclass
class Cast:
    """Who and what there is; pupils' enrolments by class name, in list order."""

    people: dict[str, User]
    year: SchoolYear
    periods: dict[str, Period]
    classes: dict[str, SchoolClass]
    maths: dict[str, Course]
    pupils: dict[str, list[Enrolment]] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        # A copy in the making has no people yet.
        if name in self.__dict__.get("people", {}):
            return self.people[name]
        raise AttributeError(name)

    def execute(self, act: str, period: str = "GK1", school_class: SchoolClass | None = None) -> LockOrder:
        """Order by the principal, execution by the administrator."""
        order = windows.order_lock(
            period=self.periods[period], act=act, reason="kế hoạch", by=self.hanh, school_class=school_class
        )
        windows.execute_lock_order(order=order, by=self.khoa)
        return order


def build(pupils_per_class: int = len(PUPILS)) -> Cast:
    """The cast with mathematics in 6A and 6B; the first midterm period is open."""
    people = _people()
    principal = people["hanh"]
    school.found_school(
        name="Trường THCS Sông Hồng", governing_body="UBND phường Sông Hồng", place="Hà Nội", by=principal
    )
    year = school.open_year(
        name="2026-2027",
        starts_on=FIRST_DAY,
        second_semester_on=date(2027, 1, 18),
        ends_on=date(2027, 5, 31),
        by=principal,
    )
    maths = Subject(code="toan", name="Toán", order=1)
    maths.save_by(principal)
    cast = Cast(people, year, {p.code: p for p in Period.objects.all()}, {}, {})
    for name in ("6A", "6B"):
        _open_class(cast, name, maths, pupils_per_class)
    teaching.appoint_homeroom_teacher(
        school_class=cast.classes["6A"], teacher=cast.mai, since=FIRST_DAY, by=principal
    )
    teaching.assign_teacher(course=cast.maths["6A"], teacher=cast.toan, since=FIRST_DAY, by=principal)
    teaching.assign_teacher(course=cast.maths["6B"], teacher=cast.lan, since=FIRST_DAY, by=principal)
    cast.execute(LockOrder.Act.OPEN)
    return cast


def _people() -> dict[str, User]:
    people: dict[str, User] = {}
    for username, (full_name, role) in PEOPLE.items():
        by = people.get("hanh")
        people[username] = create_account(username=username, full_name=full_name, password=PASSWORD, by=by)
        give_role(user=people[username], role=role, since=date(2026, 8, 1), by=people["hanh"])
    return people


def _open_class(cast: Cast, name: str, subject: Subject, size: int) -> None:
    school_class = teaching.open_class(year=cast.year, name=name, grade=6, by=cast.hanh)
    cast.classes[name] = school_class
    cast.maths[name] = teaching.open_course(
        school_class=school_class,
        subject=subject,
        kind=Course.Kind.SCORED,
        lessons_per_year=140,
        by=cast.hanh,
    )
    cast.pupils[name] = enrol(cast, name, size)


def enrol(cast: Cast, name: str, size: int) -> list[Enrolment]:
    """Add pupils at the end of the class list."""
    start, last = Student.objects.count(), len(cast.pupils.get(name, []))
    students = create_many(
        Student,
        [
            Student(
                ministry_code=f"{start + i:010}",
                full_name=PUPILS[i] if i < len(PUPILS) else f"Nguyễn Hoàng {i:02}",
                birth_date=date(2015, 3, 1 + i % 28),
                sex=Student.Sex.FEMALE,
            )
            for i in range(size)
        ],
        by=cast.hanh,
    )
    return create_many(
        Enrolment,
        [
            Enrolment(student=student, school_class=cast.classes[name], number=number, since=FIRST_DAY)
            for number, student in enumerate(students, start=last + 1)
        ],
        by=cast.hanh,
    )


def signed_in(client: Client, user: User) -> Client:
    """The test client as this person, without the sign-in page."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def client_of(person: User) -> Client:
    """A browser in which this person is signed in."""
    return signed_in(Client(), person)


def in_english(person: User | None = None) -> Client:
    """A browser that shows the pages in English, to this person or to anybody: for tests about sentences."""
    client = client_of(person) if person else Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client
