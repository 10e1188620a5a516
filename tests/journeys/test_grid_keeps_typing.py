"""Nothing a teacher types is lost: a session that ends, a page that closes, another computer, a dead network."""

import pytest
from playwright.sync_api import Locator, expect

from schoolrecords.demonstration.staff import PASSWORD
from tests.journeys.browser import Person, School, words

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FINAL = "ĐĐGck"
SIGNED_OUT = "You are signed out. Sign in again in another tab: what you typed is kept and sent then."


def test_nothing_typed_is_lost(school: School):
    teacher = school.person("gvtoan")
    teacher.go("Toán, 6A")
    cells = teacher.page.get_by_role("textbox", name=FINAL)

    a_letter_typed_survives_a_reload(teacher, cells.nth(10))
    typing_survives_a_dead_network(teacher, cells.nth(11))
    typing_survives_the_end_of_the_session(teacher, cells.nth(12))
    two_computers_see_each_other(teacher, school.second_computer("gvtoan"), 13)
    for expected in ("status of 401", "status of 403", "ERR_INTERNET_DISCONNECTED"):
        teacher.forgive(expected)
    assert not school.noise


def type_into(person: Person, cell: Locator, text: str, key: str = "Enter") -> None:
    cell.wait_for()
    person.page.wait_for_load_state()  # before that the grid is a plain form, which keeps nothing on this computer
    cell.focus()
    person.page.keyboard.type(text)
    if key:
        person.page.keyboard.press(key)


def status(person: Person) -> Locator:
    return person.page.locator("#grid-status")


def a_letter_typed_survives_a_reload(teacher: Person, cell: Locator) -> None:
    type_into(teacher, cell, "6,5", key="")
    teacher.page.reload()

    expect(cell).to_have_value("6,5")
    expect(status(teacher)).to_contain_text(words("Everything saved at"))
    teacher.page.reload()
    expect(cell).to_have_value("6,5")


def typing_survives_a_dead_network(teacher: Person, cell: Locator) -> None:
    teacher.context.set_offline(True)
    type_into(teacher, cell, "7")
    expect(status(teacher)).to_have_text(words("Offline: not saved yet, kept on this computer"))

    teacher.context.set_offline(False)
    expect(status(teacher)).to_contain_text(words("Everything saved at"))


def typing_survives_the_end_of_the_session(teacher: Person, cell: Locator) -> None:
    """Signed out in another tab, and in again there: the first tab goes on by itself."""
    other = teacher.context.new_page()
    other.goto("/")
    other.locator("details.menu summary").click()
    other.get_by_role("button", name=words("Sign out")).click()
    type_into(teacher, cell, "8")
    expect(status(teacher)).to_contain_text(words(SIGNED_OUT))

    other.get_by_label(words("User name")).fill("gvtoan")
    other.locator("input[type=password]").fill(PASSWORD)
    other.get_by_role("button", name=words("Sign in")).click()
    expect(status(teacher)).to_contain_text(words("Everything saved at"), timeout=15_000)
    other.close()
    teacher.page.reload()
    expect(cell).to_have_value("8")


def two_computers_see_each_other(here: Person, there: Person, place: int) -> None:
    """A stale save shows what stands there now; typing the same again is a decision."""
    there.go("Toán, 6A")
    mine, theirs = (p.page.get_by_role("textbox", name=FINAL).nth(place) for p in (here, there))
    type_into(there, theirs, "5")
    expect(status(there)).to_contain_text(words("Everything saved at"))

    type_into(here, mine, "6")
    expect(mine).to_have_accessible_description(
        words("Changed meanwhile: it is now “%(now)s”. Type again to replace it.", now="5")
    )
    expect(mine).to_have_value("6")

    type_into(here, mine, "6")
    expect(mine).not_to_have_attribute("aria-invalid", "true")
    there.page.reload()
    expect(theirs).to_have_value("6")
