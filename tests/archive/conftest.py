"""A file store of its own for each test, and editions that were really rendered."""

from collections.abc import Callable

import pytest

from archive import rendering
from archive.actions import request_class_book
from archive.models import Edition
from gradebook.actions.marks import Edit, save_marks
from gradebook.models import Column
from tests.archive.authority import KEY_PASSWORD, Authority
from tests.archive.year import fill, lock
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


@pytest.fixture
def authority(settings, tmp_path) -> Authority:
    """The one that the school trusts; its seal is a key file of the environment."""
    root = Authority("CA thử nghiệm")
    root.trust_in(tmp_path / "trusted")
    seal = tmp_path / "seal.p12"
    seal.write_bytes(root.key_file("Trường THCS Sông Hồng"))
    settings.TRUST_DIR = str(tmp_path / "trusted")
    settings.SEAL_KEY_FILE, settings.SEAL_PASSWORD = str(seal), KEY_PASSWORD
    return root


@pytest.fixture
def final_book(cast: Cast, issue) -> Edition:
    """Every mark is there and every book locked: what the school signs."""
    fill(cast)
    lock(cast)
    return issue()


def enter_mark(cast: Cast, typed: str, *, pupil: int = 0) -> None:
    column = Column.objects.get(
        course=cast.maths["6A"], kind="regular", ordinal=1, period=cast.periods["GK1"]
    )
    edit = Edit(cast.pupils["6A"][pupil].pk, column.pk, typed, version=0)
    outcome = save_marks(course=cast.maths["6A"], edits=[edit], by=cast.toan, origin="page")
    assert outcome.saved
