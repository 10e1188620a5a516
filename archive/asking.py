"""What a person may print: the choices of the desk, and what each of them stands for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import granted
from accounts.roles import Permission
from archive.models import Edition
from archive.wanted import Wanted
from gradebook.layout import SUMMER
from gradebook.models import Course, Period, SchoolClass, SchoolYear
from transcripts.models import Transcript

Kind = Edition.Kind
Choice = tuple[str, Any]
PERIODS = [(code, label) for code, label in Period.Code.choices if code != SUMMER]
OF_THE_YEAR = (Kind.BLANK_BOOK, Kind.CLASS_BOOK)
"""Of these a class has one for the whole year, whatever the period."""
SECONDARY_SUMMARIES = ("CK1", "CN")
"""A secondary class has a summary of each semester; a primary one of all four periods (TT 27/2020, annex 2)."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One form of the desk. A scope is `school`, `grade-6`, `class-12`, `course-40` or `me`."""

    name: str
    title: str
    kinds: Sequence[Choice]
    scopes: Sequence[Choice]
    periods: Sequence[Choice]
    has_signatures: bool = False


def panels(user: User, year: SchoolYear | None) -> list[Panel]:
    """For an open year; a closed one keeps what was printed."""
    return list(_panels(user, year)) if year and year.is_open else []


def _panels(user: User, year: SchoolYear) -> Iterator[Panel]:
    if user.may(Permission.REQUEST_BOOK):
        kinds = [
            Kind.CHECK_SHEET,
            Kind.CLASS_SUMMARY,
            Kind.TERM_SHEETS,
            Kind.BLANK_BOOK,
            Kind.CLASS_BOOK,
            Kind.TRANSCRIPT,
        ]
        classes = year.classes.order_by("grade", "name")
        yield Panel("school", _("For classes"), _named(kinds), _scopes(classes), PERIODS, has_signatures=True)
    if courses := _taught(user, year):
        scopes = [(f"course-{course.pk}", str(course)) for course in courses]
        check = _named([Kind.CHECK_SHEET])
        yield Panel("check", _("Check sheet of a subject"), check, scopes, PERIODS, has_signatures=True)
        semesters = [("1", _("Semester I")), ("2", _("Semester II"))]
        own = _named([Kind.TEACHER_BOOK])
        yield Panel("own", _("My own book"), own, [("me", user.full_name)], semesters)
    led = granted(SchoolClass.objects.filter(year=year), to=user, permission=SchoolClass.LEAD)
    if scopes := [(f"class-{each.pk}", each.name) for each in led.order_by("grade", "name")]:
        kinds = [Kind.TERM_SHEETS, Kind.CLASS_SUMMARY, Kind.BLANK_BOOK, Kind.TRANSCRIPT]
        yield Panel("led", _("For the class I lead"), _named(kinds), scopes, PERIODS)


def _named(kinds: Sequence[Kind]) -> list[Choice]:
    return [(kind.value, kind.label) for kind in kinds]


def _scopes(classes: Any) -> list[Choice]:
    found = list(classes)
    grades = dict.fromkeys(each.grade for each in found)
    return [
        *((f"class-{each.pk}", each.name) for each in found),
        *((f"grade-{grade}", _("Grade %(grade)s") % {"grade": grade}) for grade in grades),
        ("school", _("Whole school")),
    ]


def scope_name(scope: str) -> str:
    """For whom an order was given, in words; "" for one's own."""
    what, _dash, key = scope.partition("-")
    if what == "class":
        return str(SchoolClass.objects.get(pk=key))
    names = {"grade": _("Grade %(grade)s") % {"grade": key}, "school": _("Whole school")}
    return names.get(what, "")


def _taught(user: User, year: SchoolYear) -> list[Course]:
    courses = Course.objects.filter(pk__in=user.teaching.current().values("course"), school_class__year=year)
    return list(
        courses.select_related("subject", "school_class").order_by(
            "school_class__grade", "school_class__name", "subject__order"
        )
    )


def wanted(
    user: User, year: SchoolYear, *, kind: str, scope: str, period: str, signatures: bool
) -> list[Wanted]:
    """Every paper that a choice of the desk stands for; a class that has no such paper is left out."""
    what, _dash, key = scope.partition("-")
    if kind == Kind.TEACHER_BOOK:
        return [Wanted(kind, teacher=user, year=year, period=period)]
    if what == "course":
        course = Course.objects.select_related("subject", "school_class__year").get(pk=key)
        return [Wanted(kind, course.school_class, course, period=period, signatures=signatures)]
    of = {"class": {"pk": key}, "grade": {"grade": key}}.get(what, {})
    classes = year.classes.filter(**of).select_related("year", "homeroom_teacher").order_by("grade", "name")
    if kind == Kind.TRANSCRIPT:
        return [booklet for each in classes for booklet in _booklets(each)]
    return [_of_class(kind, each, period, signatures) for each in classes if _has(kind, each, period)]


def _booklets(school_class: SchoolClass) -> Iterator[Wanted]:
    """One a pupil of whom a year of this level is issued."""
    issued = Transcript.objects.standing().filter(
        enrolment__student=OuterRef("student"), enrolment__school_class__grade__in=school_class.level.grades
    )
    for pupil in school_class.enrolments.in_list_order().filter(Exists(issued)):
        yield Wanted(Kind.TRANSCRIPT, school_class, student=pupil.student)


def _of_class(kind: str, school_class: SchoolClass, period: str, signatures: bool) -> Wanted:
    if kind in OF_THE_YEAR:
        return Wanted(kind, school_class)
    return Wanted(kind, school_class, period=period, signatures=signatures and kind == Kind.CHECK_SHEET)


def _has(kind: str, school_class: SchoolClass, period: str) -> bool:
    return (
        kind != Kind.CLASS_SUMMARY or school_class.level.value == "primary" or period in SECONDARY_SUMMARIES
    )
