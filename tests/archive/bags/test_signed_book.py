"""A signed book goes into the bag with its signatures, and out of the portal in one file with the others."""

import json
import zipfile
from io import BytesIO

import bagit
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archive import bag_actions, rendering
from archive.actions import request_class_book
from archive.bags import checking, making
from archive.models import Bag, OrderedPaper, PaperOrder
from archive.order_files import write_zip
from archive.paper.acts import Done, record_lines
from archive.signing import acts
from archive.signing.keys import FileKey
from tests.archive.authority import KEY_PASSWORD
from tests.archive.bags.conftest import unpacked
from tests.archive.conftest import move_school

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def cast(shared_book):
    return shared_book.cast


@pytest.fixture
def by_mai(cast, final_book, authority):
    key = FileKey(authority.key_file(cast.mai.full_name), KEY_PASSWORD)
    return acts.sign_edition(edition=final_book, key=key, by=cast.mai)


def test_a_bag_holds_the_book_as_issued_and_as_signed(cast, final_book, by_mai, tmp_path):
    [bag] = bag_actions.request_bags(year=cast.year, classes=[cast.classes["6A"]], by=cast.cuc).bags
    making.make(bag.pk)

    folder = unpacked(Bag.objects.get(pk=bag.pk), tmp_path / "medium")

    [signed] = (folder / "data/signed").iterdir()
    assert signed.read_bytes() == (settings.FILE_STORE / by_mai.path).read_bytes()
    [listed] = json.loads((folder / "data/editions/editions.json").read_text())["editions"]
    assert signed.read_bytes().startswith((folder / listed["file"]).read_bytes())
    assert bagit.Bag(str(folder)).validate()
    assert list(checking.check(folder, checking.Counts())) == []


def _print_anew(cast):
    move_school(cast)
    rendering.render(request_class_book(school_class=cast.classes["6A"], by=cast.cuc).pk)


def _bag(cast, tmp_path):
    [bag] = bag_actions.request_bags(year=cast.year, classes=[cast.classes["6A"]], by=cast.cuc).bags
    making.make(bag.pk)
    return unpacked(Bag.objects.get(pk=bag.pk), tmp_path / "medium")


def _listed(folder) -> list[tuple[int, bool]]:
    editions = json.loads((folder / "data/editions/editions.json").read_text())["editions"]
    assert all(
        (folder / each["file"]).is_file() and (folder / each["payload"]).is_file() for each in editions
    )
    return [(each["number"], each["is_last"]) for each in editions]


def test_a_signed_edition_stays_in_the_bag_when_an_unsigned_one_has_taken_its_place(
    cast, final_book, by_mai, tmp_path
):
    _print_anew(cast)

    folder = _bag(cast, tmp_path)

    assert _listed(folder) == [(1, False), (2, True)]
    [signed] = (folder / "data/signed").iterdir()
    assert signed.read_bytes() == (settings.FILE_STORE / by_mai.path).read_bytes()
    assert "data/signed/" in (folder / "README.txt").read_text()
    assert bagit.Bag(str(folder)).validate()
    assert list(checking.check(folder, checking.Counts())) == []


@pytest.mark.parametrize(("line", "numbers"), [("principal:", [1, 2]), ("", [2])])
def test_an_edition_signed_on_paper_stays_in_the_bag_and_a_merely_superseded_one_does_not(
    cast, final_book, tmp_path, line, numbers
):
    if line:
        record_lines(edition=final_book, keys=[line], done=Done(timezone.localdate()), by=cast.cuc)
    _print_anew(cast)

    assert [number for number, _is_last in _listed(_bag(cast, tmp_path))] == numbers


def test_one_file_of_an_order_holds_the_signed_book_and_asks_no_more_for_more_papers(
    cast, final_book, by_mai
):
    order = PaperOrder.objects.create(
        year=cast.year,
        kind="class_book",
        scope="grade-6",
        ordered_by=cast.cuc,
        ordered_at=timezone.now(),
        papers=1,
        heartbeat=timezone.now(),
    )
    OrderedPaper.objects.create(order=order, edition=final_book)
    file = BytesIO()

    with CaptureQueriesContext(connection) as captured:
        write_zip(order, cast.cuc, file)

    with zipfile.ZipFile(file) as taken:
        [name] = taken.namelist()
        assert name == final_book.file_name.replace(".pdf", "-ky-1.pdf")
        assert taken.read(name) == (settings.FILE_STORE / by_mai.path).read_bytes()
    assert len(captured) == 2
