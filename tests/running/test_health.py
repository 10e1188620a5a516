import logging

import pytest
from kombu.connection import Connection
from kombu.exceptions import OperationalError

from schoolrecords import health
from schoolrecords.celery import app

pytestmark = pytest.mark.django_db


def test_all_parts_answer(client, file_store):
    response = client.get("/health/")

    assert response.status_code == 200
    assert response.json() == {"database": "ok", "broker": "ok", "files": "ok"}
    assert [path for path in file_store.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("part", ["database", "broker", "files"])
def test_a_failing_part_is_named_without_its_reason(client, monkeypatch, caplog, part):
    def fail() -> None:
        raise OSError("no route to db.internal")

    monkeypatch.setitem(health.CHECKS, part, fail)
    with caplog.at_level(logging.ERROR, "schoolrecords.health"):
        response = client.get("/health/")

    assert response.status_code == 503
    assert response.json() == {"database": "ok", "broker": "ok", "files": "ok"} | {part: "failed"}
    assert "no route to db.internal" in caplog.text


def test_database_check_runs_a_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        health.check_database()


def test_broker_check_needs_a_writable_queue(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(app, "connection_for_write", lambda: Connection("filesystem://localhost"))
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_out": str(tmp_path / "gone")}

    with pytest.raises(FileNotFoundError):
        health.check_broker()


def test_broker_check_fails_when_nobody_listens(monkeypatch, unused_tcp_port):
    monkeypatch.setattr(
        app, "connection_for_write", lambda: Connection(f"redis://127.0.0.1:{unused_tcp_port}/0")
    )

    with pytest.raises(OperationalError):
        health.check_broker()


def test_files_check_finds_a_store_that_cannot_be_written_to(settings, tmp_path):
    settings.FILE_STORE = tmp_path / "a-file"
    settings.FILE_STORE.touch()

    with pytest.raises(OSError, match="a-file"):
        health.check_files()


@pytest.mark.parametrize("method", ["post", "put", "delete", "head"])
def test_only_get(client, method):
    assert getattr(client, method)("/health/").status_code == 405
