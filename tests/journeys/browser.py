"""People at their browsers: each signs in once, sees Vietnamese, and leaves pictures of what they saw."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext, override
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, sync_playwright

from schoolrecords.demonstration.staff import PASSWORD
from tests.journeys import axe
from tests.journeys.axe import PHONE, WIDE

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
# Rendering a book on two busy cores takes its time; everything else answers in a moment.
PATIENCE_MILLISECONDS = 60_000


def words(source: str, **values: object) -> str:
    """What the page says in Vietnamese."""
    with override("vi"):
        return gettext(source) % values if values else gettext(source)


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium", path="/usr/bin")


@contextmanager
def running_browser(executable: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Person:
    """Somebody of the school with a page open."""

    username: str
    context: BrowserContext
    page: Page
    pictures: Path
    scripts: bool = True
    noise: list[str] = field(default_factory=list)
    """What the browser complained of: script errors, refused resources, breaches of the content policy."""

    def listen(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.noise.append(f"{self.page.url}: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.noise.append(f"{self.page.url}: {message.text}")

    def sign_in(self) -> None:
        self.page.goto("/sign-in/")
        self.page.get_by_label(words("User name")).fill(self.username)
        self.page.locator("input[type=password]").fill(PASSWORD)
        self.press(words("Sign in"))
        assert self.page.locator("html").get_attribute("lang") == "vi"

    def go(self, *links: str) -> None:
        """Follow links by what they say, whatever waits behind them."""
        for link in links:
            name = re.compile(rf"^{re.escape(link)}( \d+ {words('waiting')})?$")
            self.page.get_by_role("link", name=name).first.click()
            self._read_to_the_end()

    def press(self, button: str, *, inside: Locator | None = None) -> None:
        (inside or self.page).get_by_role("button", name=button, exact=True).click()
        self._read_to_the_end()

    def _read_to_the_end(self) -> None:
        """Nothing that does not wait by itself, such as `all()`, counts what is on half a page."""
        self.page.wait_for_load_state("domcontentloaded")

    def picture(self, name: str) -> None:
        """The page as on a desk and on a phone. Nothing is in the way of anybody: see `axe`."""
        for size in (PHONE, WIDE):
            self.page.set_viewport_size(size)
            self.page.screenshot(path=self.pictures / f"{name}-{size['width']}.png", full_page=True)
        faults = axe.found(self.page, f"{name}, {self.username}", scripts=self.scripts)
        self.page.set_viewport_size(WIDE)
        self.page.emulate_media(color_scheme="light")
        self.page.evaluate("document.adoptedStyleSheets = []")
        assert not faults, "\n".join(faults)

    def forgive(self, *parts: str) -> None:
        """Drop complaints that belong to what was just done, such as the status of a refused form."""
        self.noise[:] = [line for line in self.noise if not all(part in line for part in parts)]


@dataclass
class School:
    """The people of the demonstration school, signed in when first needed."""

    browser: Browser
    url: str
    pictures: Path
    people: dict[str, Person] = field(default_factory=dict)

    @classmethod
    def of(cls, browser: Browser, url: str, folder: Path) -> "School":
        pictures = Path(os.environ.get("PORTAL_SCREENSHOTS") or folder)
        pictures.mkdir(parents=True, exist_ok=True)
        return cls(browser, url, pictures)

    def person(self, username: str) -> Person:
        if username not in self.people:
            self.people[username] = self._open(username, scripts=True)
            self.people[username].sign_in()
        return self.people[username]

    def without_scripts(self, username: str) -> Person:
        """The same person at a second computer, whose browser runs no JavaScript."""
        person = self.people[f"{username} without scripts"] = self._open(username, scripts=False)
        person.sign_in()
        return person

    def second_computer(self, username: str) -> Person:
        """The same person signed in a second time, elsewhere."""
        person = self.people[f"{username} elsewhere"] = self._open(username, scripts=True)
        person.sign_in()
        return person

    def passer_by(self) -> Person:
        """Somebody without an account."""
        person = self.people[""] = self._open("", scripts=True)
        return person

    @property
    def noise(self) -> list[str]:
        return [line for person in self.people.values() for line in person.noise]

    def _open(self, username: str, *, scripts: bool) -> Person:
        context = self.browser.new_context(
            base_url=self.url,
            viewport=WIDE,
            java_script_enabled=scripts,
            timezone_id="Asia/Ho_Chi_Minh",
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        person = Person(username, context, context.new_page(), self.pictures, scripts)
        person.listen()
        return person
