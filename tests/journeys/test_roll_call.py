"""The roll on a phone: what the lower edge counts while letters are tapped."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.cast import signed_in
from tests.journeys.alone import HOME, Answers, asked, serve
from tests.journeys.browser import words

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COUNTS = "{all} pupils: {here} present · {away} absent"
WITH_LATE = "{all} pupils: {here} present ({late} late) · {away} absent"


@pytest.fixture
def roll(cast, client, monkeypatch) -> tuple[str, Answers]:
    """What the portal says, asked before the browser starts."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_, **__: date(2026, 11, 27))
    address = f"/classes/{cast.classes['6A'].pk}/roll/"
    return address, asked(signed_in(client, cast.mai), address)


@pytest.fixture
def page(roll, browser) -> Page:
    address, answers = roll
    page: Page = browser.new_page()
    serve(page, answers)
    page.goto(HOME + address)
    return page


def letter(page: Page, pupil: int, chosen: str) -> None:
    page.locator(".roll-line").nth(pupil).locator(f"[data-letter={chosen}] input").check(force=True)


def test_present_and_absent_together_are_the_roll_whoever_came_late(page):
    counts = page.locator("#roll-counts")
    expect(counts).to_have_text(words(COUNTS).format(all=5, here=5, away=0))

    letter(page, 0, "M")
    letter(page, 1, "K")

    expect(counts).to_have_text(words(WITH_LATE).format(all=5, here=4, away=1, late=1))
