"""Commands of a records system: the first account, and what is refused."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.roles import Role
from gradebook.models import School

SCHOOL = {
    "name": "Trường THCS Sông Hồng",
    "governing_body": "UBND phường Sông Hồng",
    "place": "Hà Nội",
    "principal": "Nguyễn Thị Hạnh",
    "username": "hanh",
}


def test_a_new_installation_starts_with_the_school_and_its_principal(db, monkeypatch, client):
    monkeypatch.setenv("PORTAL_FIRST_PASSWORD", "mot-mat-khau-dai")

    call_command("found_school", **SCHOOL)

    principal = User.objects.get()
    assert principal.roles == {Role.PRINCIPAL}
    assert School.objects.get().name == SCHOOL["name"]
    signed_in = client.post("/sign-in/", {"username": "hanh", "password": "mot-mat-khau-dai"})
    assert signed_in["Location"] == "/"
    with pytest.raises(CommandError, match="already"):
        call_command("found_school", **SCHOOL)


def test_a_weak_first_password_founds_nothing(db, monkeypatch):
    monkeypatch.setenv("PORTAL_FIRST_PASSWORD", "12345")

    with pytest.raises(CommandError):
        call_command("found_school", **SCHOOL)
    assert not User.objects.exists()


@pytest.mark.parametrize("command", ["clean_old_history", "clean_duplicate_history", "createsuperuser"])
def test_commands_that_would_delete_history_or_stand_above_the_rules_are_refused(command):
    with pytest.raises(CommandError):
        call_command(command)
