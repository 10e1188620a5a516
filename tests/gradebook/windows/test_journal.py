"""The journal of operations: every act about the locks, in sentences, on screen and on paper."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from accounts import journal, sentences
from accounts.models import AuditEvent
from gradebook.actions.schedule import carry_out_due
from gradebook.actions.windows import decline_proposal, propose_lock, withdraw_lock_order
from gradebook.printing import page_count
from tests.cast import signed_in
from tests.gradebook.windows.books import ordered
from tests.gradebook.windows.clock import DAY


def texts(client, **asked) -> list[str]:
    return [entry.text for entry in client.get("/operations/", asked).context["entries"]]


@pytest.mark.duty("S1-85")
def test_every_act_about_a_lock_stands_in_the_journal(cast, client, clock):
    ordered(cast, effective_at=clock.after(DAY))
    proposal = propose_lock(period=cast.periods["CK1"], act="open", reason="x", by=cast.khoa)
    decline_proposal(order=proposal, reason="Chưa thi", by=cast.hanh)
    withdraw_lock_order(order=ordered(cast, "open", "GK2"), by=cast.hanh)
    clock.move(DAY)
    carry_out_due(clock.moment)

    verbs = set(journal.events(verbs=journal.operations("locks")).values_list("verb", flat=True))

    assert {verb.rpartition(".")[2] for verb in verbs} == {
        "ordered",
        "proposed",
        "declined",
        "withdrawn",
        "executed",
    }
    said = texts(signed_in(client, cast.vinh))
    assert any("Chưa thi" in text for text in said)


def test_the_schedule_and_not_a_person_is_named(cast, client, clock):
    ordered(cast, effective_at=clock.after(DAY))
    clock.move(DAY)
    carry_out_due(clock.moment)

    latest = texts(signed_in(client, cast.khoa), group="locks")[0]

    assert "Khoa" not in latest
    assert "Hạnh" not in latest
    assert not latest.startswith(":")


def test_what_an_order_is_about_stands_in_the_school_s_language_whatever_the_principal_reads(cast):
    with override("en"):
        ordered(cast)

    event = AuditEvent.objects.filter(verb="gradebook.lock.ordered").latest("pk")
    assert "Khóa Giữa học kỳ I" in event.target_name


def test_it_is_narrowed_by_days_group_and_person(cast, client):
    ordered(cast)
    client = signed_in(client, cast.hanh)
    everything = len(texts(client))

    assert texts(client, group="corrections") == []
    assert 0 < len(texts(client, person=cast.khoa.pk)) < everything
    assert texts(client, until="01/01/2020") == []
    assert len(texts(client, since="ngày mai")) == everything


def test_it_is_printed_and_too_much_at_once_is_refused_in_words(cast, client, monkeypatch):
    client = signed_in(client, cast.hanh)
    assert page_count(client.get("/operations.pdf").content) == 1

    monkeypatch.setattr("gradebook.views.operations.MOST", 1)
    response = client.get("/operations.pdf", {"group": "locks"}, follow=True)

    assert response.redirect_chain == [("/operations/?group=locks", 303)]
    assert "1" in str(next(iter(response.context["messages"])))


def test_every_act_of_an_operation_has_its_sentence():
    root = Path(journal.__file__).parents[1]
    apps = ("gradebook", "corrections", "transcripts", "archive")
    sources = [path.read_text() for app in apps for path in (root / app).rglob("*.py")]
    verbs = {verb for text in sources for verb in re.findall(r'"([a-z]+\.[a-z_]+\.[a-z_]+)"', text)}

    operations = {verb for verb in verbs if verb.startswith(journal.operations())}

    assert {"gradebook.lock.lapsed", "gradebook.lock.executed"} <= operations
    assert operations <= set(sentences.SENTENCES)
