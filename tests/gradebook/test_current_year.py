"""Which year pages are about when there are several: the latest open one that has begun."""

from datetime import date

import pytest
from django.test import Client

from gradebook.actions.school import open_year
from gradebook.years import current_year
from tests.cast import signed_in


def another(cast, first: int):
    return open_year(
        name=f"{first}-{first + 1}",
        starts_on=date(first, 9, 5),
        second_semester_on=date(first + 1, 1, 18),
        ends_on=date(first + 1, 5, 31),
        by=cast.hanh,
    )


@pytest.fixture
def years(cast):
    """Last year, open or not, this one, and the next, made in advance."""
    begun, following = another(cast, 2020), another(cast, 2090)
    cast.year.starts_on = date(2021, 9, 5)
    cast.year.save_by(cast.hanh)
    return begun, cast.year, following


def shut(year, by) -> None:
    year.status = "closed"
    year.save_by(by)


def test_a_year_made_in_advance_is_not_the_current_one_before_it_begins(cast, years):
    assert current_year() == cast.year


def test_after_closing_the_next_year_to_begin_is_set_up_and_imported_into(cast, years):
    begun, this, following = years
    for year in (begun, this):
        shut(year, cast.hanh)

    assert current_year() == following


def test_closed_years_only_are_still_read(cast, years):
    for year in years:
        shut(year, cast.hanh)

    assert current_year() == years[-1]


def test_masthead_classes_orders_and_archive_agree_on_the_year(cast, years):
    client = signed_in(Client(), cast.hanh)
    for path in ("/classes/", "/lock-board/", "/assessment-rules/", "/archive/", "/summer/"):
        page = client.get(path)
        assert page.context["year"] == cast.year, path
        assert str(page.context["portal"]["year_name"]) == "2026–2027", path


def test_another_year_is_asked_for_by_name(cast, years):
    page = signed_in(Client(), cast.hanh).get("/classes/?year=2020-2021")

    assert page.context["year"] == years[0]
