"""The grid is a spreadsheet to the hand: a whole evening's work by keyboard alone."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.axe import PHONE, WIDE
from tests.journeys.browser import Person, School, words

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.one_database]

FIRST, SECOND, FINAL = "ĐĐGtx 3", "ĐĐGtx 4", "ĐĐGck"
COMMENT = "Nhận xét"
LOCKED = ["ĐĐGtx 1", "ĐĐGtx 2", "ĐĐGgk"]


def test_a_class_is_marked_by_keyboard_alone(school: School):
    teacher = school.person("gvtoan")
    teacher.context.grant_permissions(["clipboard-read", "clipboard-write"])
    teacher.go("Toán, 6A")
    teacher.page.wait_for_load_state()
    names = teacher.page.locator("tbody th.col-name").all_inner_texts()

    a_whole_column_is_typed_from_pupil_to_pupil(teacher, len(names))
    a_wrong_value_is_refused_at_once_and_undone(teacher)
    an_undone_value_leaves_no_sign(teacher)
    a_block_is_pasted_by_name(teacher, names)
    the_paste_is_undone_and_done_again(teacher)
    a_range_is_filled_and_copied(teacher)
    only_the_empty_cells_of_a_column_are_filled(teacher, len(names))
    a_comment_keeps_its_lines(teacher)
    the_keys_are_listed(teacher)
    locked_cells_are_asked_for_together(teacher)
    a_phone_shows_one_column_at_a_time(teacher)
    conduct_saves_itself_from_pupil_to_pupil(school.person("gvcn6a"))
    assert not school.noise


def column(person: Person, name: str) -> Locator:
    return person.page.get_by_role("textbox", name=name)


def values(person: Person, name: str) -> list[str]:
    cells: list[str] = column(person, name).evaluate_all("cells => cells.map(cell => cell.value)")
    return cells


def keys(person: Person, *names: str) -> None:
    for name in names:
        person.page.keyboard.press(name)


def saved(person: Person) -> None:
    expect(person.page.locator("#grid-status")).to_contain_text(words("Everything saved at"))


def reloaded(person: Person, name: str) -> list[str]:
    """What the book says, not the page."""
    saved(person)
    person.page.reload()
    person.page.wait_for_load_state()
    return values(person, name)


def a_whole_column_is_typed_from_pupil_to_pupil(teacher: Person, pupils: int) -> None:
    marks = [str(5 + place % 6) for place in range(pupils)]
    while not teacher.page.evaluate("document.activeElement.matches('.cell-input')"):
        keys(teacher, "Tab")
    expect(column(teacher, FIRST).first).to_be_focused()

    for mark in marks:
        teacher.page.keyboard.type(mark)
        keys(teacher, "Enter")

    expect(column(teacher, SECOND).first).to_be_focused()
    expect(teacher.page.locator("#grid-place")).to_contain_text(SECOND)
    assert reloaded(teacher, FIRST) == marks


def a_wrong_value_is_refused_at_once_and_undone(teacher: Person) -> None:
    cell = column(teacher, FINAL).nth(3)
    before = cell.input_value()
    cell.focus()
    teacher.context.set_offline(True)  # the page says it without the server
    teacher.page.keyboard.type("85")
    keys(teacher, "Enter")
    expect(cell).to_have_accessible_description(words("A mark is between 0 and 10."))
    teacher.context.set_offline(False)

    expect(teacher.page.locator("#grid-status")).to_have_text(words("Some cells were not saved"))
    keys(teacher, "Control+z")
    expect(cell).to_have_value(before)
    expect(cell).to_be_focused()
    saved(teacher)
    teacher.forgive("ERR_INTERNET_DISCONNECTED")


def paste(person: Person, rows: list[list[str]]) -> Locator:
    text = "\n".join("\t".join(row) for row in rows)
    person.page.evaluate("text => navigator.clipboard.writeText(text)", text)
    keys(person, "Control+v")
    return person.page.get_by_role("dialog")


def an_undone_value_leaves_no_sign(teacher: Person) -> None:
    cell = column(teacher, FINAL).nth(3)
    place = cell.locator("..")
    cell.focus()
    teacher.page.keyboard.type("8")
    keys(teacher, "Enter")
    expect(place).to_have_attribute("data-state", "saved")

    keys(teacher, "Control+z")
    expect(cell).to_have_value("")
    expect(place).not_to_have_attribute("data-state", re.compile("."))
    saved(teacher)


def a_block_is_pasted_by_name(teacher: Person, names: list[str]) -> None:
    """44 rows in another order, a numbering, capitals, one stranger, one bad value, three locked columns."""
    rows = [["STT", "Họ và tên", *LOCKED, FIRST, SECOND, FINAL]]
    for number, name in enumerate(reversed(names), start=1):
        rows.append([str(number), name.upper(), "", "", "1.5", "9,5", "8.5", "7"])
    rows[2][1] = "Hồ Xuân Lạ"
    rows[5][7] = "tám"
    column(teacher, FIRST).first.focus()

    preview = paste(teacher, rows)

    count = len(names)
    expect(preview).to_contain_text(
        words("Rows without a pupil of this class: %(count)s. They are not applied.", count=1)
    )
    refused = words("%(count)s cannot be applied", count=(count - 1) + 4 + 1)
    expect(preview.locator("[data-part=counts]")).to_contain_text(refused)
    expect(preview.get_by_role("row", name="Hồ Xuân Lạ")).to_contain_text(words("Not in this class"))
    teacher.picture("grid-paste")
    assert values(teacher, FIRST)[0] != "9,5"
    keys(teacher, "Enter")

    expect(preview).to_be_hidden()
    pasted = reloaded(teacher, FIRST)
    strange, wrong = count - 2, count - 5
    assert [place for place, text in enumerate(pasted) if text != "9,5"] == [strange]
    finals = values(teacher, FINAL)
    assert [place for place, text in enumerate(finals) if text != "7"] == sorted([wrong, strange])


def the_paste_is_undone_and_done_again(teacher: Person) -> None:
    cells = column(teacher, FINAL)
    before = values(teacher, FINAL)
    cells.first.focus()
    preview = paste(teacher, [["1"], ["2"], ["3,5"]])
    expect(preview).to_contain_text(words("%(count)s replace a value", count=3))
    keys(teacher, "Enter")
    expect(preview).to_be_hidden()
    assert values(teacher, FINAL)[:3] == ["1", "2", "3,5"]

    keys(teacher, "Control+z")
    assert values(teacher, FINAL) == before
    keys(teacher, "Control+y")
    assert reloaded(teacher, FINAL)[:3] == ["1", "2", "3,5"]


def a_range_is_filled_and_copied(teacher: Person) -> None:
    column(teacher, FIRST).first.focus()
    teacher.page.keyboard.type("6")
    keys(
        teacher, "ArrowDown", "ArrowUp", "Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowRight", "Control+d"
    )
    assert values(teacher, FIRST)[:3] == ["6", "6", "6"]
    keys(teacher, "Control+c")
    second = values(teacher, SECOND)[0]
    assert teacher.page.evaluate("navigator.clipboard.readText()") == "\n".join([f"6\t{second}"] * 3)

    keys(teacher, "Delete")
    assert values(teacher, FIRST)[:3] == ["", "", ""]
    teacher.page.keyboard.type("7")
    keys(teacher, "Control+Enter")
    assert reloaded(teacher, FIRST)[:4] == ["7", "7", "7", "9,5"]


def only_the_empty_cells_of_a_column_are_filled(teacher: Person, pupils: int) -> None:
    empty = values(teacher, FINAL).count("")
    column(teacher, FINAL).first.focus()
    teacher.page.get_by_role("button", name=words("Fill empty cells…")).focus()
    keys(teacher, "Enter")
    dialog = teacher.page.get_by_role("dialog")
    expect(dialog).to_contain_text(FINAL)
    teacher.page.keyboard.type("11")
    keys(teacher, "Enter")
    expect(dialog).to_contain_text(words("A mark is between 0 and 10."))
    teacher.picture("grid-fill")
    keys(teacher, "Control+a")
    teacher.page.keyboard.type("5,5")
    keys(teacher, "Enter")

    filled = reloaded(teacher, FINAL)
    assert (filled.count("5,5"), len(filled)) == (empty, pupils)


def a_comment_keeps_its_lines(teacher: Person) -> None:
    cell = column(teacher, COMMENT).first
    cell.focus()
    teacher.page.keyboard.type("Em học đều.")
    keys(teacher, "Alt+Enter")
    teacher.page.keyboard.type("Cố gắng thêm?")
    keys(teacher, "Enter")
    expect(column(teacher, COMMENT).nth(1)).to_be_focused()
    teacher.page.keyboard.type("bỏ")
    keys(teacher, "Escape", "ArrowUp", "F2", "ArrowLeft", "Delete", "Enter")

    assert reloaded(teacher, COMMENT)[:2] == ["Em học đều.\nCố gắng thêm", ""]


def the_keys_are_listed(teacher: Person) -> None:
    teacher.press(words("Keys"))
    expect(teacher.page.get_by_role("dialog", name=words("Keys of the sheet"))).to_be_visible()
    teacher.picture("grid-keys")
    keys(teacher, "Escape")


def locked_cells_are_asked_for_together(teacher: Person) -> None:
    """Two pupils, two columns: drawn with Shift, and the effect seen without losing the file that was chosen."""
    page = teacher.page
    page.locator("a.cell-request").first.focus()
    keys(teacher, "Shift+ArrowDown", "Shift+ArrowRight")
    button = page.locator("#grid-request")
    expect(button).to_contain_text("(4)")
    button.press("Enter")

    fields = page.locator("input[name^=new-]")
    expect(fields).to_have_count(4)
    for place in range(4):
        fields.nth(place).fill("6,5")
    evidence = page.get_by_label(words("Evidence"))
    evidence.set_input_files({"name": "so-diem.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-"})
    page.locator("#look button").press("Enter")
    expect(page.locator("#effects")).to_be_visible()
    assert evidence.evaluate("input => input.files.length") == 1
    teacher.picture("request-many")
    page.go_back()
    page.wait_for_load_state()


def a_phone_shows_one_column_at_a_time(teacher: Person) -> None:
    teacher.page.set_viewport_size(PHONE)
    chooser = teacher.page.get_by_label(words("Column"))
    expect(column(teacher, COMMENT).first).to_be_visible()
    chooser.select_option(label=f"{FINAL} · Cuối học kỳ I")
    expect(column(teacher, FINAL)).not_to_have_count(0)
    expect(column(teacher, COMMENT)).to_have_count(0)
    teacher.picture("grid-one-column")

    teacher.page.set_viewport_size(WIDE)
    expect(column(teacher, COMMENT).first).to_be_visible()


def conduct_saves_itself_from_pupil_to_pupil(homeroom: Person) -> None:
    """A sheet without averages: its answers change nothing but the cells."""
    homeroom.go("Chủ nhiệm, 6A")
    homeroom.page.wait_for_load_state()
    column(homeroom, "Rèn luyện").first.focus()
    for level in ("Đ", "K", "Đ"):
        homeroom.page.keyboard.type(level)
        keys(homeroom, "Enter")
    expect(homeroom.page.locator('[data-state="saving"], [data-state="waiting"]')).to_have_count(0)
    assert reloaded(homeroom, "Rèn luyện")[:3] == ["Đ", "K", "Đ"]
