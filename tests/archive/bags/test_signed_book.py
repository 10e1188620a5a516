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

from archive import bag_actions
from archive.bags import checking, making
from archive.models import Bag, OrderedPaper, PaperOrder
from archive.order_files import write_zip
from archive.signing import acts
from archive.signing.keys import FileKey
from tests.archive.authority import KEY_PASSWORD
from tests.archive.bags.conftest import unpacked

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
