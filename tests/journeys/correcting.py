"""A correction in a browser: requested, approved, carried out, and seen by everybody."""

import io

from PIL import Image
from playwright.sync_api import expect

from schoolrecords.demonstration.staff import PASSWORD
from tests.journeys.browser import Person, words
from tests.journeys.marking import FINAL, WRONG, average_of, marks_in, row_of

RIGHT = "9,7"
REASON = "Vào điểm nhầm: bài cuối kỳ của em được 9,7."


def teacher_requests_a_correction(teacher: Person, pupil: str) -> tuple[str, str]:
    """Returns the average before the correction and the one that it should bring."""
    page = teacher.page
    teacher.go(words("Classes"), "6A", "Toán")
    marks = marks_in(teacher, pupil)
    averages = average_of(marks), average_of([*marks[:5], RIGHT])
    page.get_by_role("link", name=f"{words('Request a correction')} {pupil} {FINAL}").click()
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
    expect(
        page.get_by_text(words("The values are changed. What was locked of the book stayed locked."))
    ).to_be_visible()


def everybody_sees_what_was_changed(person: Person, dossier: str, averages: tuple[str, str]) -> None:
    page = person.page
    page.goto(dossier)
    changes = page.get_by_role("region", name=words("Values to change"))
    expect(changes.get_by_role("deletion")).to_have_text(WRONG)
    expect(changes.get_by_role("insertion")).to_have_text(RIGHT)
    expect(changes.get_by_role("deletion")).to_have_css("text-decoration-line", "line-through")
    effect = page.get_by_role("region", name=words("Effect on the results")).get_by_role("row", name="Toán")
    before, after = averages
    expect(effect.get_by_role("deletion").first).to_contain_text(before)
    expect(effect.get_by_role("insertion").first).to_contain_text(after)
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
