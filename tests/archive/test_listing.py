"""Pupils in the file = pupils asked for: a table that leaves one out never becomes a paper."""

import copy
import json

import pytest

from archive import pdf, rendering
from archive.actions import request_paper
from archive.listing import PupilsMissing
from archive.models import Edition, Rendering
from archive.wanted import Kind, Wanted

pytestmark = pytest.mark.one_database


def lose(facts, *path):
    """The same payload without the last line of the list at `path`."""
    short = copy.deepcopy(facts)
    rows = short["book"]
    for step in path:
        rows = rows[step]
    del rows[-1]
    return short


def sections(facts):
    return pdf.sections(pdf.Book(json.dumps(facts), "", "", ""))


def test_a_course_without_one_pupil_is_not_printed(ask):
    facts = json.loads(ask().payload)

    assert sections(facts)
    with pytest.raises(PupilsMissing, match=r"^Toán: 4 of 5; \[5\]$"):
        sections(lose(facts, "courses", 0, "rows"))


def test_a_pupil_who_stands_twice_in_a_table_stops_the_book(ask):
    facts = json.loads(ask().payload)
    facts["book"]["courses"][0]["rows"].append(facts["book"]["courses"][0]["rows"][0])

    with pytest.raises(PupilsMissing):
        sections(facts)


def test_of_a_teachers_own_book_each_class_is_counted_by_its_own_list(cast):
    wanted = Wanted(Kind.TEACHER_BOOK, teacher=cast.toan, year=cast.year, period="1")
    facts = json.loads(request_paper(wanted=wanted, by=cast.toan).payload)

    assert sections(facts)
    with pytest.raises(PupilsMissing):
        sections(lose(facts, "books", 0, "course", "rows"))


@pytest.mark.parametrize("template", ["profiles.html", "attendance.html", "course.html", "summary.html"])
def test_every_table_of_the_class_book_is_counted(ask, monkeypatch, template):
    """Whatever a layout loses, not only the payload."""
    from archive import layouts, parts, profiles, roll_layout, summaries

    facts = json.loads(ask().payload)
    makers = {
        "profiles.html": (profiles, "spreads"),
        "attendance.html": (roll_layout, "pages"),
        "course.html": (layouts, "course"),
        "summary.html": (summaries, "summary"),
    }
    module, name = makers[template]
    make = getattr(module, name)

    def careless(*arguments):
        context = copy.deepcopy(make(*arguments))
        for table in ("spreads", "months", "terms", "tables"):
            if table in context:
                rows = context[table][0]
                del (rows if isinstance(rows, list) else rows["rows"])[-1]
        return context

    monkeypatch.setattr(module, name, careless)
    with pytest.raises(PupilsMissing):
        list(parts.parts(facts))


def test_the_rendering_fails_with_the_reason_and_issues_nothing(ask, monkeypatch):
    edition = ask()
    short = lose(json.loads(edition.payload), "courses", 0, "rows")
    monkeypatch.setattr(pdf.Book, "facts", property(lambda book: short))

    rendering.render(edition.pk)

    row = Rendering.objects.get(edition=edition)
    assert (row.state, row.failure) == (Rendering.State.FAILED, Rendering.Failure.PUPILS)
    assert row.detail == "PupilsMissing: Toán: 4 of 5; [5]"
    assert not Edition.objects.issued().exists()
