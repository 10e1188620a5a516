"""Commands of a records system: the first account, and what is refused."""

import os

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.roles import Role
from gradebook.models import School
from schoolrecords.management.commands import found_school, serve

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


def test_a_first_password_typed_differently_the_second_time_founds_nothing(db, monkeypatch):
    monkeypatch.delenv("PORTAL_FIRST_PASSWORD", raising=False)
    typed = iter(["mot-mat-khau-dai", "mot-mat-khau-dat"])
    monkeypatch.setattr(found_school, "getpass", lambda _prompt: next(typed))

    with pytest.raises(CommandError, match="differ"):
        call_command("found_school", **SCHOOL)
    assert not User.objects.exists()


@pytest.mark.parametrize("command", ["clean_old_history", "clean_duplicate_history", "createsuperuser"])
def test_commands_that_would_delete_history_or_stand_above_the_rules_are_refused(command):
    with pytest.raises(CommandError):
        call_command(command)


def test_slips_lead_to_the_port_on_which_the_portal_is_served_unless_it_has_a_name(monkeypatch):
    monkeypatch.setenv("PORTAL_PUBLIC_URL", "")  # remembers what to put back
    monkeypatch.delenv("PORTAL_PUBLIC_URL")
    serve.name_address(9000)
    assert os.environ["PORTAL_PUBLIC_URL"] == "http://localhost:9000"

    monkeypatch.setenv("PORTAL_PUBLIC_URL", "https://so.truong.vn")
    serve.name_address(9000)
    assert os.environ["PORTAL_PUBLIC_URL"] == "https://so.truong.vn"
