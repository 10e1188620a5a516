"""Every paper of an invented class, ready to render, and the parts of it that have to be looked at."""

from collections.abc import Callable, Iterator
from typing import Any

from archive import pdf
from archive.paper_payloads import LINE
from archive.payload import envelope
from archive.pdf import Book
from gradebook.assessment.schemes import Circular
from tests.archive.golden.classes import Facts, primary, secondary
from transcripts.payload import canonical, fingerprint


def blank(book: Facts) -> Facts:
    courses = [
        {
            **course,
            "rows": [
                {**row, "cells": [""] * len(row["cells"]), "results": [""] * 3} for row in course["rows"]
            ],
        }
        for course in book["courses"]
    ]
    roll = {**book["roll"], "called": [], "absences": [], "closed": []}
    kept = {key: value for key, value in book.items() if key != "corrections"}
    return {**kept, "courses": courses, "roll": roll, "homeroom": None, "summary": []}


def of_period(book: Facts, period: str) -> Facts:
    """As a summary or term sheets hold it: without the roll and the families."""
    kept = {key: value for key, value in book.items() if key != "roll"}
    listed = [{key: pupil[key] for key in LINE} for pupil in book["pupils"]]
    return {**kept, "pupils": listed, "period": period}


def check_sheet(book: Facts) -> Facts:
    """The whole first semester of a scored course, and the homeroom sheet of its end."""
    course, homeroom = (_first_semester(found) for found in (book["courses"][0], book["homeroom"]))
    return {**of_period({**book, "courses": [course, homeroom]}, "CK1"), "signatures": True}


def _first_semester(course: Facts) -> Facts:
    places = [place for place, column in enumerate(course["columns"]) if column["semester"] == 1]
    rows = [{**row, "cells": [row["cells"][place] for place in places]} for row in course["rows"]]
    return {**course, "columns": [course["columns"][place] for place in places], "rows": rows}


def teacher_book(book: Facts) -> Facts:
    own = [
        {"class": name, "pupils": book["pupils"], "course": course}
        for name, course in zip(("6A10", "6A2"), book["courses"][2:], strict=False)
    ]
    return {key: book[key] for key in ("school", "principal", "year", "interim")} | {
        "teacher": "Đỗ Minh Toàn",
        "semester": 1,
        "books": own,
    }


PAPERS: dict[str, tuple[str, Callable[[int], Facts]]] = {
    "lower": ("class_book", lambda count: secondary(count)),
    "upper": ("class_book", lambda count: secondary(count, grade=12)),
    "former": ("class_book", lambda count: secondary(count, grade=9, circular=Circular.TT58_2020)),
    "primary-1": ("class_book", lambda count: primary(count, grade=1)),
    "primary-3": ("class_book", lambda count: primary(count, grade=3)),
    "primary-5": ("class_book", lambda count: primary(count, grade=5)),
    "blank": ("blank_book", lambda count: blank(secondary(count))),
    "check": ("check_sheet", lambda count: check_sheet(secondary(count))),
    "teacher": ("teacher_book", lambda count: teacher_book(secondary(count))),
    "summary": ("class_summary", lambda count: of_period(secondary(count), "CN")),
    "summary-5": ("class_summary", lambda count: of_period(primary(count, grade=5), "CN")),
    "terms": ("term_sheets", lambda count: of_period(secondary(count), "CN")),
    "terms-5": ("term_sheets", lambda count: of_period(primary(count, grade=5), "CN")),
}
"""By name: the kind of edition, and its book for a class of so many."""


SHARED = {
    *("instructions.html", "profiles.html", "attendance.html", "course.html"),
    *("corrections.html", "confirmation.html", "inspections.html"),
}


OWN = {"lower": SHARED, "blank": {"attendance.html"}, "teacher": {"course.html"}}


def book(paper: str, count: int) -> Book:
    kind, made = PAPERS[paper]
    about = {
        "number": 1,
        "requested_at": "2027-05-28T09:00:00+07:00",
        "requested_by": "Phạm Thu Cúc",
        "previous": None,
        "seal": None,
    }
    text = canonical(envelope(made(count), about, kind))
    return Book(text, fingerprint(text), "0123456789abcdef", "http://localhost:8000/verify/0123456789abcdef/")


def parts_to_look_at(paper: str, book: Book) -> Iterator[Any]:
    """Every part but what looks as one before it: other courses, the second midterm, what all class books have."""
    seen: set[tuple[str, bool]] = set()
    for section in pdf.sections(book):
        key = (section.template, bool(section.context.get("by_comment")))
        is_known = section.template == "course.html" and key in seen
        is_shared = section.template in SHARED - OWN.get(paper, set())
        if not is_known and not is_shared and not section.title.endswith("Giữa học kỳ II"):
            yield section
        seen.add(key)
