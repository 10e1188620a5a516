"""What is sent as a whole is not lost by a link pressed too soon: leaving asks, and after saving it does not."""

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.journeys.browser import Person, School, words

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.one_database]

REMARK = "Lớp học sôi nổi, làm bài tập đầy đủ."


def test_half_done_work_asks_before_it_is_left(school: School):
    teacher, homeroom = school.person("gvtoan"), school.person("gvcn6a")

    a_remark_half_written_asks(teacher)
    a_remark_that_is_written_does_not(teacher)
    a_roll_half_called_asks_and_a_saved_one_does_not(homeroom)
    assert not school.noise


def stays(page: Page, asked: list[str]) -> None:
    """Press a link away from the page, and answer that one stays."""

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", answer)
    before = page.url
    page.get_by_role("link", name=words("Home"), exact=True).click(no_wait_after=True)
    expect(page).to_have_url(before)


def leaves(page: Page) -> None:
    """Nobody is asked: a question would hold the page."""
    page.get_by_role("link", name=words("Home"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("location.pathname") == "/"


def a_remark_half_written_asks(teacher: Person) -> None:
    teacher.go(words("Classes"), "6A", words("Weekly remarks"))
    teacher.page.get_by_role("textbox", name=words("Remark")).press_sequentially(REMARK)
    asked: list[str] = []

    stays(teacher.page, asked)

    assert asked == ["beforeunload"]
    expect(teacher.page.get_by_role("textbox", name=words("Remark"))).to_have_value(REMARK)


def a_remark_that_is_written_does_not(teacher: Person) -> None:
    teacher.page.locator("input[name=about]").first.check()
    teacher.press(words("Write this remark"))
    expect(teacher.page.get_by_text(REMARK)).to_be_visible()

    leaves(teacher.page)


def a_roll_half_called_asks_and_a_saved_one_does_not(homeroom: Person) -> None:
    homeroom.go(words("Classes"), "6A", words("Roll call"))
    homeroom.page.locator(".roll-who").first.click()
    asked: list[str] = []

    stays(homeroom.page, asked)

    assert asked == ["beforeunload"]
    homeroom.press(words("Save the roll"))
    homeroom.page.wait_for_load_state()
    leaves(homeroom.page)
