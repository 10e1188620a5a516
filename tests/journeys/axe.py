"""What axe-core finds on a page: on a desk and on a phone, by day and by night."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

WIDE, PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
RUN = """([context, options]) => axe.run(context, options).then(({ violations }) => violations.flatMap(
    ({ id, nodes }) => nodes.map(({ target, failureSummary }) => [id, target.join(" "), failureSummary])))"""
OVERFLOW = "document.documentElement.scrollWidth - innerWidth"
LONG = ["tbody > tr:nth-child(n+9)", "li:nth-child(n+13)"]
"""Rows of a long table and items of a long list beyond the first: half of the time, for more of the same."""
# Halfway between two colours axe measures neither. A sheet made by script is no breach of the content policy.
HOLD_STILL = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("*, ::before, ::after { transition-property: none !important; animation-name: none !important }");
    document.adoptedStyleSheets = [sheet];
}"""

EVERYWHERE = os.environ.get("AXE_SWEEP") == "all"
"""Every page for everybody in all four ways: `make axe`. Otherwise a page is measured in two of them."""


@dataclass(frozen=True)
class Way:
    """How somebody looks at a page."""

    size: ViewportSize
    scheme: Literal["light", "dark"]

    def __str__(self) -> str:
        return f"{self.size['width']} px, {self.scheme}"


FOUR = [Way(size, scheme) for size, scheme in product((WIDE, PHONE), ("light", "dark"))]  # type: ignore[arg-type]
# Each rule at each width and in each scheme, though not in each pair of them.
TWO = [FOUR[0], FOUR[3]]
# The run on PostgreSQL shows the same pages once more.
WAYS = FOUR if EVERYWHERE else [] if "PORTAL_TEST_DATABASE_URL" in os.environ else TWO


def found(page: Page, name: str, *, leave_out: Sequence[str] = (), scripts: bool = True) -> list[str]:
    """One line for each element and rule, and for a page that scrolls sideways, in every way it is looked at.

    axe itself is a script: in a browser that runs none, it would wait for ever.
    """
    if scripts:
        page.evaluate(HOLD_STILL)
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
    context = {"include": ["html"], "exclude": list(leave_out)} if scripts else None
    return [f"{name} ({way}): {fault}" for way in WAYS for fault in _found(page, way, context)]


def _found(page: Page, way: Way, context: dict[str, list[str]] | None) -> Iterator[str]:
    page.set_viewport_size(way.size)
    page.emulate_media(color_scheme=way.scheme)
    if (overflow := page.evaluate(OVERFLOW)) > 0:
        yield f"scrolls sideways by {overflow} pixels"
    if context is None:
        return
    for rule, selector, summary in page.evaluate(RUN, [context, OPTIONS]):
        yield f"{rule} at {selector}: {' '.join(summary.split())}"
