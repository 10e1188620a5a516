"""A comment chosen from the bank by keyboard alone: the page of the portal in a browser, without a server."""

import re
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Locator, Page, expect

from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.phrases import Wording, add_phrases
from gradebook.models import Column
from tests.cast import PUPILS, signed_in
from tests.journeys import axe
from tests.journeys.alone import HOME, Answers, asked, serve
from tests.journeys.browser import words

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.one_database]

AN, ANH = 0, 1


@pytest.fixture
def answers(cast, client) -> Answers:
    """What the portal says, asked before the browser starts: An has all marks, Ánh none."""
    cast.execute("open", "CK1")
    an, course = cast.pupils["6A"][0].pk, cast.maths["6A"]
    for period in ("GK1", "CK1"):
        columns = Column.objects.filter(course=course, period__code=period).exclude(kind="comment")
        edits = [Edit(an, column.pk, "8,5", 0) for column in columns]
        save_marks(course=course, edits=edits, by=cast.toan, origin="page")
    wordings = [
        Wording("{tên} tính toán nhanh.", standing="good"),
        Wording("{tên} đạt {điểm}.", standing="good"),
        Wording("Cần ôn tập thêm.", standing="weak"),
    ]
    add_phrases(wordings=wordings, by=cast.toan)
    sheet = f"/courses/{course.pk}/semester-1/"
    return asked(signed_in(client, cast.toan), sheet, f"{sheet}phrases/")


@pytest.fixture
def page(answers, browser) -> Page:
    page: Page = browser.new_page()
    serve(page, answers)
    page.goto(HOME + next(iter(answers)))
    return page


def comment(page: Page, row: int) -> Locator:
    return page.locator("textarea.cell-input").nth(row)


def test_a_phrase_is_typed_at_the_caret_saved_and_undone(page):
    an = comment(page, AN)
    an.focus()
    page.keyboard.type("Chăm.")
    page.keyboard.press("Control+Space")
    expect(page.locator("#phrase-standing")).to_have_value("good")
    assert options(page) == ["An tính toán nhanh.", "An đạt 8,5."]
    assert axe.found(page, "phrases") == []
    page.keyboard.type("toan nhanh")
    expect(phrases(page)).to_have_count(1)
    page.keyboard.press("Enter")

    expect(an).to_be_focused()
    expect(an).to_have_value("Chăm. An tính toán nhanh.")
    page.keyboard.type(" Giỏi.")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        comment(page, ANH).focus()
    assert ["Chăm. An tính toán nhanh. Giỏi."] in parse_qs(sent.value.post_data or "").values()
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(an).to_have_value("Chăm.")


def test_empty_comments_are_filled_after_a_look_at_them(page):
    comment(page, AN).fill("Chăm.")
    comment(page, ANH).focus()
    page.keyboard.press("Control+Space")
    expect(phrases(page)).to_have_count(3)
    page.keyboard.type("on tap")
    page.locator("#phrase-picker [data-act=fill]").click()

    lines = page.locator("#phrase-fill li")
    expect(lines).to_have_text([re.compile(f"{name} Cần ôn tập thêm.") for name in PUPILS[1:]])
    assert axe.found(page, "phrases to fill in") == []
    page.locator("#phrase-fill [data-act=all]").click()
    lines.last.get_by_role("checkbox").uncheck()
    assert [comment(page, row).input_value() for row in range(5)] == ["Chăm.", "", "", "", ""]
    page.locator("#phrase-fill [value=apply]").click()

    expect(comment(page, 3)).to_have_value("Cần ôn tập thêm.")
    texts = [comment(page, row).input_value() for row in range(5)]
    assert texts == ["Chăm.", *["Cần ôn tập thêm."] * 3, ""]


def test_only_whom_a_phrase_certainly_suits_is_ticked_and_of_the_others_it_says_why(page):
    comment(page, AN).focus()
    page.keyboard.press("Control+Space")
    expect(phrases(page)).to_have_count(2)
    page.locator("#phrase-standing").select_option("")
    page.locator("#phrase-words").fill("toan nhanh")
    page.locator("#phrase-picker [data-act=fill]").click()

    lines = page.locator("#phrase-fill li")
    expect(lines).to_have_count(5)
    ticked = [line.get_by_role("checkbox").is_checked() for line in lines.all()]
    assert ticked == [True, False, False, False, False]
    expect(lines.nth(ANH).locator("small")).to_have_text(words("no mark or level yet"))
    expect(lines.nth(AN).locator("small")).to_have_count(0)
    expect(page.locator("#phrase-fill [value=apply]")).to_contain_text("1")


def test_a_phrase_with_a_gap_is_not_taken(page):
    anh = comment(page, ANH)
    anh.focus()
    page.keyboard.press("Control+Space")
    expect(phrases(page)).to_have_count(3)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("#phrase-list [aria-selected=true]")).to_contain_text("Ánh đạt {điểm}.")
    page.keyboard.press("Escape")
    expect(anh).to_be_focused()
    expect(anh).to_have_value("")


def phrases(page: Page) -> Locator:
    return page.locator("#phrase-list > li")


def options(page: Page) -> list[str]:
    texts: list[str] = phrases(page).evaluate_all("all => all.map(one => one.firstChild.textContent)")
    return texts
