"""The results of a secondary class on A4 wide: shared by its pages, and a word for whoever is called back."""

import pytest

from archive import pdf, year_end
from archive.paper_sizes import UNDER_TURNED, UNDER_UPRIGHT, wide_list
from tests.archive.golden import classes, pages, papers

pytestmark = pytest.mark.one_database


def shares(count):
    """Of each page of the summary, how many pupils stand on it."""
    book = papers.book("lower", count)
    section = next(found for found in pdf.sections(book) if found.template == "summary.html")
    texts = pages.running_text(pdf.render_section(book, section))
    return [sum(name in text for name in classes.names(count)) for text in texts]


@pytest.mark.parametrize(("count", "expected"), [(23, 7), (45, 8)])
def test_no_page_of_the_summary_holds_the_last_few_pupils(count, expected):
    found = shares(count)

    assert len(found) == expected and sum(found) == 4 * count
    assert min(found) >= count / 3, found


@pytest.mark.parametrize("room", [UNDER_TURNED, UNDER_UPRIGHT])
def test_a_class_that_fits_stands_on_one_page_and_a_large_one_needs_more(room):
    assert wide_list(0, "wide", room)["turns"] == wide_list(22, "wide", room)["turns"] == []
    assert wide_list(45, "large", room)["turns"] == []
    assert len(wide_list(60, "wide", room)["turns"]) == 2


def test_a_pupil_called_back_for_the_summer_has_a_word_instead_of_a_box():
    book = classes.secondary(3)
    book["summary"][1]["outcome"] = "summer_retest"
    rows = year_end.rows(book)

    assert [(row["promoted"], row["retained"]) for row in rows] == [("x", ""), ("", ""), ("x", "")]
    assert rows[1]["note"] == "Kiểm tra lại trong hè. QĐ số 46/QĐ-THCS, 28/05/2027"
    assert rows[0]["note"] == "QĐ số 46/QĐ-THCS, 28/05/2027"
    assert year_end.totals(book) == {"pupils": 3, "promoted": 2, "retained": 0, "in_summer": 1, "awards": 3}
