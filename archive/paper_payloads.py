"""A class or a teacher's courses as they stand now → the frozen facts of a paper."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from archive import changes
from archive.booklets import NothingIssued, freeze_booklet
from archive.models import Edition
from archive.payload import Facts, freeze_class_book, of_class, of_school, pupil_facts
from archive.wanted import Wanted
from gradebook.course_books import OwnBook, read_course_books, taught
from gradebook.layout import PERIODS_OF
from gradebook.models import Course, Window, still_open
from transcripts.payload import canonical, fingerprint

Kind = Edition.Kind
LINE = ("number", "name", "birth_date", "sex", "came_on", "left_on")
"""Of a pupil, what `pupil_facts` says."""
WITH_RESULTS = frozenset({Course.Kind.SCORED, Course.Kind.COMMENT})


def freeze(wanted: Wanted) -> Facts:
    """The facts of any paper; statements do not grow with the pupils."""
    return _FREEZERS[wanted.kind](wanted)


def is_outdated(edition: Edition) -> bool:
    """The records say something else by now than this class book or transcript, or nothing any more.

    Whether a window stands open again is nothing that the paper says. A class of 45 takes a quarter of a second.
    """
    wanted = Wanted(edition.kind, edition.school_class, student=edition.student)
    try:
        facts = {**freeze(wanted), "interim": edition.is_interim}
    except NothingIssued:
        return True
    return fingerprint(canonical(facts)) != edition.content


def _class_book(wanted: Wanted) -> Facts:
    assert wanted.school_class is not None  # noqa: S101  archive_edition_about
    return freeze_class_book(wanted.school_class)


def _moment(wanted: Wanted) -> Facts:
    """The class book, of which the paper prints one period."""
    opened = Window.objects.filter(still_open(), course__school_class=wanted.school_class)
    interim = opened.filter(period__code__in=_until(wanted.period)).exists()
    book = _class_book(wanted)
    # Neither paper prints the roll or the families, and parents get one of them.
    del book["roll"]
    pupils = [{key: pupil[key] for key in LINE} for pupil in book["pupils"]]
    return {**book, "pupils": pupils, "period": wanted.period, "interim": interim}


def _blank_book(wanted: Wanted) -> Facts:
    """The class book with its names and columns, and nothing in the cells."""
    book = _class_book(wanted)
    del book["corrections"]
    return {
        **book,
        "roll": {**book["roll"], "called": [], "absences": [], "closed": []},
        "courses": [_emptied(course) for course in book["courses"]],
        "homeroom": None,
        "summary": [],
        "interim": False,
    }


def _emptied(course: Mapping[str, Any]) -> Facts:
    rows = [
        {**row, "cells": [""] * len(course["columns"]), "results": ["", "", ""], "retest": ""}
        for row in course["rows"]
    ]
    return {**course, "rows": rows}


def _check_sheet(wanted: Wanted) -> Facts:
    """The columns of a period; before them those of the semester's earlier period, where results are computed.

    Before the term's test everything that counts in the average is compared (S1-69).
    """
    assert wanted.school_class is not None  # noqa: S101  archive_edition_about
    courses = Course.objects.filter(school_class=wanted.school_class).order_by("subject__order", "pk")
    if wanted.course:
        courses = courses.filter(pk=wanted.course.pk)
    books = read_course_books(courses, periods=_until(wanted.period))
    subjects = {own.book.subject for own in books}
    return {
        **of_class(wanted.school_class),
        "period": wanted.period,
        "signatures": wanted.signatures,
        "pupils": [pupil_facts(pupil) for pupil in _pupils(books)],
        "courses": [_of_period(own, wanted.period) for own in books],
        "corrections": [
            change for change in changes.executed(wanted.school_class) if change["subject"] in subjects
        ],
        "interim": False,
    }


def _until(period: str) -> tuple[str, ...]:
    codes = next(codes for codes in PERIODS_OF.values() if period in codes)
    return codes[: codes.index(period) + 1]


def _of_period(own: OwnBook, period: str) -> Facts:
    course = asdict(own.book)
    if own.course.kind in WITH_RESULTS:
        return course
    places = [place for place, column in enumerate(course["columns"]) if column["period"] == period]
    rows = [{**row, "cells": [row["cells"][place] for place in places]} for row in course["rows"]]
    return {**course, "columns": [course["columns"][place] for place in places], "rows": rows}


def _pupils(books: Iterable[OwnBook]) -> Iterable[Any]:
    return next((own.pupils for own in books), ())


def _teacher_book(wanted: Wanted) -> Facts:
    assert wanted.teacher is not None and wanted.year is not None  # noqa: S101  archive_edition_about
    semester = int(wanted.period)
    books = read_course_books(taught(wanted.teacher.pk, wanted.year), periods=PERIODS_OF[semester])
    return {
        **of_school(),
        "year": wanted.year.name,
        "teacher": wanted.teacher.full_name,
        "semester": semester,
        "books": [
            {
                "class": own.course.school_class.name,
                "pupils": [_name_only(pupil) for pupil in own.pupils],
                "course": asdict(own.book),
            }
            for own in books
        ],
        "interim": False,
    }


def _name_only(pupil: Any) -> Facts:
    facts = pupil_facts(pupil)
    return {key: facts[key] for key in ("number", "name", "came_on", "left_on")}


_FREEZERS: Mapping[str, Callable[[Wanted], Facts]] = {
    Kind.CLASS_BOOK: _class_book,
    Kind.CHECK_SHEET: _check_sheet,
    Kind.BLANK_BOOK: _blank_book,
    Kind.TEACHER_BOOK: _teacher_book,
    Kind.CLASS_SUMMARY: _moment,
    Kind.TERM_SHEETS: _moment,
    Kind.TRANSCRIPT: freeze_booklet,
}
