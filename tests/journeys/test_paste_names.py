"""A block pasted from Excel in which a name is spelt otherwise than on the roll: nothing goes to a child by mistake."""

import pytest
from playwright.sync_api import expect

from tests.cast import PUPILS, Cast, signed_in
from tests.journeys import axe
from tests.journeys.alone import HOME, Answers, asked, serve

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.one_database]

PASTE = """(text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
}"""


@pytest.fixture
def sheet(cast: Cast, client) -> tuple[str, Answers]:
    address = f"/courses/{cast.maths['6A'].pk}/semester-1/"
    return HOME + address, asked(signed_in(client, cast.toan), address)


@pytest.fixture
def page(sheet, browser):
    page = browser.new_page()
    address, answers = sheet
    serve(page, answers)
    page.goto(address)
    return page


def test_a_row_whose_name_is_spelt_otherwise_waits_for_a_tick(page):
    cells = page.locator("tbody tr td:nth-child(3) input.cell-input")
    cells.first.focus()
    names = [PUPILS[0], "Le Thi Anh", "Phạm Gia Bính"]
    page.evaluate(PASTE, "\n".join(f"{name}\t{mark}" for name, mark in zip(names, (9, 8, 7), strict=True)))

    preview = page.locator("#grid-paste")
    expect(preview.locator("td.paste-doubtful")).to_have_count(2)
    assert axe.found(page, "paste of names spelt otherwise") == []
    preview.get_by_role("checkbox", name=names[1]).check()
    expect(preview.locator("td.paste-doubtful")).to_have_count(1)
    preview.locator("[data-part=apply]").click()

    expect(cells.nth(1)).to_have_value("8")
    assert [cells.nth(row).input_value() for row in range(3)] == ["9", "8", ""]


def test_all_such_rows_are_taken_by_one_tick(page):
    cells = page.locator("tbody tr td:nth-child(3) input.cell-input")
    cells.first.focus()
    page.evaluate(PASTE, "Tran Bao An\t9\nLe Thi Anh\t8")

    preview = page.locator("#grid-paste")
    expect(preview.locator("[data-part=apply]")).to_be_disabled()
    preview.locator("[data-part=notes]").get_by_role("checkbox").check()
    preview.locator("[data-part=apply]").click()

    expect(cells.nth(1)).to_have_value("8")
