"""Letters of the schedule: what waits, who is reminded, what the principal is told; no pupil is named."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import AuditEvent, User
from corrections import actions, notices
from corrections.models import Notice
from tests.cast import client_of
from tests.corrections.chain import follow, put_in_charge, rule
from tests.corrections.scene import paper


@pytest.fixture
def sent(scene, settings, django_capture_on_commit_callbacks):
    """Everybody has an address; sends the letters as of some days from now, and returns them by receiver."""
    settings.LANGUAGE_CODE = "en"
    for name, person in scene.cast.people.items():
        User.objects.filter(pk=person.pk).update(email=f"{name}@truong.example")

    def send(in_days=0):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            notices.send_all(timezone.now() + timedelta(days=in_days))
        return sorted((letter.to[0].split("@")[0], letter.subject) for letter in mail.outbox)

    return send


def test_only_those_for_whom_something_waits_get_one_letter_a_day(scene, sent):
    assert sent() == []
    scene.submit()
    scene.submit(scene.edit("6", version=0, pupil=1))

    assert sent(in_days=1) == [("hanh", "2 correction requests wait for you")]
    assert sent(in_days=1) == []
    assert sent(in_days=2) == [("hanh", "2 correction requests wait for you")]


def test_a_letter_names_no_pupil_and_no_value_but_numbers_and_links(scene, sent, settings):
    correction = scene.submit()
    sent(in_days=3)
    [letter] = mail.outbox

    assert letter.body.splitlines() == [
        "1 correction request waits for you:",
        "",
        f"1/2026-2027 {settings.PUBLIC_URL}/corrections/{correction.pk}/, for 3 days",
        "",
        f"{settings.PUBLIC_URL}/corrections/",
    ]


def test_the_letter_goes_to_whoever_has_the_next_step(scene, sent):
    follow(scene, "S1")
    put_in_charge(scene, scene.cast.dung, scene.cast.toan)
    correction = scene.submit(uploads=paper())
    assert [who for who, _subject in sent(1)] == ["dung"]
    actions.endorse(correction=correction, by=scene.cast.dung)
    assert [who for who, _subject in sent(2)] == ["hanh", "vinh"]
    actions.approve(correction=scene.again(correction), by=scene.cast.vinh)
    assert [who for who, _subject in sent(3)] == ["khoa"]


@pytest.mark.duty("S0-21")
def test_after_the_days_of_the_policy_people_are_reminded_and_then_the_principal_is_told(scene, sent):
    follow(scene, "S1")
    put_in_charge(scene, scene.cast.dung, scene.cast.toan)
    rule(scene, correction_reminder_days=3, correction_report_days=7)
    correction = scene.submit(uploads=paper())
    reminder = ("dung", "Reminder: correction request 1/2026-2027 waits for you")
    report = ("hanh", "Correction request 1/2026-2027 waits longer than the school allows")

    assert reminder not in sent(2)
    assert reminder in sent(3)
    assert reminder not in sent(4)
    assert report not in sent(6)
    assert report in sent(7)
    assert report not in sent(8)

    verbs = AuditEvent.objects.filter(verb__endswith=".sent").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["corrections.reminder.sent", "corrections.report.sent"]
    page = client_of(scene.cast.hanh).get(f"/corrections/{correction.pk}/").text
    assert "Hoàng Tiến Dũng" in page
    assert page.count("Nguyễn Thị Hạnh)") == 1


def test_the_home_page_of_the_principal_says_what_waits_too_long_until_it_moves_on(scene, sent):
    rule(scene, correction_report_days=2)
    correction = scene.submit()
    sent(2)

    def tasks():
        found = client_of(scene.cast.hanh).get("/").context["tasks"]
        return [task["count"] for task in found if "overdue" in task["url"]]

    assert tasks() == [1]
    listed = client_of(scene.cast.hanh).get("/corrections/?tab=all&overdue=on").context["rows"]
    assert [row.pk for row, _kind in listed] == [correction.pk]
    actions.approve(correction=correction, by=scene.cast.hanh)
    assert tasks() == []


def test_while_the_school_has_ruled_no_days_nobody_is_reminded(scene, sent):
    scene.submit()
    assert sent(50) == [("hanh", "1 correction request waits for you")]
    assert not Notice.objects.exists()


def test_nobody_is_said_to_be_reminded_who_has_no_address(scene, sent):
    """The dossier and the journal name whom a letter went to; the principal's home page says it all the same."""
    rule(scene, correction_reminder_days=1, correction_report_days=1)
    User.objects.update(email="")
    correction = scene.submit()

    assert sent(2) == []

    assert not AuditEvent.objects.filter(verb__endswith=".sent").exists()
    assert [(notice.kind, notice.told) for notice in correction.notices.all()] == [("report", "")]
    assert "by e-mail" not in client_of(scene.cast.hanh).get(f"/corrections/{correction.pk}/").text


def test_an_installation_that_sends_no_letters_claims_none(scene, sent, settings):
    rule(scene, correction_reminder_days=1, correction_report_days=1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    scene.submit()
    sent(2)

    assert not AuditEvent.objects.filter(verb__endswith=".sent").exists()


def test_an_address_that_refuses_keeps_no_other_letter_back(scene, sent, monkeypatch):
    real = mail.send_mail

    def refusing(subject, text, sender, receivers):
        if receivers == ["hanh@truong.example"]:
            raise SMTPRecipientsRefused({})
        real(subject, text, sender, receivers)

    monkeypatch.setattr("corrections.notices.send_mail", refusing)
    actions.approve(correction=scene.submit(), by=scene.cast.hanh)
    scene.submit(scene.edit("6", version=0, pupil=1))
    assert [who for who, _subject in sent(1)] == ["khoa"]
