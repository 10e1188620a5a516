"""An order is paused, goes on, is cancelled, and is printed after all."""

from accounts.models import AuditEvent
from archive import orders, rendering, tasks
from archive.models import Edition
from tests.archive.orders.conftest import figures, follow, order, page


def test_a_paused_order_prints_nothing_more_until_it_goes_on(
    cast, clerk, woken, django_capture_on_commit_callbacks
):
    given = order(clerk)
    tasks.freeze_papers(order_id=given.pk)
    first, second = woken
    rendering.render(first)

    clerk.post(page(given, "pause/"))
    tasks.render_edition(edition_id=second)
    tasks.resume_stale_editions()
    assert figures(clerk, given)["bar"] == "1" and "Paused" in clerk.get(page(given)).text

    with django_capture_on_commit_callbacks(execute=True):
        clerk.post(page(given, "resume/"))
    assert woken[-1] == second
    tasks.render_edition(edition_id=second)
    assert figures(clerk, given)["bar"] == "2"


def test_freezing_stops_where_the_order_is_paused_and_goes_on_from_there(cast, clerk, woken):
    given = order(clerk)
    begun = orders.carry_out(given.pk)
    next(begun)
    clerk.post(page(given, "pause/"))
    begun.close()
    assert list(orders.carry_out(given.pk)) == []
    assert Edition.objects.count() == 1

    clerk.post(page(given, "resume/"))
    follow(given)
    assert Edition.objects.issued().count() == 2


def test_a_cancelled_order_keeps_what_was_printed_and_can_be_printed_after_all(cast, clerk, woken):
    given = order(clerk)
    tasks.freeze_papers(order_id=given.pk)
    rendering.render(woken[0])

    clerk.post(page(given, "cancel/"))
    tasks.render_edition(edition_id=woken[1])
    text = clerk.get(page(given)).text
    assert Edition.objects.issued().count() == 1
    assert "Cancelled before printing" in text and "The order was cancelled before this was printed." in text

    clerk.post(page(given, "retry/"))
    follow(given)
    assert Edition.objects.issued().count() == Edition.objects.count() == 2


def test_nothing_more_is_frozen_once_an_order_is_cancelled(cast, clerk, woken):
    given = order(clerk)
    begun = orders.carry_out(given.pk)
    next(begun)
    clerk.post(page(given, "cancel/"))

    assert list(begun) == []
    assert Edition.objects.count() == 1


def test_a_state_that_changed_meanwhile_is_said_and_changes_nothing(cast, clerk, woken):
    given = order(clerk)
    answer = clerk.post(page(given, "resume/"), follow=True)

    assert "The order is in another state by now" in answer.text
    assert not AuditEvent.objects.filter(verb="archive.papers.resumed").exists()
