"""The embedded broker hands a message over whole or not at all."""

from pathlib import Path
from queue import Empty

import pytest
from kombu.connection import Connection
from kombu.transport import filesystem

from schoolrecords.celery import app
from schoolrecords.file_broker import Transport


@pytest.fixture
def folders(tmp_path):
    for name in ("messages", "control"):
        (tmp_path / name).mkdir()
    messages = str(tmp_path / "messages")
    return {
        "data_folder_in": messages,
        "data_folder_out": messages,
        "control_folder": str(tmp_path / "control"),
    }


def channel(transport, folders):
    return Connection("filesystem://localhost", transport=transport, transport_options=folders).channel()


def test_what_is_put_is_taken_once(folders):
    writer, reader = channel(Transport, folders), channel(Transport, folders)
    writer._put("celery", {"text": "Đỗ Thị Hạnh"})

    assert reader._get("celery") == {"text": "Đỗ Thị Hạnh"}
    with pytest.raises(Empty):
        reader._get("celery")


def test_kombus_own_transport_hands_over_a_message_that_is_still_empty(folders, monkeypatch):
    """Proves that there is something to prevent: this error ends the worker."""
    writer, reader = channel(filesystem.Transport, folders), channel(filesystem.Transport, folders)

    def read_first(_payload: object) -> str:
        with pytest.raises(ValueError, match="Expecting value"):
            reader._get("celery")
        return "{}"

    monkeypatch.setattr(filesystem, "dumps", read_first)
    writer._put("celery", {})


def test_a_message_is_not_taken_before_all_of_it_is_written(folders, monkeypatch):
    writer, reader = channel(Transport, folders), channel(Transport, folders)
    rename = Path.rename

    def look_first(written: Path, target: Path) -> Path:
        with pytest.raises(Empty):
            reader._get("celery")
        return rename(written, target)

    monkeypatch.setattr(Path, "rename", look_first)
    writer._put("celery", {"number": 1})

    assert reader._get("celery") == {"number": 1}


def test_the_worker_uses_it_where_no_broker_is_named(settings):
    if not settings.CELERY_BROKER_URL.startswith("filesystem"):
        pytest.skip("this run has a broker of its own")
    with app.connection_for_read() as broker:
        assert isinstance(broker.transport, Transport)
