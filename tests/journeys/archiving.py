"""The class book in a browser: printed, downloaded, and checked by who keeps it and who holds a page of it."""

import hashlib
import io
import re
import subprocess
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.browser import Person, School, words
from tests.journeys.correcting import RIGHT
from tests.journeys.marking import WRONG
from tests.journeys.portal import Portal

RENDERING_MILLISECONDS = 240_000


def clerk_prints_the_book(clerk: Person, button: str) -> bytes:
    """Asks for it and watches; the page shows by itself when the book is there."""
    clerk.go(words("Archive"))
    clerk.page.get_by_role("button", name=re.compile(f"^{button} ?, 6A$")).click()
    expect(clerk.page.get_by_role("progressbar")).to_be_visible()
    clerk.picture("edition-progress")
    expect(clerk.page.get_by_role("link", name=words("Download the book (PDF)"))).to_be_visible(
        timeout=RENDERING_MILLISECONDS
    )
    clerk.picture("edition")
    return clerk_downloads(clerk, clerk.page.url)


def clerk_finds_it_printed_already(clerk: Person) -> None:
    """What nobody changed is not printed again: the edition that is there, with its signatures, stays the last."""
    printed = clerk.page.url
    clerk.go(words("Archive"))
    clerk.page.get_by_role("button", name=re.compile(f"^{words('Print again')} ?, 6A$")).click()
    expect(
        clerk.page.get_by_text(words("Already printed, nothing changed since: edition %(number)s.", number=1))
    ).to_be_visible()
    assert clerk.page.url == printed
    clerk.picture("edition-printed-already")


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
