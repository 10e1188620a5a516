"""A file store of its own for each test, and editions that were really rendered."""

from collections.abc import Callable

import pytest

from archive import rendering
from archive.actions import request_class_book
from archive.models import Edition
from gradebook.actions.marks import Edit, save_marks
from gradebook.models import Column
from tests.cast import Cast


@pytest.fixture
def store(file_store):
    return file_store


@pytest.fixture
def ask(cast: Cast) -> Callable[[], Edition]:
    return lambda: request_class_book(school_class=cast.classes["6A"], by=cast.cuc)


@pytest.fixture
def issue(ask) -> Callable[[], Edition]:
    """Ask for the class book of 6A and let the worker's code make it, here and now."""

    def issued() -> Edition:
        edition = ask()
        rendering.render(edition.pk)
        return Edition.objects.get(pk=edition.pk)

    return issued


def enter_mark(cast: Cast, typed: str, *, pupil: int = 0) -> None:
    column = Column.objects.get(
        course=cast.maths["6A"], kind="regular", ordinal=1, period=cast.periods["GK1"]
    )
    edit = Edit(cast.pupils["6A"][pupil].pk, column.pk, typed, version=0)
    outcome = save_marks(course=cast.maths["6A"], edits=[edit], by=cast.toan, origin="page")
    assert outcome.saved
