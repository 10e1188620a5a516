"""The command: refuses in production, does nothing twice, prints the accounts."""

from collections.abc import Sequence
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from gradebook.models import School
from schoolrecords.demonstration import school
from schoolrecords.demonstration.plan import ClassPlan
from schoolrecords.management.commands import load_demonstration


@pytest.fixture
def small_school(db, monkeypatch):
    def build(seed: int, moment: str, classes: Sequence[ClassPlan]) -> None:
        school.build(seed=seed, classes=[ClassPlan("6A", 3)], moment=moment)

    monkeypatch.setattr(load_demonstration, "build", build)


def load(*options: str) -> str:
    out = StringIO()
    call_command("load_demonstration", *options, stdout=out)
    return out.getvalue()


def test_it_refuses_in_production(db, settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="Refused in production"):
        load()
    assert not User.objects.exists()


def test_it_prints_an_account_for_every_role(small_school):
    printed = load("--accounts")

    for username in ("hieutruong", "phohieutruong", "quantri", "vanthu", "totruong", "gvcn6a", "gvtoan"):
        assert f" {username} " in printed


def test_a_second_run_changes_nothing(small_school):
    load()
    before = User.objects.count()

    assert "nothing was changed" in load()
    assert User.objects.count() == before


def test_it_leaves_another_school_alone_and_shows_no_password(cast):
    name = School.objects.get().name

    assert "ngan-thong" not in load("--accounts")
    assert School.objects.get().name == name


def test_a_class_that_is_not_in_the_plan_is_named(small_school):
    with pytest.raises(CommandError, match="no class 13X"):
        load("--classes", "6A,13X")
