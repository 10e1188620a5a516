"""What the pages of attendance post: a roll, a month sheet, the reason for reopening a month."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from gradebook.actions.attendance import Call, Edit
from gradebook.attendance_fields import HALF_CODES, note_name
from gradebook.attendance_rules import HALVES

_LINE = re.compile(r"k-(\d{1,18})-(\d{1,9})")
_CELL = re.compile(r"a-(\d{1,18})-(\d{8})-([ma])-(\d{1,9})")
_CALL = re.compile(r"c-(\d{8})-([ma])")
_SHOWN = re.compile(r"m-(\d{1,18})-(\d{1,18})-(\d{1,9})")


def parse_day(text: str) -> date | None:
    """2026-11-28; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def parse_month(text: str) -> date | None:
    """The first day of 2026-11; None for anything else."""
    return parse_day(f"{text}-01") if re.fullmatch(r"\d{4}-\d{2}", text) else None


def parse_half(text: str, halves: tuple[str, ...]) -> str | None:
    return text if text in HALVES and text in halves else None


def posted_roll(data: QueryDict, day: date, half_day: str) -> Iterator[Edit]:
    """`k-<enrolment>-<version seen>=<letter>` and the note beside it, `n-<enrolment>`."""
    for name in data:
        if match := _LINE.fullmatch(name):
            enrolment, version = map(int, match.groups())
            note = str(data.get(f"n-{enrolment}", ""))
            yield Edit(enrolment, day, half_day, str(data[name]), version, note)


def posted_cells(data: QueryDict) -> Iterator[Edit]:
    """`a-<enrolment>-<day>-<half-day>-<version seen>=<letter>`; a file brings notes, a hand does not."""
    for name in data:
        if (match := _CELL.fullmatch(name)) and (day := _compact(match[2])):
            note = data.get(note_name(int(match[1]), day, HALF_CODES[match[3]]))
            yield Edit(int(match[1]), day, HALF_CODES[match[3]], str(data[name]), int(match[4]), note)


def posted_calls(data: QueryDict) -> list[Call]:
    matches = filter(None, map(_CALL.fullmatch, data))
    return [(day, HALF_CODES[match[2]]) for match in matches if (day := _compact(match[1]))]


def posted_versions(data: QueryDict) -> dict[tuple[int, int], int]:
    """The cells of the homeroom sheet that a preview showed, with the version seen."""
    matches = filter(None, map(_SHOWN.fullmatch, data))
    return {(int(match[1]), int(match[2])): int(match[3]) for match in matches}


def _compact(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007  a day, not a moment
    except ValueError:
        return None


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label=_("reason"), max_length=300, widget=forms.Textarea({"rows": 2}), strip=True
    )
