"""A frozen payload as its template lays it out. Pure: facts in, words and rows out."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from corrections.models import Paper
from gradebook.printing import in_words

TEMPLATES = {
    Paper.Kind.FORM: "corrections/print/form.html",
    Paper.Kind.MINUTES: "corrections/print/minutes.html",
}
SIGNS = {Paper.Kind.FORM: "GĐN", Paper.Kind.MINUTES: "BB"}
LONG = 8
"""Characters of a value that fits into its column on an upright page without a break inside a word."""
SHORT = 16
"""Of a SHA-256: what people compare by eye."""

Facts = Mapping[str, Any]


def laid_out(payload: Facts, fingerprint: str) -> dict[str, Any]:
    moments = {name: _moment(payload[name]) for name in ("requested_at", "changed_at") if name in payload}
    return {
        **payload,
        **moments,
        "orientation": "landscape" if _has_long_values(payload) else "portrait",
        "paper_number": f"{payload['number']}/{payload['school_year']}/{SIGNS[payload['kind']]}",
        "day": in_words(datetime.fromisoformat(payload["issued_at"]).date()),
        "due_on": _day(payload.get("due_on", "")),
        "evidence": [{**file, "short": file["sha256"][:SHORT]} for file in payload["evidence"]],
        "form": _dated(payload.get("form"), "issued_at"),
        "endorsement": _dated(payload.get("endorsement"), "at"),
        "decision": _dated(payload.get("decision"), "at"),
        "delegated_on": _delegated_on(payload.get("decision")),
        "present": [_dated(row, "at") for row in payload.get("present", [])],
        "signatures": _rows(payload["places"]),
        "fingerprint": fingerprint[:SHORT],
    }


def _moment(text: str) -> str:
    at = datetime.fromisoformat(text)
    return f"{at:%H} giờ {at:%M} phút, {in_words(at.date())}"


def _dated(facts: Facts | None, name: str) -> dict[str, Any] | None:
    if facts is None:
        return None
    note = facts.get("note", "").rstrip(". ")  # a sentence goes on with the template's own full stop
    return {**facts, "note": note, name: f"{datetime.fromisoformat(facts[name]):%H:%M %d/%m/%Y}"}


def _delegated_on(decision: Facts | None) -> str:
    delegation = decision and decision["delegation"]
    return _day(delegation["dated"]) if delegation else ""


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}" if text else ""


def _has_long_values(payload: Facts) -> bool:
    return any(len(line[side]) > LONG for line in payload["lines"] for side in ("old", "new"))


def _rows(places: Sequence[Facts]) -> list[Sequence[Facts]]:
    """Two or three beside each other, so that none is left alone on its row if it can be helped."""
    width = 2 if len(places) in (2, 4) else 3
    return [places[first : first + width] for first in range(0, len(places), width)]
