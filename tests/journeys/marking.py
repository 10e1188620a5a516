"""Marks in a browser: typed, refused, found again, and locked."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.browser import Person, words

FINAL, THIRD = "ĐĐGck", "ĐĐGtx 3"
WRONG = "9"
LOCK_REASON = "Hết hạn nhập điểm cuối học kỳ I lớp 6A"


def teacher_enters_marks(teacher: Person) -> list[str]:
    """By keyboard alone, from the first cell down: the third regular mark and the final of three pupils."""
    page = teacher.page
    teacher.picture("home-teacher")
    teacher.go(words("Classes"), "6A", "Toán")
    pupils: list[str] = page.locator("tbody .col-name").all_inner_texts()
    type_down(teacher, pupils[0], THIRD, ["9", "8,5", "8"])
    type_down(teacher, pupils[0], FINAL, [WRONG, "7.5", "7,5"])
    expect(cell_of(teacher, pupils[3], FINAL)).to_be_focused()

    expect(page.locator('[data-state="saved"]')).to_have_count(6)
    expect(page.locator("#grid-status")).to_contain_text(words("Everything saved at"))
    expect(cell_of(teacher, pupils[1], FINAL)).to_have_value("7,5")
    averages_are_shown_where_complete(teacher, pupils[:4])
    teacher.picture("grid-saved")
    return pupils


def type_down(teacher: Person, pupil: str, column: str, marks: list[str]) -> None:
    cell_of(teacher, pupil, column).focus()
    for mark in marks:
        teacher.page.keyboard.type(mark)
        teacher.page.keyboard.press("Enter")


def cell_of(person: Person, pupil: str, column: str) -> Locator:
    return person.page.get_by_role("textbox", name=re.compile(rf"^{pupil} {column}\b"))


def row_of(person: Person, pupil: str) -> Locator:
    named = person.page.get_by_role("rowheader", name=pupil, exact=True)
    return person.page.get_by_role("row").filter(has=named)


def averages_are_shown_where_complete(person: Person, pupils: list[str]) -> None:
    shown = {pupil: row_of(person, pupil).locator(".cell-average").inner_text() for pupil in pupils}
    assert shown == {pupil: average_of(marks_in(person, pupil)) for pupil in pupils}
    assert "" in shown.values()
    assert any(shown.values())


def marks_in(person: Person, pupil: str) -> list[str]:
    """Two regular marks, the midterm, two regular marks, the final."""
    texts: list[str] = row_of(person, pupil).evaluate(
        """row => [...row.querySelectorAll("td.cell:not(.cell-comment, .cell-average)")]
            .map(cell => cell.querySelector("input")?.value ?? cell.innerText.trim())"""
    )
    return texts


def average_of(marks: list[str]) -> str:
    """(regular + 2 midterm + 3 final) / (number of regular + 5), half up (TT 22/2021, article 9)."""
    if not all(re.fullmatch(r"\d+(,\d)?", mark) for mark in marks):
        return ""
    tenths = [round(float(mark.replace(",", ".")) * 10) for mark in marks]
    total, weight = sum(tenths) + tenths[2] + 2 * tenths[5], len(tenths) + 3
    rounded = (2 * total + weight) // (2 * weight)
    return f"{rounded // 10},{rounded % 10}"


def teacher_mistypes(teacher: Person, pupil: str) -> None:
    cell = cell_of(teacher, pupil, "ĐĐGtx 4")
    was = cell.input_value()
    cell.focus()
    teacher.page.keyboard.type("85")
    teacher.page.keyboard.press("Enter")

    expect(cell).to_have_attribute("aria-invalid", "true")
    expect(cell).to_have_accessible_description(words("A mark is between 0 and 10."))
    expect(cell).to_have_value("85")
    expect(teacher.page.locator("#grid-status")).to_have_text(words("Some cells were not saved"))
    teacher.picture("grid-refused")

    teacher.page.reload()
    expect(cell).to_have_value("85")
    expect(cell).to_have_attribute("aria-invalid", "true")
    cell.focus()
    teacher.page.keyboard.press("Escape")
    teacher.page.keyboard.press("Enter")
    expect(cell).to_have_value(was)
    expect(cell).not_to_have_attribute("aria-invalid", "true")


def teacher_finds_the_marks_again(teacher: Person, pupils: list[str]) -> None:
    expect(cell_of(teacher, pupils[0], FINAL)).to_have_value(WRONG)
    expect(cell_of(teacher, pupils[2], FINAL)).to_have_value("7,5")
    averages_are_shown_where_complete(teacher, pupils[:4])
    teacher.picture("grid")


def principal_orders_the_lock(principal: Person) -> None:
    page = principal.page
    principal.go(words("Lock board"), words("Give an order"))
    page.get_by_label(words("Lock"), exact=True).check()
    page.get_by_label(words("Period")).select_option(label="Cuối học kỳ I")
    page.get_by_label(words("For"), exact=True).select_option(label=words("Class %(name)s", name="6A"))
    page.get_by_label(words("Reason")).fill(LOCK_REASON)
    principal.press(words("Look what is still missing"))
    principal.picture("lock-order")
    principal.press(words("Give the order"))
    expect(page.locator(".facts")).to_contain_text(words("waiting"))


def administrator_executes_it(administrator: Person) -> None:
    administrator.picture("home-administrator")
    administrator.go(words("Lock board"))
    administrator.page.get_by_role("row").filter(has_text=LOCK_REASON).get_by_role("link").click()
    administrator.press(words("Execute"))
    expect(administrator.page.locator(".facts")).to_contain_text(words("executed"))
    administrator.go(words("Lock board"))
    administrator.picture("lock-board")


def teacher_comes_too_late(teacher: Person, pupil: str) -> None:
    cell = cell_of(teacher, pupil, FINAL)
    cell.focus()
    teacher.page.keyboard.type("6")
    teacher.page.keyboard.press("Enter")

    expect(cell).to_have_attribute("aria-invalid", "true")
    expect(cell).to_have_accessible_description(re.compile(re.escape(words("The book is locked."))))
    expect(cell).to_have_value("6")
    cell.focus()
    teacher.picture("grid-locked-meanwhile")
    cell.focus()
    row_of(teacher, pupil).locator(".cell-problem").get_by_role("link").click()
    expect(teacher.page.get_by_label(words("New value"))).to_have_value("6")


def teacher_without_scripts_comes_too_late(teacher: Person, pupil: str) -> None:
    cell_of(teacher, pupil, FINAL).fill("5,5")
    teacher.press(words("Save"))

    row = row_of(teacher, pupil)
    expect(row.locator(".cell-problem")).to_contain_text("5,5")
    expect(row.locator(".cell-problem")).to_contain_text(words("The book is locked."))
    assert "5,5" not in marks_in_text(row)
    teacher.picture("grid-no-scripts-refused")
    teacher.forgive("status of 422")


def marks_in_text(row: Locator) -> list[str]:
    texts: list[str] = row.evaluate(
        "row => [...row.querySelectorAll('td.cell')].map(cell => cell.firstChild?.nodeValue?.trim() ?? '')"
    )
    return texts
