"""Somebody walks through the portal by its links, one page of each shape: the address's name, whatever its numbers."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from django.urls import resolve

from tests.journeys.browser import Person

Part = tuple[str, ...]
"""An element as the style sheets see it."""
LOOKS = ("class", "type", "role", "disabled", "readonly")


@dataclass
class Visit:
    """A page somebody came to."""

    address: str
    name: str
    links: list[str] = field(default_factory=list)
    parts: set[Part] = field(default_factory=set)


def walk(person: Person, doors: Iterable[str], passed: set[str]) -> Iterator[Visit]:
    """Breadth first from the doors. The names of files met on the way, which are no pages, go to `passed`."""
    queue, names = deque(doors), set[str]()
    while queue:
        address = queue.popleft()
        name = resolve(urlsplit(address).path).view_name
        if name in names | passed:
            continue
        names.add(name)
        # A connection kept open may be closed by the server at the moment it is used again: a browser asks once more.
        answer = person.context.request.get(address, max_retries=2)
        assert answer.status == 200, f"{person.username} follows a link to {address}: {answer.status}"
        if "text/html" not in answer.headers["content-type"]:
            passed.add(name)
            continue
        visit = Visit(address, name)
        _Reader(visit, answer.url).feed(answer.text())
        yield visit
        queue += visit.links


class _Reader(HTMLParser):
    def __init__(self, visit: Visit, url: str) -> None:
        super().__init__()
        self.visit, self.url = visit, url

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.visit.parts.add((tag, *(f"{name}={given[name]}" for name in LOOKS if name in given)))
        if tag == "a" and (href := given.get("href")):
            self._link(urldefrag(urljoin(self.url, href)).url)

    def _link(self, url: str) -> None:
        there, here = urlsplit(url), urlsplit(self.url)
        if there[:2] == here[:2] and not there.path.startswith(settings.STATIC_URL):
            self.visit.links.append(there._replace(scheme="", netloc="").geturl())
