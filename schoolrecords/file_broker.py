"""The embedded broker: kombu's files, except that a message appears whole.

kombu writes into a file that a worker may take away already; what it finds half written, or still empty, ends it.
"""

from pathlib import Path
from time import monotonic_ns
from typing import Any
from uuid import uuid4

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]  # kombu's own two differ
        """Nobody takes the file before it has the queue's ending; names sort by time."""
        name = f"{monotonic_ns() // 1_000_000}_{uuid4()}.{queue}"
        written = Path(self.data_folder_out, f"{name}.part")
        written.write_text(dumps(payload))  # type: ignore[no-untyped-call]
        written.rename(written.with_name(f"{name}.msg"))


class Transport(filesystem.Transport):
    Channel = Channel


def options(folder: Path) -> dict[str, object]:
    """Where messages lie, and how often a worker looks."""
    messages, control = folder / "messages", folder / "control"
    for each in (messages, control):
        each.mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(messages),
        "data_folder_out": str(messages),
        "control_folder": str(control),
        "store_processed": False,
        "polling_interval": 0.05,
    }
