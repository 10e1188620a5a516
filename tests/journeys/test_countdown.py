"""The hour at which a book locks, on a sheet that stays open: time passes, and the page says what is left of it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from gradebook.countdown import left
from tests.cast import Cast, signed_in
from tests.gradebook.windows.books import ordered
from tests.journeys.alone import HOME, Answers, asked, serve

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.one_database]

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OPENED = timezone.now()
LOCKS = OPENED + 49 * HOUR + 10.5 * MINUTE


@pytest.fixture
def sheet(cast: Cast, client, monkeypatch) -> tuple[str, Answers]:
    ordered(cast, effective_at=LOCKS)
    monkeypatch.setattr("django.utils.timezone.now", lambda: OPENED)
    address = f"/courses/{cast.maths['6A'].pk}/semester-1/"
    return HOME + address, asked(signed_in(client, cast.toan), address)


@pytest.fixture
def page(sheet, browser) -> Page:
    page: Page = browser.new_page()
    address, answers = sheet
    serve(page, answers)
    page.clock.install(time=OPENED)
    page.goto(address)
    return page


def test_what_is_left_goes_down_in_the_words_of_the_server(page):
    line = page.locator("[data-until]")
    expect(line).to_have_text(left(LOCKS, OPENED))

    moment = OPENED
    for step in (HOUR, HOUR, 45 * HOUR + 30 * MINUTE, 90 * MINUTE, 5 * HOUR):
        moment += step
        page.clock.fast_forward(step.total_seconds() * 1000)
        expect(line).to_have_text(left(LOCKS, moment))
