"""A year put away: books by one order, signed in the file and on paper, in bags and on a medium; a certificate."""

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from schoolrecords.demonstration.staff import PASSWORD
from tests.journeys.archiving import RENDERING_MILLISECONDS
from tests.journeys.browser import Person, School, words
from tests.journeys.correcting import exam_paper
from tests.journeys.portal import Portal

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.one_database]

SIGNED_TOGETHER = 6
REMEMBER = """() => {
    const seen = [];
    new MutationObserver(() => {
        const bar = document.querySelector("#how-far progress");
        if (bar && bar.value !== seen.at(-1)) seen.push(bar.value);
        sessionStorage.seen = JSON.stringify(seen);
    }).observe(document.getElementById("how-far"), { childList: true, subtree: true });
}"""
GIVE_UP = """() => new MutationObserver((changes, observer) => {
    observer.disconnect();
    setTimeout(() => stop(), 300);
}).observe(document.getElementById("how-far"), { childList: true })"""
PLACE = "hộp 3, kệ 2, kho lưu trữ"
# Nobody waits for years: the school year lies as far back as if they had passed.
LONG_AGO = """
from datetime import timedelta
from django.db.models import QuerySet
from gradebook.models import SchoolYear
for year in SchoolYear.objects.all():
    moved = {"starts_on": year.starts_on - timedelta(days=1500), "ends_on": year.ends_on - timedelta(days=1500)}
    QuerySet(SchoolYear).filter(pk=year.pk).update(**moved)
"""


@pytest.fixture
def demonstration() -> list[str]:
    """Both classes are decided."""
    return ["--moment=may", "--classes=6A,9A"]


def test_from_one_order_to_the_medium(school: School, portal: Portal):
    clerk, principal = school.person("vanthu"), school.person("hieutruong")
    a_closed_month_asks_for_a_correction(school.person("gvcn6a"))
    clerk_orders_all_books(clerk)
    book = clerk_opens_the_book_of_6a(clerk)
    three_sign_in_the_file(school, book, portal.folder / "demonstration-keys")
    clerk_records_what_came_back_from_signing(clerk, book)
    clerk_makes_bags(clerk)
    clerk_enters_a_copy(clerk)
    principal_checks_the_history(principal)
    principal_has_a_pack_made(principal)
    pupil, *others = principal_issues_transcripts(principal)
    clerk_prints_transcripts(clerk, [*others, pupil])
    leaders_sign_what_is_printed_of_the_class(principal, clerk, portal.folder / "demonstration-keys")
    clerk_records_a_certificate(clerk, pupil)
    clerk_receives_a_scan(clerk, pupil)
    years_pass(portal)
    principal_has_old_books_destroyed(principal)
    assert not school.noise


def a_closed_month_asks_for_a_correction(homeroom: Person) -> None:
    homeroom.go(words("Classes"), "6A", words("Attendance"))
    homeroom.page.goto(f"{homeroom.page.url.partition('?')[0]}?month=2026-09")
    homeroom.picture("closed-month")
    homeroom.go(words("Request a correction of closed half-days"))
    homeroom.picture("attendance-correction")


def clerk_orders_all_books(clerk: Person) -> None:
    clerk.go(words("Papers"))
    panel = clerk.page.get_by_role("form", name=words("For classes"))
    panel.get_by_label(words("What")).select_option("class_book")
    panel.get_by_label(words("For whom")).select_option("school")
    panel.get_by_role("button").click()
    clerk.picture("order-under-way")
    expect(clerk.page.get_by_role("heading", name=words("Finished"))).to_be_visible(
        timeout=RENDERING_MILLISECONDS
    )
    clerk.picture("order")


def clerk_opens_the_book_of_6a(clerk: Person) -> str:
    clerk.page.get_by_role("region", name=words("Printed papers")).get_by_role(
        "link", name=re.compile("6A")
    ).click()
    expect(clerk.page.get_by_role("link", name=words("Download the book (PDF)"))).to_be_visible()
    return clerk.page.url


def three_sign_in_the_file(school: School, book: str, keys: Path) -> None:
    for username in ("gvcn6a", "hieutruong"):
        person = school.person(username)
        person.page.goto(f"{book}signatures/")
        person.picture(f"signing-{username}")
        give_key(person, keys)
        person.press(words("Sign this edition"))
        expect(person.page.get_by_role("button", name=words("Sign this edition"))).to_have_count(0)
    clerk = school.person("vanthu")
    clerk.page.goto(f"{book}signatures/")
    clerk.page.get_by_label(words("Your password"), exact=True).fill(PASSWORD)
    clerk.press(words("Seal this edition"))
    expect(clerk.page.get_by_role("link", name=words("With signature %(number)s", number=3))).to_be_visible()
    clerk.picture("signatures")


def give_key(person: Person, keys: Path) -> None:
    page = person.page
    page.get_by_label(words("Your key file (.p12 or .pfx)")).set_input_files(keys / f"{person.username}.p12")
    page.get_by_label(words("Password of the key file")).fill(PASSWORD)
    page.get_by_label(words("Your password"), exact=True).fill(PASSWORD)


def clerk_records_what_came_back_from_signing(clerk: Person, book: str) -> None:
    page = clerk.page
    page.goto(f"{book}paper/")
    clerk.picture("paper-sheet-empty")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label(words("Copies")).fill("2")
    page.get_by_label(words("Box and shelf")).fill(PLACE)
    page.get_by_label(words("Scan of the signed sheet")).set_input_files(
        {"name": "trang-xac-nhan.png", "mimeType": "image/png", "buffer": exam_paper()}
    )
    clerk.press(words("Record"))
    expect(page.get_by_text(words("Everything is signed, stamped and put away."))).to_be_visible()
    clerk.picture("paper-sheet")


def clerk_makes_bags(clerk: Person) -> None:
    clerk.go(words("Archive"), words("Archive bags"))
    clerk.press(words("Make bags of all classes"))
    links = clerk.page.get_by_role("link", name=re.compile(r"\.zip$"))
    expect(links).to_have_count(2, timeout=RENDERING_MILLISECONDS)
    clerk.picture("bags")


def clerk_enters_a_copy(clerk: Person) -> None:
    page = clerk.page
    clerk.go(words("Register of copies"))
    page.get_by_label(words("Kind of medium")).select_option("usb")
    page.get_by_label(words("Name or serial number on it")).fill("USB-01")
    page.get_by_label(words("Where it is kept")).fill(PLACE)
    clerk.press(words("Enter the copy"))
    clerk.picture("medium")


def principal_checks_the_history(principal: Person) -> None:
    principal.go(words("Archive"), words("History and seals"))
    principal.press(words("Check the history now"))
    expect(principal.page.get_by_role("button", name=words("Check the history now"))).to_be_visible(
        timeout=RENDERING_MILLISECONDS
    )
    principal.picture("history-checked")


def principal_has_a_pack_made(principal: Person) -> None:
    principal.go(words("Evidence packs"))
    principal.page.get_by_label(words("Class")).select_option(label="6A")
    principal.press(words("Make the pack"))
    expect(principal.page.get_by_role("link", name=words("Download (ZIP)"))).to_be_visible(
        timeout=RENDERING_MILLISECONDS
    )
    principal.picture("pack")


def principal_issues_transcripts(principal: Person) -> list[str]:
    """Of a whole class at once. Returns the pages of some pupils who have completed a level."""
    page = principal.page
    principal.go(words("Classes"), "9A", words("Transcripts"))
    issue = words("Issue %(count)s transcript", count=0).partition("0")[0]
    page.get_by_role("button", name=re.compile(f"^{issue}")).click()
    principal.picture("transcripts-of-the-class")
    issued = page.get_by_role("row").filter(has=page.locator('a[href*="/editions/"]'))
    links = [row.get_by_role("link").first for row in issued.all()[:SIGNED_TOGETHER]]
    return [urljoin(page.url, link.get_attribute("href") or "") for link in links]


def clerk_prints_transcripts(clerk: Person, pupils: list[str]) -> None:
    for pupil in pupils:
        clerk.page.goto(pupil)
        clerk.press(words("Print the transcript"))
        expect(clerk.page.get_by_role("link", name=words("Download (PDF)"))).to_be_visible(
            timeout=RENDERING_MILLISECONDS
        )


def leaders_sign_what_is_printed_of_the_class(principal: Person, clerk: Person, keys: Path) -> None:
    principal.go(words("Classes"), "9A", words("Transcripts"), words("Signatures"))
    principal.picture("transcripts-to-sign")
    give_key(principal, keys)
    principal_loses_the_answer_and_sees_the_signing_go_on(principal)
    clerk.page.goto(principal.page.url)
    clerk.page.get_by_label(words("Your password"), exact=True).fill(PASSWORD)
    clerk.page.evaluate(REMEMBER)
    clerk.press(words("Seal them"))
    expect(clerk.page.get_by_role("button", name=words("Seal them"))).to_have_count(0)
    the_count_was_seen_growing(clerk)
    clerk.picture("transcripts-signed")


def principal_loses_the_answer_and_sees_the_signing_go_on(principal: Person) -> None:
    """The browser gives up waiting for the answer once the bar is there; the server signs to the end."""
    page, button = principal.page, principal.page.get_by_role("button", name=words("Sign them"))
    page.evaluate(REMEMBER)
    page.evaluate(GIVE_UP)
    button.click()
    bar = page.get_by_role("progressbar", name=words("Being signed"))
    expect(bar).to_be_visible()
    expect(button).to_be_disabled()
    principal.picture("transcripts-being-signed")
    expect(bar).to_have_attribute("value", str(SIGNED_TOGETHER), timeout=RENDERING_MILLISECONDS)
    the_count_was_seen_growing(principal)
    page.locator("#signed").get_by_role("link", name=words("Signatures")).click()
    expect(button).to_have_count(0)


def the_count_was_seen_growing(person: Person) -> None:
    """Also while the answer is under way, when nobody can ask the page."""
    seen = person.page.evaluate("JSON.parse(sessionStorage.seen)")
    assert seen == sorted(set(seen)) and len(seen) > 1, seen


def clerk_records_a_certificate(clerk: Person, pupil: str) -> None:
    page = clerk.page
    page.goto(pupil)
    clerk.go(words("Record the certificate"))
    page.get_by_label(words("Number of the certificate")).fill("B 123456")
    page.get_by_label(words("Date of the certificate")).fill("20/06/2027")
    clerk.picture("certificate")
    clerk.press(words("Record"))
    expect(page.get_by_text("B 123456")).to_be_visible()


def clerk_receives_a_scan(clerk: Person, pupil: str) -> None:
    page = clerk.page
    page.goto(pupil)
    clerk.go(words("Receive a transcript"))
    page.get_by_label(words("File")).set_input_files(
        {"name": "hoc-ba.png", "mimeType": "image/png", "buffer": exam_paper()}
    )
    page.get_by_label(words("The other school")).fill("Trường THCS Bến Đá")
    page.get_by_label(words("School years")).fill("2024-2025")
    clerk.picture("receive")
    clerk.press(words("Receive"))
    expect(page.get_by_text("Trường THCS Bến Đá").first).to_be_visible()
    clerk.picture("received")


def years_pass(portal: Portal) -> None:
    done = portal.manage("shell", "-v0", "-c", LONG_AGO)
    assert done.returncode == 0, done.stderr


def principal_has_old_books_destroyed(principal: Person) -> None:
    page = principal.page
    principal.go(words("Archive"), words("Retention"))
    page.get_by_label(words("Document")).select_option("class_book")
    page.get_by_label(words("Years")).fill("2")
    page.get_by_label(words("Legal basis")).fill("Quy định lưu trữ của trường, mục 3")
    principal.press(words("Set the rule"))
    principal.picture("retention-due")
    page.get_by_label(words("Number of the decision")).fill("15/QĐ-THCS")
    page.get_by_label(words("Date of the decision")).fill("01/11/2026")
    page.get_by_role("textbox", name=words("Minutes")).fill("Biên bản số 4 ngày 02/11/2026")
    page.get_by_label(words("The decision is signed and the minutes are in the file.")).check()
    principal.press(words("Record the decision"))
    expect(page.get_by_role("table")).to_be_visible()
    principal.picture("destruction")
