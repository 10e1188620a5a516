"""Why a cell was refused, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gradebook.actions.marks import Refusal
from gradebook.entries import COMMENT_MAX, entry_of

SENTENCES = {
    "not-a-number": gettext_lazy("Not a mark. Type a number from 0 to 10, as in 8,5."),
    "out-of-range": gettext_lazy("A mark is between 0 and 10."),
    "too-many-decimals": gettext_lazy("At most one decimal."),
    "whole-number": gettext_lazy("Only whole numbers here."),
    "no-zero": gettext_lazy("A score of 0 is not given in primary school."),
    "not-a-level-primary": gettext_lazy("Type T, H or C."),
    "not-a-level-comment": gettext_lazy("Type Đ or CĐ."),
    "too-long": gettext_lazy("Longer than %(maximum)d characters."),
    "null-character": gettext_lazy("The text holds a character that cannot be stored."),
    "locked": gettext_lazy("The book is locked. Request a correction."),
    "not-yours": gettext_lazy("This column belongs to another teacher."),
    "not-on-this-sheet": gettext_lazy("This pupil or column is not on this sheet."),
}


def sentence(refusal: Refusal) -> str:
    """The reason, naming what stands in the cell now when somebody else was faster."""
    if refusal.code == "conflict":
        now = entry_of(refusal.current).text or _("empty")
        return _("Changed meanwhile: it is now “%(now)s”. Type again to replace it.") % {"now": now}
    return str(SENTENCES[refusal.code]) % {"maximum": COMMENT_MAX}
