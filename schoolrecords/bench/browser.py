"""What the grid costs the browser: bytes of a first and of a repeated visit, and when it takes the first key."""

from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from django.conf import settings
from django.db import connection
from django.urls import reverse

from schoolrecords.bench.school import BenchSchool
from schoolrecords.bench.server import cookie_of, running

CHROMIUM, ARGUMENTS = "/usr/bin/chromium", ["--no-sandbox", "--disable-gpu", "--disable-quic"]
VISITS = 7
FIRST_KB, REPEAT_KB, INTERACTIVE_MS = 100, 20, 1000
# Module scripts have run when the document counts as loaded: from then on a key in a cell does what it should.
READY = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"


def page_first_visit(school: BenchSchool) -> dict[str, Any]:
    """Kilobytes over the network into an empty cache, and milliseconds until the grid listens."""
    return _visits(school, "page_first_visit", FIRST_KB, fresh=True)


def page_repeat_visit(school: BenchSchool) -> dict[str, Any]:
    """The same with everything that may be kept already kept."""
    return _visits(school, "page_repeat_visit", REPEAT_KB, fresh=False)


def _visits(school: BenchSchool, name: str, target: int, *, fresh: bool) -> dict[str, Any]:
    url = reverse("gradebook:marks", args=[school.course.pk, 1])
    key = cookie_of(school.teacher).partition("=")[2]
    seen = []
    with running() as server, _chromium() as chromium:
        address = f"http://127.0.0.1:{server.port}"
        cookie: Any = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": address}
        context = chromium.new_context()
        for _ in range(VISITS):
            if fresh:
                context.close()
                context = chromium.new_context()
            context.add_cookies([cookie])
            seen.append(_visit(context, address + url))
    return _line(name, target, seen if fresh else seen[1:])


def _visit(context: Any, url: str) -> tuple[int, int, float]:
    """Bytes as they came over the network, how many answers, and milliseconds until ready."""
    page, received = context.new_page(), []
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(url, wait_until="load")
    page.locator(".cell-input").first.fill("9")
    ready = page.evaluate(READY)
    page.close()
    return int(sum(received)), sum(each > 0 for each in received), float(ready)


@contextmanager
def _chromium() -> Iterator[Any]:
    # Only here: the portal itself runs without the tools of its developers.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def _line(name: str, target: int, seen: list[tuple[int, int, float]]) -> dict[str, Any]:
    kilobytes = median(size for size, _, _ in seen) / 1000
    ready = median(ready for _, _, ready in seen)
    return {
        "name": name,
        "value": round(kilobytes, 1),
        "unit": "kB over the network",
        "target": target,
        "met": kilobytes <= target and ready <= INTERACTIVE_MS,
        "detail": {
            "database": connection.vendor,
            "answers": median(answers for _, answers, _ in seen),
            "interactive_ms": round(ready),
            "interactive_target_ms": INTERACTIVE_MS,
            "visits": len(seen),
        },
    }
