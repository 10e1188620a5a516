"""The journal of operations as the tracking book that the leaders check and sign (S1-85)."""

from collections.abc import Iterable
from datetime import date

from django.utils import translation

from accounts.journal import entries
from accounts.models import AuditEvent
from gradebook import printing
from gradebook.colleagues import principals_name
from gradebook.models import School

MOST = 1000
"""Entries in one paper."""


def render_pdf(events: Iterable[AuditEvent], *, since: date | None, until: date | None, day: date) -> bytes:
    """In the layout of Decree 30/2020/NĐ-CP, oldest first."""
    with translation.override("vi"):
        listed = entries(events)
    context = {
        "entries": listed,
        "since": since,
        "until": until,
        "school": School.objects.first(),
        "principal": principals_name(day),
        "dated": printing.in_words(day),
    }
    return printing.render(printing.page("gradebook/print/operations.html", context))
