"""The invented classes have the shape that freezing gives: else pages would be measured that nobody prints."""

import json

import pytest

from archive.actions import request_paper
from archive.wanted import Kind, Wanted
from tests.archive.golden import papers

pytestmark = pytest.mark.one_database

ROWS = ("pupils", "courses", "summary")
KINDS = [
    (Kind.CLASS_BOOK, "lower", ""),
    (Kind.BLANK_BOOK, "blank", ""),
    (Kind.CLASS_SUMMARY, "summary", "CN"),
]


def shape(book):
    """Names of the facts: of the book, of a line of each list, of a course's columns and rows, of the roll."""
    found = {"book": set(book), **{name: set(book[name][0]) for name in ROWS if book[name]}}
    course = book["courses"][0]
    return {
        **found,
        "columns": set(course["columns"][0]),
        "rows": set(course["rows"][0]),
        "roll": set(book.get("roll", {})),
    }


@pytest.mark.parametrize(("kind", "paper", "period"), KINDS)
def test_an_invented_class_has_the_facts_of_a_frozen_one(cast, kind, paper, period):
    edition = request_paper(wanted=Wanted(kind, cast.classes["6A"], period=period), by=cast.cuc)

    frozen, invented = json.loads(edition.payload), json.loads(papers.book(paper, 1).text)
    assert shape(invented["book"]) == shape(frozen["book"])
    assert (invented["format"], invented["version"]) == (frozen["format"], frozen["version"])


@pytest.mark.duty("S0-48", "S3-17")
def test_the_roll_of_the_year_stands_in_the_book_that_is_signed(cast):
    """Half-days with and without leave, in the months of the school year, with room for the homeroom teacher."""
    from archive import parts

    months = next(
        context["months"]
        for title, _, context in parts.parts(papers.book("lower", 2).facts)
        if title == "Theo dõi nghỉ học"
    )
    first, second = months[0]["rows"]
    assert [day["letters"] for day in first["days"]] == ["KK"]
    assert (first["absent"], first["excused"], first["unexcused"]) == (2, 0, 2)
    assert [day["letters"] for day in second["days"]] == ["M·"]
    assert (second["absent"], months[1]["rows"][0]["absent"]) == (0, "")
