"""Every paper is rendered once for all that is asked of its pages."""

from functools import cache

import pytest

from archive import pdf
from tests.archive.golden import pages, papers

Rendered = list[tuple[str, str, bytes]]
"""Title, template and pages of each part."""


@cache
def _rendered(paper: str, count: int) -> Rendered:
    book = papers.book(paper, count)
    return [
        (section.title, section.template, pdf.render_section(book, section))
        for section in papers.parts_to_look_at(paper, book)
    ]


@cache
def _pages(paper: str, count: int) -> list[tuple[str, list[pages.Page], list[str]]]:
    return [
        (title, pages.pages(content), pages.running_text(content))
        for title, _, content in _rendered(paper, count)
    ]


@pytest.fixture
def rendered():
    return _rendered


@pytest.fixture
def laid():
    """Title, pages and running text of each part."""
    return _pages
