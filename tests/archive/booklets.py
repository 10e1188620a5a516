"""A year issued in three classes, and the booklets of its pupils as text.

4A is primary (TT 27), 6A lower secondary (TT 22); 8C stands under TT 58, and Ánh of 6A is in it too.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from archive import rendering
from archive.actions import request_paper
from archive.models import Edition
from archive.store import editions
from archive.wanted import Wanted
from gradebook.actions.teaching import appoint_homeroom_teacher, open_class
from gradebook.models import Enrolment, School
from tests import poppler
from tests.cast import FIRST_DAY, Cast, build
from tests.gradebook.results.school_year import (
    decide_all,
    fresh,
    live,
    primary_class,
    propose_all,
    teach_everything,
)
from transcripts.actions import issue_class

OTHER_SCHOOL = "Trường THCS Suối Mơ"


@pytest.fixture(scope="module")
def issued_year(django_db_setup, django_db_blocker) -> Iterator[Cast]:
    with django_db_blocker.unblock(), transaction.atomic():
        cast = build()
        teach_everything(cast, cast.classes["6A"], cast.toan)
        primary_class(cast)
        _former_class(cast)
        for name, number in (("6A", "46/QĐ"), ("4A", "44/QĐ"), ("8C", "48/QĐ")):
            live(cast, name)
            propose_all(cast, name)
            decide_all(cast, name, number=number)
            issue_class(school_class=cast.classes[name], by=cast.hanh)
        yield cast
        transaction.set_rollback(True)


def _former_class(cast: Cast) -> None:
    former = open_class(year=cast.year, name="8C", grade=8, by=cast.hanh, scheme="TT58-2020")
    appoint_homeroom_teacher(school_class=former, teacher=cast.dung, since=FIRST_DAY, by=cast.hanh)
    teach_everything(cast, former, cast.toan)
    place = Enrolment(student=cast.pupils["6A"][1].student, school_class=former, number=1, since=FIRST_DAY)
    place.save_by(cast.hanh)
    cast.classes["8C"], cast.pupils["8C"] = former, [place]


@pytest.fixture
def issued(issued_year: Cast, db: None) -> Cast:
    return issued_year


@contextmanager
def elsewhere(cast: Cast) -> Iterator[None]:
    """As another school that has issued the same year of 6A: nothing of it is in the portal afterwards."""
    with transaction.atomic():
        school = School.objects.get()
        school.name = OTHER_SCHOOL
        school.save_by(cast.hanh)
        issue_class(school_class=fresh(cast, "6A"), by=cast.hanh)
        yield
        transaction.set_rollback(True)


def booklet(pupil: Enrolment, by) -> Edition:
    edition = request_paper(wanted=Wanted("transcript", pupil.school_class, student=pupil.student), by=by)
    rendering.render(edition.pk)
    return Edition.objects.get(pk=edition.pk)


def pages_of(edition: Edition) -> list[str]:
    pages = poppler.pages_of(editions.read(edition.path), "-layout")
    return [" ".join(page.split()) for page in pages]
