"""What an order finds printed already, with nothing changed since, is part of it and not made again."""

import zipfile
from io import BytesIO

import pikepdf

from archive.models import Edition, OrderedPaper
from gradebook.models import CheckPrint
from tests.archive.conftest import enter_mark
from tests.archive.orders.conftest import CHOICE, figures, follow, order, page


def test_an_order_of_what_is_printed_already_makes_nothing_and_says_so(cast, clerk, woken):
    follow(order(clerk, kind="class_book"))
    before = list(Edition.objects.order_by("pk"))

    again = order(clerk, kind="class_book")
    woken.clear()
    follow(again)

    assert list(Edition.objects.order_by("pk")) == before and woken == []
    shown = clerk.get(page(again)).text
    assert "2 were already printed and nothing changed since" in shown and "Finished" in shown
    assert figures(clerk, again)["bar"] == "2" and figures(clerk, again)["Not printed"] == "0"
    assert int(figures(clerk, again)["Pages"]) == sum(book.pages for book in before)


def test_the_file_of_an_order_holds_what_was_found_where_the_list_has_it(cast, clerk, woken):
    follow(order(clerk, kind="class_book"))
    enter_mark(cast, "8,5")

    again = order(clerk, kind="class_book")
    follow(again)

    of_6a, of_6b = (
        Edition.objects.filter(school_class=cast.classes[name]).latest("number") for name in ("6A", "6B")
    )
    assert (of_6a.number, of_6b.number) == (2, 1)
    assert "1 was already printed and nothing changed since" in clerk.get(page(again)).text
    whole = zipfile.ZipFile(BytesIO(clerk.get(page(again, "zip/")).getvalue()))
    assert whole.namelist() == [of_6a.file_name, of_6b.file_name]
    with pikepdf.open(BytesIO(clerk.get(page(again, "joined/")).getvalue())) as joined:
        assert len(joined.pages) == sum(book.pages + book.pages % 2 for book in (of_6a, of_6b))


def test_a_worker_who_goes_over_the_list_again_lists_nothing_twice(cast, clerk, woken):
    follow(order(clerk))
    again = order(clerk)
    follow(again)
    follow(again)

    assert OrderedPaper.objects.filter(order=again).count() == 2


def test_whoever_asks_for_one_paper_is_led_to_the_one_that_says_the_same(cast, clerk, woken):
    choice = {**CHOICE, "scope": f"class-{cast.classes['6A'].pk}"}
    follow(order(clerk))
    found = Edition.objects.get(school_class=cast.classes["6A"])

    answer = clerk.post("/papers/school/request/", choice, follow=True)

    assert answer.redirect_chain == [(f"/archive/editions/{found.pk}/", 303)]
    assert "Already printed, nothing changed since: edition 1." in answer.text


def test_a_check_sheet_with_lines_to_sign_is_another_sheet(cast, clerk, woken):
    choice = {"kind": "check_sheet", "scope": f"class-{cast.classes['6A'].pk}", "period": "GK1"}
    follow(order(clerk))

    clerk.post("/papers/school/request/", choice)

    assert Edition.objects.filter(school_class=cast.classes["6A"]).count() == 2


def test_a_check_sheet_printed_again_counts_for_the_days_of_corrections(cast, clerk, woken):
    """The first print after the tests counts; perhaps the one before them says the same."""
    follow(order(clerk))
    before = CheckPrint.objects.count()

    follow(order(clerk))

    assert CheckPrint.objects.count() == 2 * before > 0
