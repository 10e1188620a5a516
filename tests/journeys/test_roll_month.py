"""The sheet of a month: a letter a cell, and what is not saved stays on this computer."""

from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.cast import signed_in
from tests.journeys.alone import HOME, Answers, asked, serve
from tests.journeys.browser import words

pytestmark = [pytest.mark.browser, pytest.mark.slow]

UNKEPT = "Not saved yet, and this browser keeps nothing: stay on this page until everything is saved"


@pytest.fixture
def month(cast, client, monkeypatch) -> tuple[str, Answers]:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_, **__: date(2026, 11, 27))
    address = f"/classes/{cast.classes['6A'].pk}/attendance/"
    return address, asked(signed_in(client, cast.mai), address)


@pytest.fixture
def context(month, browser):
    context = browser.new_context()
    serve(context, month[1])
    return context


def opened(context, month) -> Page:
    page: Page = context.new_page()
    page.goto(HOME + month[0])
    return page


def cell(page: Page, place: int) -> Locator:
    return page.locator("#month .cell-input").nth(place)


def test_what_two_tabs_hold_survives_their_closing(context, month):
    one, other = opened(context, month), opened(context, month)
    cell(one, 0).press_sequentially("p")
    cell(other, 1).press_sequentially("k")
    one.close()
    other.close()

    page = opened(context, month)

    expect(cell(page, 0)).to_have_value("P")
    expect(cell(page, 1)).to_have_value("K")
    expect(page.locator("#month-status")).to_have_text(words("Not saved yet; kept on this computer"))
    cell(page, 0).fill("")
    page.reload()
    expect(cell(page, 0)).to_have_value("")
    expect(cell(page, 1)).to_have_value("K")


def test_a_browser_that_keeps_nothing_is_said_to(context, month):
    context.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('', 'SecurityError') }"
    )
    page = opened(context, month)

    cell(page, 0).press_sequentially("p")

    expect(page.locator("#month-status")).to_have_text(words(UNKEPT))


def test_on_a_phone_the_sheet_opens_at_today(context, month):
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(HOME + month[0])

    expect(page.locator("#month thead [aria-current=date]")).to_be_in_viewport(ratio=1)
    expect(page.locator("#month thead th").nth(2)).not_to_be_in_viewport()
