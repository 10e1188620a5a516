"""Teachers are told when their book locks."""

from datetime import timedelta

import pytest

from gradebook.actions.windows import execute_lock_order
from gradebook.countdown import left, moment
from tests.cast import signed_in
from tests.gradebook.windows.books import ordered
from tests.gradebook.windows.clock import DAY, HOUR


@pytest.mark.duty("S3-50")
def test_the_home_page_and_the_sheet_say_when_the_book_locks(cast, client, clock):
    ordered(cast, effective_at=clock.after(3 * DAY + HOUR))
    client = signed_in(client, cast.toan)

    hour = clock.after(3 * DAY + HOUR)
    said = left(hour, clock.moment)
    assert "3" in said
    [task] = [task for task in client.get("/").context["tasks"] if "Toán, 6A" in task["title"]]
    assert said in task["text"]
    sheet = client.get(f"/courses/{cast.maths['6A'].pk}/semester-1/").content.decode()
    assert said in sheet


def test_an_extension_moves_the_hour_that_the_teacher_reads(cast, client, clock):
    ordered(cast, effective_at=clock.after(3 * DAY))
    later = ordered(cast, "open", course=cast.maths["6A"], until=clock.after(9 * DAY))
    execute_lock_order(order=later, by=cast.khoa)

    sheet = signed_in(client, cast.toan).get(f"/courses/{cast.maths['6A'].pk}/semester-1/").content.decode()

    assert left(clock.after(9 * DAY), clock.moment) in sheet
    assert left(clock.after(3 * DAY), clock.moment) not in sheet


def test_kinds_of_mark_that_lock_at_other_hours_are_named_each(cast, client, clock):
    ordered(cast, kind="regular", effective_at=clock.after(3 * DAY))
    ordered(cast, kind="test", effective_at=clock.after(9 * DAY))

    sheet = signed_in(client, cast.toan).get(f"/courses/{cast.maths['6A'].pk}/semester-1/")

    midterm = next(group for group in sheet.context["sheet"].groups if group.state == "open")
    assert [closing.at for closing in midterm.closings] == [clock.after(3 * DAY), clock.after(9 * DAY)]
    assert all(closing.kind in sheet.content.decode() for closing in midterm.closings)
    assert len({closing.kind for closing in midterm.closings}) == 2


def test_the_home_page_says_both_hours_of_a_book_whose_kinds_lock_at_two(cast, client, clock):
    ordered(cast, kind="regular", effective_at=clock.after(3 * DAY))
    ordered(cast, kind="test", effective_at=clock.after(9 * DAY))

    tasks = signed_in(client, cast.toan).get("/").context["tasks"]

    [text] = [task["text"] for task in tasks if "Toán, 6A" in task["title"]]
    assert moment(clock.after(3 * DAY)) in text
    assert moment(clock.after(9 * DAY)) in text


def test_a_book_without_an_end_counts_nothing_down(cast, client):
    sheet = signed_in(client, cast.toan).get(f"/courses/{cast.maths['6A'].pk}/semester-1/").content.decode()

    assert "data-until" not in sheet


@pytest.mark.parametrize(
    ("span", "number"),
    [
        (timedelta(days=2), "2"),
        (timedelta(days=1, hours=23), "47"),
        (timedelta(hours=2), "2"),
        (timedelta(minutes=119), "119"),
        (timedelta(seconds=-5), "0"),
    ],
)
def test_the_words_name_whole_units(clock, span, number):
    assert number in left(clock.after(span), clock.moment)
