"""Findings in sentences that a principal understands."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SENTENCES = {
    "row-changed": gettext_lazy(
        "%(what)s: a row of its history was changed after seal %(seal)s had covered it."
    ),
    "row-missing": gettext_lazy("%(what)s: a row of its history, covered by seal %(seal)s, is gone."),
    "row-added": gettext_lazy("%(what)s: a row was put into its history that no seal covers."),
    "row-backdated": gettext_lazy(
        "%(what)s: a row of its history is dated before seal %(seal)s, but was not there when that seal was made."
    ),
    "row-future": gettext_lazy(
        "%(what)s: a row of its history is dated later than seal %(seal)s, which covers it. A clock was set back, "
        "or the date is invented."
    ),
    "rows-differ": gettext_lazy(
        "%(what)s: rows covered by seal %(seal)s were changed, removed or added. Which ones cannot be said: the file "
        "with what stood there is gone."
    ),
    "columns-gone": gettext_lazy(
        "%(what)s: the rows covered by seal %(seal)s can no longer be hashed, because a column of theirs is gone."
    ),
    "table-gone": gettext_lazy("%(what)s: the whole table of this history is gone."),
    "live-differs": gettext_lazy(
        "%(what)s: what stands in the records is not what was last written by the portal. "
        "It was changed behind the portal's back."
    ),
    "live-unrecorded": gettext_lazy(
        "%(what)s: it stands in the records, but nobody entered it in the portal: it has no history."
    ),
    "live-missing": gettext_lazy("%(what)s: it was deleted from the records behind the portal's back."),
    "seal-missing": gettext_lazy("Seal %(seal)s is gone."),
    "seal-broken": gettext_lazy(
        "Seal %(seal)s does not follow from the seal before it: one of them was made anew."
    ),
    "seal-changed": gettext_lazy("Seal %(seal)s was changed."),
    "seal-file-missing": gettext_lazy(
        "Seal %(seal)s has no file, or its file was changed: the seal may have been made anew in the database."
    ),
    "seal-stray": gettext_lazy(
        "A file tells of a seal that is no longer in the database: %(what)s. Seals were removed or made anew."
    ),
    "rows-file-missing": gettext_lazy(
        "The file with the rows covered by seal %(seal)s is gone or was changed: of rows that were changed it can no "
        "longer be said what stood there."
    ),
    "clock-behind": gettext_lazy(
        "Seal %(seal)s is dated before the seal that precedes it: the clock of the server was set back."
    ),
}


def sentence(finding: Mapping[str, Any]) -> str:
    """In the reader's language, from a finding as it is kept; what was and what is at the end."""
    text = str(SENTENCES[finding["code"]]) % {"what": finding["what"], "seal": finding["seal"]}
    changes = "; ".join(_change(change) for change in finding["changes"])
    return f"{text} {changes}".strip()


def _change(change: Mapping[str, str]) -> str:
    words = _("%(field)s: %(was)s → %(now)s")
    return words % change
