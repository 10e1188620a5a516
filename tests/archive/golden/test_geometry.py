"""Where words stand on every page of every paper, for 1 pupil and for 45, measured in the file itself."""

import re

import pytest

from tests.archive.golden import classes, papers
from tests.archive.golden.pages import MM, Page

MANY = {"terms": 12, "terms-5": 12}
"""A page a pupil, of that pupil alone: the thirteenth is made as the twelfth. Of all else, a class of 45."""
CASES = [(paper, count) for paper in papers.PAPERS for count in (1, MANY.get(paper, 45))]
BINDING = 25.0
TABLES = re.compile("Họ và tên|Số TT|Môn học")
pytestmark = [pytest.mark.one_database, pytest.mark.parametrize(("paper", "count"), CASES, scope="module")]


def margins(page: Page) -> tuple[float, float, float, float]:
    """Left, top, right, bottom in millimetres; at the binding edge wide (left, or the top of a turned A4 page)."""
    is_turned_a4 = page.height < page.width < 300 * MM
    return (14.0, BINDING - 9, 14.0, 20.5) if is_turned_a4 else (BINDING, 7.0, 12.0, 20.5)


def test_no_word_leaves_the_margins(laid, paper, count):
    for title, pages, _ in laid(paper, count):
        for page in pages:
            left, top, right, bottom = (margin * MM - 0.5 for margin in margins(page))
            outside = [
                word.text
                for word in page.words
                if word.left < left
                or word.top < top
                or word.right > page.width - right
                or word.bottom > page.height - bottom
            ]
            assert outside == [], title


def test_no_line_goes_through_a_word_but_what_was_struck_out(laid, paper, count):
    for title, pages, _ in laid(paper, count):
        struck = {"6,5"} if title == "Ghi nhận sửa chữa" or paper == "check" else set()
        assert [word for page in pages for word in page.crossed if word not in struck] == [], title


def test_no_word_lies_over_another(laid, paper, count):
    for title, pages, _ in laid(paper, count):
        assert [pair for page in pages for pair in page.overlapping] == [], title


def test_every_pupil_stands_whole_in_every_table(laid, paper, count):
    """Names break between words, if at all; nobody is left out at the turn of a page."""
    for title, _, texts in laid(paper, count):
        if not any("Họ và tên" in text for text in texts) or title in ("Bìa", "Ghi nhận sửa chữa"):
            continue
        text = " ".join(texts)
        left = {43} if paper.startswith("terms") else set()
        for number, name in enumerate(classes.names(count), start=1):
            assert number in left or name in text, (title, name)


def test_a_page_that_goes_on_repeats_its_heads_and_signatures_never_stand_alone(laid, paper, count):
    for title, _, texts in laid(paper, count):
        assert [text for text in texts if "(TIẾP THEO)" in text.upper() and not TABLES.search(text)] == [], (
            title
        )


def test_one_pupil_and_a_whole_class_get_the_same_parts(laid, paper, count):
    parts = [title for title, _, _ in laid(paper, 1)]
    assert [title for title, _, _ in laid(paper, count)] == parts
    firsts = [pages[0] for _, pages, _ in laid(paper, count)]
    alone = [pages[0] for _, pages, _ in laid(paper, 1)]
    if paper in ("lower", "upper", "former") or paper.startswith("primary"):
        assert [(page.width, page.height) for page in firsts] == [(page.width, page.height) for page in alone]
