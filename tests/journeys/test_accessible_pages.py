"""axe finds nothing on any page that links lead to, whoever follows them.

Pages that need something to happen first (a preview, an edition, a refused form) are measured in the other journeys,
wherever these take a picture.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.urls import resolve
from playwright.sync_api import Page

from tests.access import rows
from tests.journeys import axe
from tests.journeys.browser import Person, School
from tests.journeys.walk import Part, Visit, walk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.one_database]

# Who walks, and which sheet they open first: one of every kind, each with its own columns.
WALKERS = {
    "hieutruong": "",
    "quantri": "",
    "vanthu": "",
    "totruong": "",
    "gvtoan": "Toán, 6A",
    "gvcn6a": "Chủ nhiệm, 6A",
    "gvcn5a": "Tiếng Việt, 5A",
    "gvcn12a": "Chủ nhiệm, 12A",
    "phohieutruong": "",
}
# Where nobody is signed in.
OUTSIDE = "/sign-in/"
HAPPENS = "there is none in November; measured in the journey "
PART = "fills a place of a page"
UNLINKED = {}
"""Pages, and parts of pages, that no link of the demonstration leads to, and why."""


@dataclass
class Sweep:
    names: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    shown: defaultdict[str, set[Part]] = field(default_factory=lambda: defaultdict(set))
    measured: int = 0

    def of(self, person: Person, *doors: str) -> None:
        for visit in walk(person, doors, self.files):
            self.names.add(visit.name)
            if axe.EVERYWHERE or visit.address in doors or self.shows_anything_new(visit):
                self.measure(person, visit)
            self.shown[visit.name] |= visit.parts

    def shows_anything_new(self, visit: Visit) -> bool:
        """The same page is not the same to everybody."""
        return not visit.parts <= self.shown[visit.name]

    def measure(self, person: Person, visit: Visit) -> None:
        person.page.goto(visit.address)
        self.measured += 1
        self.faults += axe.found(person.page, f"{visit.address}, {person.username or 'nobody'}")
        if visit.name == "gradebook:marks":
            self.faults += cells_without_pupil_and_column(person.page, visit.address)


def sweep(school: School) -> Sweep:
    done = Sweep()
    for username, sheet in WALKERS.items():
        person = school.person(username)
        done.of(person, *([address_of(person, sheet)] if sheet else []), "/")
    done.of(school.passer_by(), OUTSIDE)
    print(f"{len(done.names)} pages, measured {done.measured} times in {len(axe.WAYS)} ways")  # noqa: T201 - for `make axe`
    return done


def address_of(person: Person, link: str) -> str:
    return person.page.get_by_role("link", name=link, exact=True).first.get_attribute("href") or ""


def cells_without_pupil_and_column(page: Page, address: str) -> Iterator[str]:
    """What a screen reader would read of each cell to type in, against the heads of its row and column."""
    table = page.locator("table.mark-grid").aria_snapshot()
    columns = re.findall(r'columnheader "(.+)"', table)
    for row in re.split(r"\n\s*- row ", table):
        pupil = re.search(r'rowheader "(.+)"', row)
        named = re.findall(r'- (?:textbox|combobox|checkbox)(?: "(.+?)")?(?=[\s:\[]|$)', row)
        expected = {f"{pupil[1]} {column}" for column in columns} if pupil else set()
        for name in named:
            if name not in expected:
                yield f"{address}: a cell of {pupil and pupil[1]} is called {name!r}"


def pages() -> set[str]:
    """What the table of addresses shows to anybody."""
    shown = [row.path for row in rows() if row.method == "GET" and 200 in row.statuses.values()]
    return {resolve(re.sub(r"{\w+}", "1", path.partition("?")[0])).view_name for path in shown}


def test_axe_finds_nothing_wherever_links_lead(school: School):
    done = sweep(school)
    for name, reason in UNLINKED.items():
        print(f"{name}: {reason}")  # noqa: T201 - for `make axe`
    assert not done.faults, "\n".join(done.faults)
    assert pages() - done.names - done.files == set(UNLINKED)
    assert not school.noise
