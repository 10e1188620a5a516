"""The mark grid in a classroom, on a phone: pupils on the first screen, and every reason readable whole."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.cast import PUPILS, Cast, signed_in
from tests.gradebook.windows.books import enter, ordered
from tests.journeys.alone import HOME, Answers, asked, serve
from tests.journeys.axe import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.one_database]


@pytest.fixture
def sheet(cast: Cast, client) -> tuple[str, Answers]:
    """Only An has a mark; regular marks and tests lock at two hours."""
    enter(cast, "8", kind="regular")
    for kind, days in (("regular", 3), ("test", 9)):
        ordered(cast, kind=kind, effective_at=timezone.now() + timedelta(days=days))
    address = f"/courses/{cast.maths['6A'].pk}/semester-1/"
    return HOME + address, asked(signed_in(client, cast.toan), address)


@pytest.fixture
def page(sheet, browser):
    page = browser.new_page(viewport=PHONE)
    address, answers = sheet
    serve(page, answers)
    page.goto(address)
    return page


def test_the_first_screen_shows_several_pupils_and_the_hour_of_the_column(page):
    expect(page.locator("#grid-tools")).to_be_visible()

    assert page.locator("tbody th.col-name").nth(3).bounding_box()["y"] < PHONE["height"]
    hours = page.locator(".countdown")
    expect(hours.filter(visible=True)).to_have_count(1)
    page.locator("#grid-column").select_option("")
    expect(hours.filter(visible=True)).to_have_count(2)


@pytest.mark.parametrize("columns", ["one column", "all columns"])
def test_the_reason_of_a_refusal_is_read_whole(page, columns):
    """Beside a single column at once, else where one goes to the cell."""
    if columns == "all columns":
        page.locator("#grid-column").select_option("")
    cell = page.locator("input.cell-input:visible").last
    cell.fill("85")
    page.keyboard.press("Shift+Enter")
    if columns == "all columns":
        cell.focus()

    box = page.locator(".cell-problem").bounding_box()

    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    clipped = "note => note.scrollHeight > note.clientHeight + 1"
    assert not page.locator(".cell-problem").evaluate(clipped)


def test_who_has_no_value_in_a_column_to_confirm_is_said_anew_while_one_types(page):
    page.locator("#grid-column").select_option("")
    missing = page.locator("#checks .column-missing p")
    expect(missing).to_have_text(", ".join(PUPILS[1:]))

    page.locator("tbody tr").nth(1).locator("input.cell-input").first.fill("7")
    page.keyboard.press("Enter")

    expect(missing).to_have_text(", ".join(PUPILS[2:]))
