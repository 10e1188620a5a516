"""A decided year, built once a module: An is called to retests, Bình stays, Ánh, Dung and Đạt go up; 6B waits."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import Cast, build
from tests.gradebook.results.school_year import decide_all, live, propose_all, teach_everything


@pytest.fixture(scope="module")
def decided_year(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with django_db_blocker.unblock(), transaction.atomic():
        cast = build()
        teach_everything(cast, cast.classes["6A"], cast.toan)
        live(cast, "6A", p0={"toan": "3", "ngu-van": "3"}, p2={"unexcused": "46"})
        propose_all(cast)
        decide_all(cast)
        yield cast
        transaction.set_rollback(True)


@pytest.fixture
def decided(decided_year: Cast, db: None) -> Cast:
    """The decided year; what a test does to it is taken back."""
    return decided_year


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """A day after the year, when its sheets may be corrected."""
    day = date(2027, 5, 31)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_, **__: day)
    return day
