"""Where a recorded change came from, in words. The codes are what the actions are given as `origin`."""

from django.utils.translation import gettext_lazy

ORIGINS = {
    "page": gettext_lazy("on the mark sheet"),
    "remarks": gettext_lazy("on the page of remarks"),
    "profile": gettext_lazy("on the page of the pupil"),
    "admission": gettext_lazy("added by hand"),
    "register": gettext_lazy("numbering of the register"),
    "roll": gettext_lazy("on the roll call"),
    "month": gettext_lazy("on the sheet of the month"),
    "month-file": gettext_lazy("on the sheet of the month, from Excel"),
    "attendance": gettext_lazy("totals of the roll"),
    "import": gettext_lazy("from Excel, import %(number)s"),
    "correction": gettext_lazy("by correction %(number)s"),
    "order": gettext_lazy("by lock order %(number)s"),
    "schedule": gettext_lazy("by the schedule of lock order %(number)s"),
    "decision": gettext_lazy("by decision %(number)s"),
    "movement": gettext_lazy("with the pupil, movement %(number)s"),
    "demonstration": gettext_lazy("demonstration data"),
}


def sentence(origin: str) -> str:
    """The origin in the reader's language; one that is not known is shown as it was recorded."""
    code, _space, number = origin.partition(" ")
    return str(ORIGINS[code]) % {"number": number} if code in ORIGINS else origin
