"""Nothing a teacher types is lost, and nothing is said to be saved that is not: a session that ends, a page that
closes, another computer, another person, a dead network, a server in trouble, a book that is locked meanwhile."""

import re

import pytest
from playwright.sync_api import Locator, expect

from schoolrecords.demonstration.staff import PASSWORD
from tests.journeys.browser import Person, School, words
from tests.journeys.portal import Portal

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.one_database]

BOOK, FINAL = "Toán, 6A", "ĐĐGck"
SAVED = "Everything saved at"
EXPIRED = "You are signed out. What you typed is kept on this computer and sent once you are back."
TROUBLE = "The portal is in trouble: not saved yet, kept on this computer and tried again"
LOCKED = (
    "The book was locked meanwhile: what you typed last was not saved. "
    "Request a correction at each of these cells."
)
LOCK = """
from accounts.models import User
from gradebook.actions.windows import execute_lock_order, order_lock
from gradebook.models import Course
course = Course.objects.select_related("school_class").get(pk={course})
period = course.windows.filter(is_open=True).first().period
people = {{user.username: user for user in User.objects.all()}}
order = order_lock(
    period=period, act="lock", reason="kế hoạch", by=people["hieutruong"], school_class=course.school_class
)
execute_lock_order(order=order, by=people["quantri"])
"""


def test_nothing_typed_is_lost(school: School, portal: Portal):
    teacher = school.person("gvtoan")
    teacher.go(BOOK)
    elsewhere = school.second_computer("gvtoan")
    elsewhere.go(BOOK)
    cells = teacher.page.get_by_role("textbox", name=FINAL)

    a_letter_typed_survives_a_reload(teacher, cells.nth(10))
    typing_survives_a_dead_network(teacher, cells.nth(11))
    typing_survives_a_server_in_trouble(teacher, cells.nth(12))
    signing_in_again_in_place_sends_what_was_typed(teacher, cells.nth(13))
    another_person_never_sends_what_the_first_one_typed(teacher, cells.nth(14))
    two_computers_see_each_other(teacher, elsewhere, 15)
    a_closed_laptop_does_not_overwrite_what_was_changed_since(teacher, elsewhere, 16)
    an_earlier_value_is_put_back_from_the_history(teacher, cells.nth(15))
    a_lock_while_typing_leads_to_a_correction(teacher, portal, cells.nth(17), cells.nth(18))
    for expected in (
        "status of 401",
        "status of 403",
        "status of 409",
        "status of 503",
        "ERR_INTERNET_DISCONNECTED",
    ):
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


def expect_saved(person: Person) -> None:
    expect(status(person)).to_contain_text(words(SAVED), timeout=20_000)


def a_letter_typed_survives_a_reload(teacher: Person, cell: Locator) -> None:
    type_into(teacher, cell, "6,5", key="")
    teacher.page.reload()

    expect(cell).to_have_value("6,5")
    expect_saved(teacher)
    teacher.page.reload()
    expect(cell).to_have_value("6,5")


def typing_survives_a_dead_network(teacher: Person, cell: Locator) -> None:
    teacher.context.set_offline(True)
    type_into(teacher, cell, "7")
    expect(status(teacher)).to_have_text(words("Offline: not saved yet, kept on this computer"))
    teacher.picture("grid-offline")

    teacher.context.set_offline(False)
    expect_saved(teacher)


def typing_survives_a_server_in_trouble(teacher: Person, cell: Locator) -> None:
    teacher.page.route("**/save/", lambda route: route.fulfill(status=503))
    type_into(teacher, cell, "7,5")
    expect(status(teacher)).to_have_text(words(TROUBLE))

    teacher.page.unroute("**/save/")
    expect_saved(teacher)


def signing_in_again_in_place_sends_what_was_typed(teacher: Person, cell: Locator) -> None:
    other = teacher.context.new_page()
    sign_out(other)
    type_into(teacher, cell, "8")
    expect(status(teacher)).to_have_text(words(EXPIRED))
    teacher.picture("grid-signed-out")

    teacher.press(words("Sign in"))
    panel = teacher.page.get_by_role("dialog")
    panel.locator("input[type=password]").fill("sai-mat-khau-roi")
    teacher.page.keyboard.press("Enter")
    expect(panel.get_by_role("alert").first).to_be_visible()
    panel.locator("input[type=password]").fill(PASSWORD)
    teacher.picture("grid-sign-in")
    teacher.press(words("Sign in"), inside=panel)

    expect_saved(teacher)
    expect(panel).to_be_hidden()
    other.close()
    teacher.page.reload()
    expect(cell).to_have_value("8")


def another_person_never_sends_what_the_first_one_typed(teacher: Person, cell: Locator) -> None:
    """The homeroom teacher signs in in another tab; the drafts wait until their owner is back."""
    other = teacher.context.new_page()
    sign_out(other)
    sign_in(other, "gvcn6a")
    type_into(teacher, cell, "9")
    expect(status(teacher)).to_contain_text("Hà Thị Thu Vân")
    teacher.picture("grid-another-person")

    sign_out(other)
    sign_in(other, "gvtoan")
    expect(status(teacher)).to_contain_text(words(SAVED), timeout=30_000)
    other.close()


def two_computers_see_each_other(here: Person, there: Person, place: int) -> None:
    """A stale save shows both values, who wrote and when; the keyboard decides."""
    mine, theirs = (p.page.get_by_role("textbox", name=FINAL).nth(place) for p in (here, there))
    type_into(there, theirs, "5")
    expect_saved(there)

    type_into(here, mine, "6", key="Tab")
    mine.focus()
    expect(here.page.locator(".cell-problem")).to_contain_text("“5”")
    expect(here.page.locator(".cell-problem")).to_contain_text("Phạm Văn Thắng")
    expect(mine).to_have_value("6")
    here.picture("grid-conflict")
    mine.focus()
    here.page.keyboard.press("Control+Enter")
    expect_saved(here)
    there.page.reload()
    expect(theirs).to_have_value("6")

    type_into(here, mine, "7")
    expect_saved(here)
    type_into(there, theirs, "4", key="Tab")
    there.page.get_by_role("button", name=words("Go to the cell that was not saved")).click()
    there.press(words("Keep theirs"))
    expect(theirs).to_have_value("7")
    expect(theirs).not_to_have_attribute("aria-invalid", "true")


def a_closed_laptop_does_not_overwrite_what_was_changed_since(
    here: Person, there: Person, place: int
) -> None:
    mine, theirs = (p.page.get_by_role("textbox", name=FINAL).nth(place) for p in (here, there))
    address = here.page.url
    here.context.set_offline(True)
    type_into(here, mine, "3")
    expect(status(here)).to_have_text(words("Offline: not saved yet, kept on this computer"))
    type_into(there, theirs, "10")
    expect_saved(there)
    here.page.goto("about:blank")

    here.context.set_offline(False)
    here.page.goto(address)
    expect(mine).to_have_accessible_description(re.compile("“10”"))
    expect(mine).to_have_value("3")
    mine.focus()
    here.page.keyboard.press("Escape")
    expect(mine).to_have_value("10")


def an_earlier_value_is_put_back_from_the_history(teacher: Person, cell: Locator) -> None:
    cell.focus()
    teacher.page.keyboard.press("Control+H")
    panel = teacher.page.get_by_role("dialog")
    expect(panel.get_by_role("listitem")).to_have_count(3)
    teacher.picture("grid-history")
    panel.get_by_role("button", name=words("Put this value back")).last.click()

    expect(cell).to_have_value("5")
    expect_saved(teacher)


def a_lock_while_typing_leads_to_a_correction(
    teacher: Person, portal: Portal, cell: Locator, other: Locator
) -> None:
    course = teacher.page.url.split("/courses/")[1].split("/")[0]
    typed, unsaved = cell.element_handle(), other.element_handle()
    type_into(teacher, cell, "9,5", key="")
    done = portal.manage("shell", "-v0", "-c", LOCK.format(course=course))
    assert done.returncode == 0, done.stderr
    teacher.page.keyboard.press("Enter")

    expect(status(teacher)).to_have_text(words(LOCKED))
    assert typed is not None
    assert unsaved is not None
    assert typed.input_value() == "9,5"
    assert not unsaved.is_editable()
    teacher.picture("grid-locked")
    teacher.page.reload()
    place = teacher.page.locator('.cell[data-state="refused"]')
    expect(place).to_contain_text("“9,5”")
    place.get_by_role("link", name=words("Request a correction")).last.click()
    expect(teacher.page.locator("[name^=new-]")).to_have_value("9,5")


def sign_out(page) -> None:
    page.goto("/")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name=words("Sign out")).click()


def sign_in(page, username: str) -> None:
    page.get_by_label(words("User name")).fill(username)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name=words("Sign in")).click()
    page.wait_for_url("**/")
