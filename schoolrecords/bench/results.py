"""A whole school's results of a year: 45 classes of 45 pupils, 12 subjects each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import cycle
from time import perf_counter
from typing import Any

from django.db import connection, models

from accounts.models import User
from accounts.recorded import create_many
from gradebook.actions.teaching import open_class, open_course
from gradebook.assessment.catalogue import SubjectKind, subjects
from gradebook.models import Column, Course, Enrolment, Mark, SchoolClass, SchoolYear, Student, Subject
from gradebook.results.classes import class_results, read_sheets
from schoolrecords.bench.school import FIRST_DAY, BenchSchool

CLASSES, PUPILS, GRADE = 45, 45, 6
TARGET_MS = 0.2
_K = Column.Kind


@dataclass
class _Spent:
    """Seconds in the database driver, in the rules, and in all."""

    driver: float = 0
    rules: float = 0
    whole: float = 0

    @contextmanager
    def counting(self) -> Iterator[None]:
        def timed(execute: Callable[..., Any], *args: Any) -> Any:
            start = perf_counter()
            try:
                return execute(*args)
            finally:
                self.driver += perf_counter() - start

        start = perf_counter()
        with connection.execute_wrapper(timed):
            yield
        self.whole += perf_counter() - start


def results_year(school: BenchSchool) -> dict[str, Any]:
    """Milliseconds per pupil and subject in the rules, and the share of the whole that the queries take."""
    classes = whole_classes(school, CLASSES)
    _read(classes[:2], _Spent())
    spent = _Spent()
    with spent.counting():
        complete = _read(classes, spent)
    pupil_subjects = CLASSES * PUPILS * len(_taught())
    value = spent.rules * 1000 / pupil_subjects
    share = spent.driver / spent.whole
    return {
        "name": "results_year",
        "value": round(value, 4),
        "unit": "ms per pupil and subject in the rules",
        "target": TARGET_MS,
        "met": value <= TARGET_MS and share <= 0.5,
        "detail": {
            "database": connection.vendor,
            "pupils": CLASSES * PUPILS,
            "subjects": len(_taught()),
            "with_a_level": complete,
            "seconds": round(spent.whole, 2),
            "rules_seconds": round(spent.rules, 2),
            "share_in_queries": round(share, 3),
        },
    }


def _read(classes: list[SchoolClass], spent: _Spent) -> int:
    """How many pupils have a level of the year."""
    complete = 0
    for school_class in classes:
        sheets = read_sheets(school_class)
        start = perf_counter()
        found = class_results(sheets)
        spent.rules += perf_counter() - start
        complete += sum(results.year.learning is not None for results in found.values())
    return complete


def _taught() -> list[Any]:
    return [known for known in subjects(GRADE) if not known.chosen]


def whole_classes(school: BenchSchool, count: int) -> list[SchoolClass]:
    """So many classes beside the one of the other measurements, filled past the doors: their history is not
    measured. Those that are there already are taken again.
    """
    by, year = school.principal, school.course.school_class.year
    named = {known.code: _subject(known.code, known.name, by) for known in _taught()}
    names = [f"6.{number:02}" for number in range(count)]
    for name in names:
        if not SchoolClass.objects.filter(year=year, name=name).exists():
            _fill(_class(year, name, named, by))
    return list(SchoolClass.objects.filter(year=year, name__in=names).select_related("year").order_by("name"))


def _subject(code: str, name: str, by: User) -> Subject:
    found = Subject.objects.filter(code=code).first()
    if found is None:
        found = Subject(code=code, name=name)
        found.save_by(by)
    return found


def _class(year: SchoolYear, name: str, named: dict[str, Subject], by: User) -> SchoolClass:
    school_class = open_class(year=year, name=name, grade=GRADE, by=by)
    for known in _taught():
        open_course(
            school_class=school_class,
            subject=named[known.code],
            kind=Course.Kind.SCORED if known.kind is SubjectKind.SCORED else Course.Kind.COMMENT,
            lessons_per_year=known.lessons,
            by=by,
        )
    first = Student.objects.count()
    students = [
        Student(
            ministry_code=f"{first + number:010}",
            full_name=f"Nguyễn Hoàng Thị {number:02}",
            birth_date=FIRST_DAY.replace(year=2015),
            sex=Student.Sex.FEMALE,
        )
        for number in range(PUPILS)
    ]
    enrolments = [
        Enrolment(student=student, school_class=school_class, number=number, since=FIRST_DAY)
        for number, student in enumerate(create_many(Student, students, by=by), start=1)
    ]
    create_many(Enrolment, enrolments, by=by)
    return school_class


def _fill(school_class: SchoolClass) -> None:
    columns = Column.objects.filter(course__school_class=school_class).exclude(kind=_K.COMMENT)
    columns = columns.exclude(period__code="HE").select_related("course")
    scores = cycle(Decimal(tenths) / 10 for tenths in range(30, 100, 7))
    marks = [
        Mark(enrolment_id=pupil, column=column, **_content(column, scores))
        for column in columns
        for pupil in school_class.enrolments.values_list("pk", flat=True)
    ]
    models.QuerySet[Mark](Mark).bulk_create(marks, batch_size=5000)


def _content(column: Column, scores: Iterator[Decimal]) -> dict[str, Any]:
    if column.kind in Column.COUNTED:
        return {"count": 1}
    if column.kind == _K.CONDUCT:
        return {"level": "T"}
    return {"score": next(scores)} if column.course.kind == Course.Kind.SCORED else {"level": "Đ"}
