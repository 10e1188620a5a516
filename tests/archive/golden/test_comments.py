"""A subject's list with real comments: whole on a page, or shared evenly by several, and air around every letter."""

from itertools import pairwise

import pytest

from archive import comment_rows
from archive.paper_sizes import PORTRAIT_ROWS, row_height
from tests.archive.golden import classes

pytestmark = pytest.mark.one_database

PUPILS = 45
LISTS = [("lower", "Ngữ văn"), ("lower", "Giáo dục thể chất"), ("teacher", "Ngoại ngữ 1 – 6A10")]
LONG, SHORT = classes.COMMENT, "Chăm học."
WIDTH = 40.0


def tables(texts):
    """How many pupils stand on each page of each list."""
    found: list[list[int]] = []
    for text in texts:
        if "(TIẾP THEO)" not in text.upper():
            found.append([])
        found[-1].append(sum(name in text for name in classes.names(PUPILS)))
    return found


@pytest.mark.parametrize(("paper", "subject"), LISTS)
def test_no_page_of_a_list_holds_the_last_few_pupils(laid, paper, subject):
    texts = next(texts for title, _, texts in laid(paper, PUPILS) if title == subject)

    assert [sum(pages) for pages in tables(texts)] == [PUPILS] * len(tables(texts))
    assert all(min(pages) >= PUPILS / len(pages) * 0.8 for pages in tables(texts)), tables(texts)


@pytest.mark.parametrize(("paper", "subject"), LISTS)
def test_comments_touch_no_ruling(laid, paper, subject):
    """From the top of a letter with two marks to the foot of a g: the whole box of a line stands clear."""
    pages = next(pages for title, pages, _ in laid(paper, PUPILS) if title == subject)
    for page in pages:
        heights = sorted({ruling.top for ruling in page.rulings if ruling.bottom - ruling.top < 0.1})
        comments = [word for word in page.words if word.text in {*LONG.split(), *SHORT.split()}]
        assert comments
        for word in comments:
            assert not [height for height in heights if word.top < height < word.bottom], word


def spread(texts):
    return comment_rows.spread(texts, WIDTH)


@pytest.mark.parametrize("comment", ["", SHORT])
@pytest.mark.parametrize("count", [1, 20, 45])
def test_a_list_without_comments_or_with_short_ones_stands_as_it_always_stood(comment, count):
    found = spread([comment] * count)

    assert (found["turns"], found["row_height"]) == ([], row_height(count, PORTRAIT_ROWS))
    assert (found["setting"]["size"], found["setting"]["air"]) == (7.6, 0.0)


def test_a_small_class_with_long_comments_has_air_on_one_page():
    found = spread([LONG] * 15)

    assert (found["turns"], found["setting"]["size"]) == ([], 8.5)


def test_comments_are_set_closer_rather_than_on_a_second_page():
    found = spread([LONG] * 20)

    assert (found["turns"], found["setting"]["size"]) == ([], 7.6)
    assert found["setting"]["air"] > 0


@pytest.mark.parametrize(("comment", "pages"), [(LONG, 2), (f"{LONG} {LONG}", 4)])
def test_long_comments_of_a_whole_class_are_shared_evenly(comment, pages):
    turns = [0, *spread([comment] * 45)["turns"], 45]

    shares = [end - start for start, end in pairwise(turns)]
    assert len(shares) == pages
    assert max(shares) - min(shares) <= 1
