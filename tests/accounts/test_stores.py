"""Files are kept once under their content, in a folder and in a bucket alike; no code can take them away."""

import io
import re
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from uuid import uuid4

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from moto.server import ThreadedMotoServer

from accounts import stores
from accounts.files import StoreDamaged, WriteOnceStore, path_of
from accounts.stores import bucket
from archive import verification
from archive.bags import making
from archive.models import Bag, Edition
from tests.archive.bags.conftest import asked, issue_book
from tests.corrections.scene import Scene
from tests.running.processes import ROOT

STORE = WriteOnceStore("papers")


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    """A real server on this machine that speaks S3."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3(service, settings) -> Iterator[str]:
    settings.S3 = {
        "endpoint_url": service,
        "region_name": "us-east-1",
        "aws_access_key_id": "x",
        "aws_secret_access_key": "x",
    }
    name = f"truong-{uuid4().hex}"
    bucket._client.cache_clear()
    boto3.client("s3", **settings.S3).create_bucket(Bucket=name)
    settings.FILE_BUCKET = f"s3://{name}/luu-tru"
    yield name
    bucket._client.cache_clear()


@pytest.fixture(params=["folder", "s3"])
def store(request) -> WriteOnceStore:
    if request.param == "s3":
        request.getfixturevalue("s3")
    return STORE


def test_what_is_kept_is_read_back_and_kept_once(store):
    first = store.put(b"so diem", suffix="pdf")
    again = store.put(b"so diem", suffix="pdf")

    assert first == again
    assert first.path == path_of("papers", sha256(b"so diem").hexdigest(), "pdf")
    assert store.read(first.path) == b"so diem"
    assert list(store.paths()) == [first.path]
    assert store.exists(first.path)


def test_what_is_not_there_is_missing_and_what_lies_elsewhere_is_refused(store):
    absent = path_of("papers", "0" * 64, "pdf")
    assert not store.exists(absent)
    with pytest.raises(FileNotFoundError):
        store.open(absent)
    for path in ("editions/x.pdf", "papers/../secret-key", "/etc/passwd"):
        with pytest.raises(StoreDamaged):
            store.open(path)


def test_a_name_that_is_taken_by_other_bytes_is_never_given_again(store, tmp_path):
    other = tmp_path / "other"
    other.write_bytes(b"forged")
    path = path_of("papers", sha256(b"so diem").hexdigest(), "pdf")
    (tmp_path / "files" / "papers" / path.split("/")[1] / path.split("/")[2]).mkdir(parents=True)
    assert stores.place().keep(other, path)

    with pytest.raises(StoreDamaged):
        store.put(b"so diem", suffix="pdf")
    assert store.read(path) == b"forged"


def test_a_long_file_is_written_in_pieces_and_read_from_any_position(store):
    with store.incoming() as incoming:
        with zipfile.ZipFile(incoming.file, "w") as packed:
            packed.writestr("a.bin", bytes(bucket.SPOOLED + 1))
        kept = incoming.keep("zip")
    with store.open(kept.path) as file, zipfile.ZipFile(file) as packed:
        assert packed.testzip() is None


def test_what_people_hand_in_lies_in_the_same_place(store):
    name = default_storage.save("evidence/ab/cd/anh", ContentFile(b"anh"))
    assert list(stores.place().names("evidence")) == [name]
    with default_storage.open(name) as file:
        assert file.read() == b"anh"
    with pytest.raises(NotImplementedError):
        default_storage.delete(name)


def test_the_health_check_finds_a_service_that_would_overwrite(s3, monkeypatch):
    stores.place().check()
    client = bucket._client()
    real = client.put_object
    monkeypatch.setattr(client, "put_object", lambda IfNoneMatch, **facts: real(**facts))
    with pytest.raises(OSError, match="overwrites"):
        stores.place().check()


def test_a_service_that_is_gone_is_an_error_of_the_file_store(s3, settings):
    settings.FILE_BUCKET = "s3://khong-co/x"
    with pytest.raises(OSError, match=r"NoSuchBucket|404"):
        stores.place().check()
    with pytest.raises(OSError, match="NoSuchBucket"):
        STORE.put(b"x", suffix="pdf")
    with pytest.raises(OSError, match="NoSuchBucket"):
        list(STORE.paths())


@pytest.mark.django_db
def test_a_book_is_issued_verified_and_bagged_in_a_bucket(s3, cast):
    scene = Scene.locked(cast)
    edition = issue_book(scene)
    assert verification.verify(Edition.objects.get(pk=edition.pk)) == []
    [bag] = asked(scene).bags
    making.make(bag.pk)
    bag = Bag.objects.get(pk=bag.pk)
    data = WriteOnceStore("bags").read(bag.path)
    assert sha256(data).hexdigest() == bag.sha256
    assert f"{bag.folder}/bagit.txt" in zipfile.ZipFile(io.BytesIO(data)).namelist()


def test_no_code_knows_how_to_delete_or_replace_a_kept_file():
    sources = [ROOT / "accounts" / "files.py", *(ROOT / "accounts" / "stores").glob("*.py")]
    taking_away = re.compile(r"\.(unlink|remove|rmtree|delete\w*|rename|replace|copy\w*|truncate)\(")
    found = {path.name for path in sources if taking_away.search(path.read_text())}
    assert found == set()
