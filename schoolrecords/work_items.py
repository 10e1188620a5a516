"""One item of the home page's list."""

from datetime import date
from typing import Any

Task = dict[str, Any]


def task(
    title: str,
    text: str,
    url: str,
    *,
    count: int | None = None,
    kind: str = "open",
    due: date | None = None,
) -> Task:
    return {"title": title, "text": text, "url": url, "count": count, "kind": kind, "due": due}
