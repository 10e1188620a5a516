"""axe finds nothing on any page that links lead to, whoever follows them.

Pages that need something to happen first (a preview, an edition, a refused form) are measured in the other journeys,
wherever these take a picture.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import resolve
from playwright.sync_api import Page

from tests.access import rows
from tests.journeys import axe
from tests.journeys.browser import Person, School
from tests.journeys.walk import Part, Visit, walk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.one_database]

# Who walks, and where they go first, by links from the home page: to a sheet of each kind, each with columns of its
# own, and to pages that the first page of their shape does not lead to.
CAME_FROM_ANOTHER_SCHOOL = "Lương Khánh Vy"
WALKERS: dict[str, list[list[str]]] = {
    "hieutruong": [],
    "quantri": [["Lớp học", "Biến động", CAME_FROM_ANOTHER_SCHOOL]],
    "vanthu": [],
    "totruong": [],
    "gvtoan": [["Toán, 6A"]],
    "gvcn6a": [["Chủ nhiệm, 6A"], ["Nhận xét tuần chưa ghi", "← Tuần trước"]],
    "gvcn5a": [["Tiếng Việt, 5A"]],
}
# They are shown nothing that the others are not.
LIKE_THE_OTHERS: dict[str, list[list[str]]] = {"gvcn12a": [["Chủ nhiệm, 12A"]], "phohieutruong": []}
IN_MAY = ["hieutruong", "quantri", "vanthu", "gvcn6a", "gvcn12a"]
HAPPENS = "none in November; measured where it comes to be:"
PART = "a part that a page fetches; measured within it:"
UNLINKED = {
    "archive:history_check": f"{PART} test_year_put_away",
    "archive:pack_progress": f"{PART} test_year_put_away",
    "corrections:new_attendance": f"{HAPPENS} test_year_put_away",
    "archive:bag_index": "a file",
    "archive:bag_progress": f"{PART} test_year_put_away",
    "archive:destruction": f"{HAPPENS} test_year_put_away",
    "archive:file_of": "a file",
    "archive:medium": f"{HAPPENS} test_year_put_away",
    "archive:medium_index": "a file",
    "archive:class_signatures": f"{HAPPENS} test_year_put_away",
    "archive:paper_order": f"{HAPPENS} test_year_put_away",
    "archive:paper_order_joined": "a file",
    "archive:paper_order_zip": "a file",
    "archive:paper_sheet": f"{HAPPENS} test_year_put_away",
    "archive:sealing_form": "a file",
    "archive:sheet_scan": "a file",
    "archive:signing_progress": f"{PART} test_year_put_away",
    "archive:signatures": f"{HAPPENS} test_year_put_away",
    "corrections:waiting": "data that the sheet fetches",
    "transcripts:certificate": f"{HAPPENS} test_year_put_away",
    "transcripts:received": f"{HAPPENS} test_year_put_away",
    "transcripts:received_file": "a file",
    "archive:edition": f"{HAPPENS} test_marks_to_archive",
    "archive:progress": f"{PART} test_marks_to_archive",
    "gradebook:import": f"{HAPPENS} test_marks_to_archive, test_school_from_excel",
    "gradebook:import_columns": f"{HAPPENS} test_marks_to_archive",
    "gradebook:import_progress": f"{PART} test_school_from_excel",
    "gradebook:import_refused": "a file",
    "gradebook:leavers_workbook": "a file",
    "gradebook:phrases_offered": f"{PART} test_comment_bank",
    "gradebook:why": f"{PART} test_year_end",
    "transcripts:edition": f"{HAPPENS} test_year_end",
}
"""Pages, and parts of pages, that no link of the demonstration leads to, and why."""


@dataclass
class Sweep:
    names: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    shown: set[Part] = field(default_factory=set)
    measured: int = 0
    cells: int = 0

    def of(self, person: Person, *doors: str) -> None:
        person.context.add_init_script(AXE_SCRIPT)
        for visit in walk(person, doors, self.files):
            first = visit.name not in self.names
            if axe.EVERYWHERE or first or visit.address in doors or self.shows_anything_new(visit):
                self.measure(person, visit)
            self.names.add(visit.name)
            self.shown |= visit.parts

    def shows_anything_new(self, visit: Visit) -> bool:
        """The same page is not the same to everybody."""
        return not visit.parts <= self.shown

    def measure(self, person: Person, visit: Visit) -> None:
        person.page.goto(visit.address)
        self.measured += 1
        name = f"{visit.address}, {person.username or 'nobody'}"
        if visit.name == "gradebook:marks":
            self.read_cells(person.page, name)
        self.faults += axe.found(person.page, name, leave_out=[] if axe.EVERYWHERE else axe.LONG)

    def read_cells(self, page: Page, name: str) -> None:
        page.set_viewport_size(axe.WIDE)
        for cell, expected in cells_of(page):
            self.cells += 1
            if cell not in expected:
                self.faults.append(f"{name}: a cell is called {cell!r}, not one of {sorted(expected)}")


def sweep(school: School) -> Sweep:
    done = Sweep()
    for username, ways in (WALKERS | (LIKE_THE_OTHERS if axe.EVERYWHERE else {})).items():
        person = school.person(username)
        done.of(person, *[door_of(person, way) for way in ways], "/")
    done.of(school.passer_by(), "/sign-in/")
    tally = f"{len(axe.WAYS)} ways, {done.cells} cells read"
    print(f"{len(done.names)} pages, measured {done.measured} times in {tally}")  # noqa: T201 - for `make axe`
    return done


def door_of(person: Person, way: list[str]) -> str:
    person.page.goto("/")
    person.go(*way[:-1])
    person.page.wait_for_load_state()
    link = person.page.get_by_role("link", name=way[-1], exact=True).first
    return urljoin(urlsplit(person.page.url).path, link.get_attribute("href"))


def cells_of(page: Page) -> Iterator[tuple[str, set[str]]]:
    """What a screen reader calls each cell to type in, and what it may be called: pupil and column."""
    table = page.locator("table.mark-grid").aria_snapshot()
    columns = re.findall(r'columnheader "(.+)"', table)
    # What has a colon in its name is quoted: a row with a request that waits says its number and its state.
    for row in re.split(r"\n\s*- '?row ", table):
        pupil = re.search(r'rowheader "(.+)"', row)
        expected = {f"{pupil[1]} {column}" for column in columns} if pupil else set()
        for name in re.findall(r'- (?:textbox|combobox)(?: "(.+?)")?(?=[\s:\[]|$)', row):
            yield name, expected


def pages() -> set[str]:
    """What the table of addresses shows to anybody."""
    shown = [row.path for row in rows() if row.method == "GET" and 200 in row.statuses.values()]
    return {resolve(re.sub(r"{\w+}", "1", path.partition("?")[0])).view_name for path in shown}


def test_axe_finds_nothing_wherever_links_lead(school: School):
    done = sweep(school)
    for name, reason in UNLINKED.items():
        print(f"{name}: {reason}")  # noqa: T201 - for `make axe`
    assert not done.faults, "\n".join(done.faults)
    assert done.cells
    assert pages() - done.names - done.files == set(UNLINKED)
    assert not school.noise


@pytest.mark.skipif(not axe.EVERYWHERE, reason="the same pages as in November, otherwise filled: make axe")
@pytest.mark.parametrize("demonstration", [["--moment=may", "--classes=6A,11A,12A"]])
def test_axe_finds_nothing_at_the_end_of_the_year(school: School):
    done = Sweep()
    for username in IN_MAY:
        done.of(school.person(username), "/")
    assert not done.faults, "\n".join(done.faults)
    assert {"gradebook:proposals", "gradebook:summer", "gradebook:year_turn"} <= done.names
    assert not school.noise
