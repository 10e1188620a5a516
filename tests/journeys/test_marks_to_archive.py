"""A class list, marks, a lock, a correction, the printed book and its check: one story through the whole portal."""

import hashlib
import io
import re
import subprocess
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from schoolrecords.demonstration.staff import PASSWORD
from tests.journeys import class_list
from tests.journeys.browser import Person, School, words
from tests.journeys.portal import Portal

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FINAL, THIRD = "ĐĐGck", "ĐĐGtx 3"
WRONG, RIGHT = "9", "9,7"
REASON = "Vào điểm nhầm: bài cuối kỳ của em được 9,7."
LOCK_REASON = "Hết hạn nhập điểm cuối học kỳ I lớp 6A"
RENDERING_MILLISECONDS = 240_000


@pytest.mark.duty("S0-33", "S1-72", "S1-87", "S2-29", "S3-36", "S3-37", "S3-60")
def test_from_the_class_list_to_the_archive(school: School, portal: Portal):
    clerk_imports_a_class_list(school.person("vanthu"))

    teacher, principal, administrator = map(school.person, ("gvtoan", "hieutruong", "quantri"))
    pupils = teacher_enters_marks(teacher)
    teacher_mistypes(teacher, pupils[0])
    teacher_finds_the_marks_again(teacher, pupils)

    second_computer = school.without_scripts("gvtoan")
    second_computer.page.goto(teacher.page.url)
    principal_orders_the_lock(principal)
    administrator_executes_it(administrator)
    teacher_comes_too_late(teacher, pupils[3])
    teacher_without_scripts_comes_too_late(second_computer, pupils[4])

    averages = teacher_requests_a_correction(teacher, pupils[0])
    dossier = teacher.page.url
    principal_approves(principal, dossier)
    administrator_carries_it_out(administrator, teacher, dossier)
    everybody_sees_what_was_changed(principal, dossier, averages)
    principal_reads_the_history_of_the_cell(principal, pupils[0])
    teacher_still_finds_the_book_locked(teacher)

    clerk = school.person("vanthu")
    first = clerk_prints_the_book(clerk, words("Print the book"))
    the_book_holds_the_class(first, pupils, averages[1])
    first_page = clerk.page.url
    second = clerk_prints_the_book(clerk, words("Print again"))
    assert sha256(clerk_downloads(clerk, first_page)) == sha256(first) != sha256(second)

    principal_checks_the_archive(principal, clerk.page.url, portal)
    one_byte_is_changed(portal.archived_file(sha256(second)))
    everybody_notices(principal, clerk.page.url, portal)
    anybody_with_a_printed_page_can_check_it(school, clerk, [first_page, clerk.page.url], pupils)

    assert school.noise == []


# 1. The class list


def clerk_imports_a_class_list(clerk: Person) -> None:
    page = clerk.page
    clerk.picture("home-clerk")
    clerk.go(words("Import"))
    page.locator("main").get_by_role("link", name=words("Pupils"), exact=True).click()
    page.get_by_label(words("Excel file")).set_input_files(
        {
            "name": "Danh sách chuyển đến 9A.xlsx",
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": class_list.transfer_list("9A"),
        }
    )
    clerk.press(words("Check the file"))

    assert tally(page.locator(".tally")) == ["4", "3", "0", "0", "1"]
    refused = page.get_by_role("region", name=words("Refused"))
    expect(refused.get_by_role("row")).to_have_count(2)
    expect(refused).to_contain_text(class_list.REFUSED)
    expect(refused).to_contain_text("31/02/2012")
    clerk.picture("import-preview")

    preview = page.url
    assert not set(class_list.NEW) & set(pupils_of(clerk, "9A"))
    page.goto(preview)
    clerk.press(words("Confirm the import"))
    expect(page.get_by_text(words("Confirm the import"))).to_have_count(0)
    clerk.picture("import-confirmed")

    assert set(class_list.NEW) < set(pupils_of(clerk, "9A"))
    assert class_list.REFUSED not in pupils_of(clerk, "9A")
    clerk.picture("class")


def tally(counts: Locator) -> list[str]:
    return [text.strip() for text in counts.locator("dd").all_inner_texts()]


def pupils_of(person: Person, school_class: str) -> list[str]:
    person.go(words("Classes"), school_class)
    heads = person.page.get_by_role("region", name=words("Pupils")).get_by_role("rowheader")
    names: list[str] = heads.get_by_role("link").all_inner_texts()
    return names


# 2. The marks


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


# 3. The lock


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


# 4. The correction


def teacher_requests_a_correction(teacher: Person, pupil: str) -> tuple[str, str]:
    """Returns the average before the correction and the one that it should bring."""
    page = teacher.page
    teacher.go(words("Classes"), "6A", "Toán")
    marks = marks_in(teacher, pupil)
    averages = average_of(marks), average_of([*marks[:5], RIGHT])
    page.get_by_role("link", name=words("Request a correction"), description=f"{pupil} {FINAL}").click()
    page.get_by_label(words("New value")).fill(RIGHT)
    page.get_by_label(words("Wrong entry")).check()
    page.get_by_role("textbox", name=words("Reason")).fill(REASON)
    page.get_by_label(words("Evidence")).set_input_files(
        {"name": "bai-kiem-tra.png", "mimeType": "image/png", "buffer": exam_paper()}
    )
    teacher.picture("correction-request")
    teacher.press(words("Hand in the request"))
    expect(page.get_by_role("link", name="bai-kiem-tra.png")).to_be_visible()
    return averages


def exam_paper() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (620, 440), "#fdfdf6").save(out, "PNG")
    return out.getvalue()


def principal_approves(principal: Person, dossier: str) -> None:
    principal.go(words("Corrections"))
    principal.picture("corrections")
    principal.page.goto(dossier)
    principal.page.get_by_label(words("Note")).fill("Đã đối chiếu bài kiểm tra.")
    principal.picture("correction-decision")
    principal.press(words("Approve"))
    expect(principal.page.get_by_role("button", name=words("Approve"))).to_have_count(0)


def administrator_carries_it_out(administrator: Person, teacher: Person, dossier: str) -> None:
    """Before a leader and the homeroom teacher at the same screen, and the teacher at another."""
    teacher.page.goto(dossier)
    teacher.press(words("I am present"))
    page = administrator.page
    page.goto(dossier)
    administrator.go(words("Carry out"))
    expect(page.get_by_role("button", name=words("Carry out"))).to_be_disabled()
    for part, username in (("for the leaders", "phohieutruong"), ("homeroom teacher", "gvcn6a")):
        place = page.get_by_role("listitem").filter(has_text=words(part))
        place.get_by_text(words("Confirm here with user name and password")).click()
        place.get_by_label(words("User name")).fill(username)
        place.locator("input[type=password]").fill(PASSWORD)
        administrator.press(words("I am present"), inside=place)
        expect(place.get_by_role("button")).to_have_count(0)
    administrator.picture("correction-carry-out")
    administrator.press(words("Carry out"))
    expect(page.get_by_text(words("The values are changed. The book stayed locked."))).to_be_visible()


def everybody_sees_what_was_changed(person: Person, dossier: str, averages: tuple[str, str]) -> None:
    page = person.page
    page.goto(dossier)
    changes = page.get_by_role("region", name=words("Values to change"))
    expect(changes.get_by_role("deletion")).to_have_text(WRONG)
    expect(changes.get_by_role("insertion")).to_have_text(RIGHT)
    expect(changes.get_by_role("deletion")).to_have_css("text-decoration-line", "line-through")
    effect = page.get_by_role("region", name=words("Effect on the results")).get_by_role("row", name="Toán")
    before, after = averages
    expect(effect.get_by_role("deletion").first).to_have_text(before)
    expect(effect.get_by_role("insertion").first).to_have_text(after)
    expect(page.get_by_text("Đã đối chiếu bài kiểm tra.")).to_be_visible()
    person.picture("correction")


def principal_reads_the_history_of_the_cell(principal: Person, pupil: str) -> None:
    page = principal.page
    principal.go(words("Classes"), "6A", "Toán")
    row_of(principal, pupil).get_by_role("link", name=RIGHT, exact=True).click()
    latest = page.locator(".history-entry").first
    for text in (WRONG, RIGHT, REASON, "Vương Minh Quang"):
        expect(latest).to_contain_text(text)
    expect(latest.locator("time")).to_have_count(1)
    principal.picture("cell-history")


def teacher_still_finds_the_book_locked(teacher: Person) -> None:
    teacher.go(words("Classes"), "6A", "Toán")
    expect(teacher.page.locator(".period-locked")).to_have_count(2)
    expect(teacher.page.get_by_role("textbox")).to_have_count(0)
    teacher.picture("grid-locked")


# 5. The book


def clerk_prints_the_book(clerk: Person, button: str) -> bytes:
    """Asks for it and watches; the page shows by itself when the book is there."""
    clerk.go(words("Archive"))
    row_of(clerk, "6A").get_by_role("button", name=button).click()
    expect(clerk.page.get_by_role("progressbar")).to_be_visible()
    clerk.picture("edition-progress")
    expect(clerk.page.get_by_role("link", name=words("Download the book (PDF)"))).to_be_visible(
        timeout=RENDERING_MILLISECONDS
    )
    clerk.picture("edition")
    return clerk_downloads(clerk, clerk.page.url)


def clerk_downloads(clerk: Person, edition: str) -> bytes:
    """The file that the page promises, by its hash."""
    here = clerk.page.url
    clerk.page.goto(edition)
    with clerk.page.expect_download() as download:
        clerk.go(words("Download the book (PDF)"))
    content = Path(download.value.path()).read_bytes()
    clerk.page.get_by_text(words("For technicians")).click()
    expect(clerk.page.get_by_text(sha256(content))).to_be_visible()
    clerk.page.goto(here)
    return content


def the_book_holds_the_class(book: bytes, pupils: list[str], average: str) -> None:
    assert book.startswith(b"%PDF")
    text = text_of(book)
    assert [pupil for pupil in pupils if pupil not in text] == []
    [line] = [line for line in text.splitlines() if pupils[0] in line and f"{RIGHT}*" in line.split()]
    assert average in line.split()
    assert f"{WRONG} → {RIGHT}" in text


def text_of(book: bytes) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=book, capture_output=True, check=True
    ).stdout.decode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# 6. The check


def principal_checks_the_archive(principal: Person, edition: str, portal: Portal) -> None:
    principal.page.goto(edition)
    principal.press(words("Check this edition now"))
    expect(principal.page.get_by_text(words("Unchanged since it was printed"))).to_be_visible()
    principal.picture("edition-checked")
    check = portal.manage("verify_archive")
    assert check.returncode == 0, check.stderr


def one_byte_is_changed(file: Path) -> None:
    file.chmod(0o640)
    with file.open("r+b") as stored:
        stored.seek(file.stat().st_size // 2)
        [byte] = stored.read(1)
        stored.seek(-1, io.SEEK_CUR)
        stored.write(bytes([byte ^ 1]))


def everybody_notices(principal: Person, edition: str, portal: Portal) -> None:
    principal.page.goto(edition)
    principal.press(words("Check this edition now"))
    expect(principal.page.get_by_text(words("Faults found"))).to_be_visible()
    principal.picture("edition-changed")
    principal.go(words("Archive"))
    principal.press(words("Check every edition now"))
    expect(principal.page.get_by_text(words("Faults found"))).to_be_visible()
    principal.picture("archive")
    check = portal.manage("verify_archive")
    assert (check.returncode, "file-changed" in check.stderr) == (1, True), check.stderr


def anybody_with_a_printed_page_can_check_it(
    school: School, clerk: Person, editions: list[str], pupils: list[str]
) -> None:
    stranger = school.passer_by()
    for edition, state in zip(
        editions, ("Superseded", "Printed by this school, the current edition"), strict=True
    ):
        clerk.page.goto(edition)
        code = clerk.page.locator("a code").inner_text()
        stranger.page.goto(f"/verify/{code}/")
        text = stranger.page.locator("body").inner_text()
        assert words(state) in text
        assert [pupil for pupil in pupils if pupil in text] == []
        stranger.picture(f"public-{state.split()[0].lower()}")
