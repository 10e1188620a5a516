"""The steps of setting up a year, as links: each can be left and returned to."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from gradebook.models import SchoolYear
from gradebook.set_up.checks import Check, missing

ASKED = {"year", "classes", "subjects", "teachers", "pupils"}
"""The steps that checks speak of; the school's own facts are there from its founding."""


def read_steps(year: SchoolYear | None, checks: Sequence[Check], current: str) -> list[dict[str, Any]]:
    """For `_components/steps.html`; without a year only the first two can be entered.

    A step nothing was asked about, because there is no class yet, is not done either.
    """
    unfinished = {check.step for check in missing(checks)} | (ASKED - {check.step for check in checks})
    return [
        {
            "title": format_html('<a href="{}">{}</a>', url, title) if url else title,
            "state": _state(code, current, unfinished),
            "state_text": "" if code not in unfinished else _("to do"),
        }
        for code, title, url in _places(year)
    ]


def _state(code: str, current: str, unfinished: set[str]) -> str:
    if code == current:
        return "current"
    return "waiting" if code in unfinished else "done"


def _places(year: SchoolYear | None) -> list[tuple[str, str, str]]:
    names = {
        "school": (_("School"), "set_up_school"),
        "year": (_("Year and exams"), "set_up_calendar"),
        "classes": (_("Classes"), "set_up_classes"),
        "subjects": (_("Subjects"), "set_up_subjects"),
        "teachers": (_("Teachers"), "set_up_teachers"),
        "pupils": (_("Pupils"), "classes"),
    }
    return [(code, title, _url(code, address, year)) for code, (title, address) in names.items()]


def _url(code: str, address: str, year: SchoolYear | None) -> str:
    if code == "school":
        return reverse("gradebook:set_up_school")
    if year is None:
        return reverse("gradebook:set_up_new_year") if code == "year" else ""
    if code == "pupils":
        return reverse("gradebook:classes", query={"year": year.name})
    return reverse(f"gradebook:{address}", args=[year.name])
