"""A file store of its own for each test, and editions that were really rendered."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from archive import rendering
from archive.actions import request_class_book
from archive.models import Edition
from gradebook import printing
from gradebook.actions.marks import Edit, save_marks
from gradebook.models import Column, School
from tests.archive.authority import KEY_PASSWORD, Authority
from tests.archive.year import close, fill, lock
from tests.cast import Cast, build
from tests.conftest import stored_in


@pytest.fixture(scope="session", autouse=True)
def forget_rendered() -> Iterator[Callable[[], None]]:
    """The same HTML is the same pages, and hundreds of tests print the same class; test_book proves it without."""
    real = printing.render
    kept = lru_cache(maxsize=600)(real)
    printing.render = kept
    yield kept.cache_clear
    printing.render = real


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


@dataclass(frozen=True)
class SharedBook:
    cast: Cast
    edition: Edition


@pytest.fixture(scope="module")
def shared_book(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, shared_files: Path
) -> Iterator[SharedBook]:
    """The final book of 6A, rendered once: every mark is there, every book locked, everybody decided upon.

    It is what the school signs.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        cast = build()
        fill(cast)
        lock(cast)
        close(cast)
        with override_settings(**stored_in(shared_files)):
            edition = request_class_book(school_class=cast.classes["6A"], by=cast.cuc)
            rendering.render(edition.pk)
        yield SharedBook(cast, edition)
        transaction.set_rollback(True)


@pytest.fixture
def final_book(shared_book: SharedBook, shared_files: Path, tmp_path: Path) -> Iterator[Edition]:
    """What a test does to the files of the store is taken back after it."""
    shutil.copytree(shared_files, tmp_path / "kept")
    yield Edition.objects.get(pk=shared_book.edition.pk)
    shutil.rmtree(shared_files)
    shutil.copytree(tmp_path / "kept", shared_files)


def move_school(cast: Cast, place: str = "Xã Tân Lập") -> None:
    """From now on every paper says something else."""
    school = School.objects.get()
    school.place = place
    school.save_by(cast.hanh)


def enter_mark(cast: Cast, typed: str, *, pupil: int = 0) -> None:
    column = Column.objects.get(
        course=cast.maths["6A"], kind="regular", ordinal=1, period=cast.periods["GK1"]
    )
    edit = Edit(cast.pupils["6A"][pupil].pk, column.pk, typed, version=0)
    outcome = save_marks(course=cast.maths["6A"], edits=[edit], by=cast.toan, origin="page")
    assert outcome.saved
