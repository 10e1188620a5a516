"""The grid after a request for a correction: the cell says that it waits and leads to the dossier."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.cast import Cast, signed_in
from tests.corrections.scene import Scene
from tests.journeys import axe
from tests.journeys.alone import HOME, Answers, asked, serve

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.one_database]


READERS = ["toan", "hanh"]


@dataclass
class Told:
    """What the portal says to each reader, asked before the browser starts."""

    sheet: str
    dossier: str
    pupil: str
    answers: dict[str, Answers]


@pytest.fixture
def told(cast: Cast, client) -> Told:
    scene = Scene.locked(cast)
    dossier = f"/corrections/{scene.submit().pk}/"
    sheet = f"/courses/{scene.course.pk}/semester-1/"
    waiting = f"/corrections/courses/{scene.course.pk}/waiting/"
    answers = {name: asked(signed_in(client, cast.people[name]), sheet, waiting, dossier) for name in READERS}
    return Told(sheet, dossier, scene.enrolment.student.full_name, answers)


@pytest.mark.parametrize("reader", READERS)
def test_a_cell_that_waits_says_so_and_leads_to_its_dossier(told, browser, reader):
    page = browser.new_page()
    serve(page, told.answers[reader])
    page.goto(HOME + told.sheet)

    link = page.get_by_role("link", name=re.compile(f"1.2026-2027: .* {told.pupil} "))
    expect(link).to_have_count(1)
    expect(page.locator('.mark-grid .cell[data-state="waiting"]')).to_have_count(1)
    expect(page.locator("#grid-waiting")).to_be_visible()
    assert axe.found(page, f"waiting cells, {reader}") == []
    link.click()

    expect(page).to_have_url(HOME + told.dossier)
