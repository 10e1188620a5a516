"""An installation from before the summer and the homeroom sheet gets both when it is upgraded."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from gradebook.models import Column, Course, Period, SchoolYear, Window
from tests.grants import held, implied

upgrade = import_module("gradebook.migrations.0014_missing_sheets")
division = import_module("gradebook.migrations.0017_kinds_of_windows")


@pytest.fixture(autouse=True)
def steps_known(settings):
    """The tables of the tests are made from the models, and the steps to them are hidden."""
    settings.MIGRATION_MODULES = {}


def run() -> None:
    """With the models as migrations see them: without the doors of today."""
    steps = MigrationLoader(connection, replace_migrations=False)
    state = steps.project_state(("gradebook", "0017_kinds_of_windows"))
    upgrade.complete(state.apps, None)
    division.divide(state.apps, None)


def make_old(cast) -> None:
    """As a portal of the first version left it: raw, because no door of today deletes anything."""
    sheets = list(Course.objects.filter(kind=Course.Kind.HOMEROOM).values_list("pk", flat=True))
    summer = cast.periods["HE"].pk
    with connection.cursor() as cursor:
        for sheet in sheets:
            for table in ("teachingassignment", "window", "column"):
                cursor.execute(f"DELETE FROM gradebook_{table} WHERE course_id = %s", [sheet])
            cursor.execute(
                "DELETE FROM gradebook_courseuserobjectpermission WHERE content_object_id = %s", [sheet]
            )
            cursor.execute("DELETE FROM gradebook_course WHERE id = %s", [sheet])
        cursor.execute("DELETE FROM gradebook_column WHERE period_id = %s", [summer])
        cursor.execute("DELETE FROM gradebook_window WHERE period_id = %s", [summer])
        cursor.execute("DELETE FROM gradebook_period WHERE id = %s", [summer])


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Period, Course, Column, Window))


def test_what_the_old_version_lacked_is_there_as_if_opened_today(cast):
    before = counts()
    make_old(cast)
    assert counts() < before

    run()

    assert counts() == before
    assert held() == implied()
    assert Column.history.filter(history_origin="upgrade").exists()


def test_running_it_again_changes_nothing(cast):
    make_old(cast)
    run()
    after = counts(), Course.history.count()

    run()

    assert (counts(), Course.history.count()) == after


def test_a_closed_year_stays_as_it_was_kept(cast):
    make_old(cast)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE gradebook_schoolyear SET status = %s", [SchoolYear.Status.CLOSED])
    before = counts()

    run()

    assert counts() == before
