"""Accounts to watch, reminders, and the journal of what happened to accounts."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts import sentences, watch
from accounts.actions import NewAccount, create_account, create_accounts, disable_account, units
from accounts.models import AuditEvent, User
from tests.accounts.people import NEW_PASSWORD, sign_in
from tests.cast import PASSWORD, client_of


@pytest.fixture
def seen(cast):
    """Everybody has signed in before."""
    User.objects.update(last_login=timezone.now())
    return cast


def age_password(user: User, days: int) -> None:
    User.objects.filter(pk=user.pk).update(password_changed_at=timezone.now() - timedelta(days=days))


def findings() -> dict[str, list[str]]:
    return {row.account.username: list(row.findings) for row in watch.watched()}


@pytest.mark.duty("S2-25", "S0-18", "S1-09")
def test_the_list_says_whom_to_watch_and_why(seen, client):
    age_password(seen.toan, 181)
    age_password(seen.mai, 179)
    User.objects.filter(pk=seen.cuc.pk).update(last_login=None)
    disable_account(account=seen.dung, by=seen.hanh)
    create_accounts([NewAccount("Ngô Thị Hà My")], by=seen.hanh)
    for _ in range(5):
        sign_in(client, "lan", "đoán mò")

    assert findings() == {
        "toan": ["old"],
        "cuc": ["unused"],
        "dung": ["roles_left"],
        "mynth": ["unchanged", "unused"],
        "lan": ["locked"],
    }
    assert "Đỗ Minh Toàn" in client_of(seen.hanh).get("/accounts/watch/").text


@pytest.mark.duty("S1-05", "S2-25")
def test_who_is_reminded_reads_it_at_home_until_the_password_is_new(
    seen, client, django_capture_on_commit_callbacks
):
    age_password(seen.toan, 200)
    User.objects.filter(pk=seen.toan.pk).update(email="toan@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        client_of(seen.hanh).post("/accounts/watch/remind/", {"account": [seen.toan.pk]})
    sign_in(client, "toan")
    assert f"{timezone.localdate():%d/%m/%Y}" in str(watch.reminder_for(User.objects.get(pk=seen.toan.pk)))
    assert "/account/password/" in client.get("/").text
    assert [letter.to for letter in mail.outbox] == [["toan@example.org"]]

    own = {"old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    client.post("/account/password/", own)

    assert watch.reminder_for(User.objects.get(pk=seen.toan.pk)) is None
    assert "/account/password/" not in client.get("/").text


def test_slips_for_the_chosen_are_printed_together(seen):
    page = client_of(seen.hanh).post("/accounts/slips/", {"account": [seen.toan.pk, seen.lan.pk, "x"]})

    assert page.text.count('class="slip"') == 2
    assert User.objects.get(pk=seen.mai.pk).check_password(PASSWORD)


def test_slips_of_namesakes_say_whose_they_are_and_lie_by_department(seen):
    wanted = [NewAccount("Lê Văn Tám", staff_code=code) for code in ("0101", "0102")]
    first, second = (slip.account for slip in create_accounts(wanted, by=seen.hanh))
    for name, user in (("Tổ Văn", first), ("Tổ Toán", second)):
        department = units.found_department(name=name, by=seen.hanh)
        units.add_member(department=department, user=user, since=timezone.localdate(), by=seen.hanh)

    page = client_of(seen.hanh).post("/accounts/slips/", {"account": [first.pk, second.pk]}).text

    assert page.index("Tổ Toán") < page.index("0102") < page.index("Tổ Văn") < page.index("0101")


def test_an_account_that_never_had_a_password_is_not_called_active(seen):
    create_account(username="moi", full_name="Lê Thị Mới", password=None, by=seen.hanh)

    page = client_of(seen.hanh).get("/accounts/?q=moi").text

    assert "chưa có mật khẩu" in page


@pytest.mark.duty("S0-18")
def test_the_journal_is_filtered_by_person_and_day(seen, client):
    sign_in(client, "toan")
    sign_in(client, "lan", "sai mất rồi")
    manager = client_of(seen.hanh)
    today, tomorrow = timezone.localdate(), timezone.localdate() + timedelta(days=1)

    whole = manager.get("/accounts/journal/", {"since": f"{today:%d/%m/%Y}"}).text
    of_toan = manager.get("/accounts/journal/", {"person": seen.toan.pk}).text
    later = manager.get("/accounts/journal/", {"since": f"{tomorrow:%d/%m/%Y}"}).text

    assert whole.count("history-entry") > of_toan.count("history-entry") > 0
    assert "Đỗ Minh Toàn" in of_toan
    assert later.count("history-entry") == 0
    assert manager.get("/accounts/journal/", {"since": "32/13/2026"}).status_code == 200


def test_everybody_reads_what_happened_to_their_own_account_only(seen, client):
    sign_in(client, "lan", "sai mất rồi")
    sign_in(client, "toan")

    page = client.get("/account/").text

    assert "127.0.0.1" in page
    assert "Bùi Ngọc Lan" not in page


def test_every_verb_about_accounts_has_its_sentence(seen):
    for verb in sentences.SENTENCES:
        event = AuditEvent(verb=verb, actor_name="Hạnh", target_name="Toàn", particulars={})
        assert verb not in sentences.sentence(event)
    recorded = set(AuditEvent.objects.filter(verb__startswith="accounts.").values_list("verb", flat=True))
    assert recorded <= set(sentences.SENTENCES)
