"""Why a cell was refused, in words."""

from collections.abc import Iterable, Mapping

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gradebook.actions.marks import Refusal
from gradebook.cell_changes import Author, authors_of
from gradebook.entries import COMMENT_MAX, entry_of

SENTENCES = {
    "not-a-number": gettext_lazy("Not a mark. Type a number from 0 to 10, as in 8,5."),
    "out-of-range": gettext_lazy("A mark is between 0 and 10."),
    "too-many-decimals": gettext_lazy("At most one decimal."),
    "whole-number": gettext_lazy("Only whole numbers here."),
    "no-zero": gettext_lazy("A score of 0 is not given in primary school."),
    "not-a-level-SubjectLevel": gettext_lazy("Type T, H or C."),
    "not-a-level-TraitLevel": gettext_lazy("Type T, Đ or C."),
    "not-a-level-CommentResult": gettext_lazy("Type Đ or CĐ."),
    "not-a-level-ConductLevel": gettext_lazy("Type T, K, Đ or CĐ."),
    "not-a-level-FormerConductLevel": gettext_lazy("Type T, K, TB or Y."),
    "not-a-level-PrimaryResult": gettext_lazy("Type HTXS, HTT, HT or CHT."),
    "not-a-count": gettext_lazy("Type a number of half-days, as in 3."),
    "not-in-summer": gettext_lazy("The principal's decision does not send this pupil here in summer."),
    "too-long": gettext_lazy("Longer than %(maximum)d characters."),
    "null-character": gettext_lazy("The text holds a character that cannot be stored."),
    "locked": gettext_lazy("The book is locked. Request a correction."),
    "year-closed": gettext_lazy("The school year is closed; the principal has to reopen it first."),
    "not-yours": gettext_lazy("This column belongs to another teacher."),
    "not-on-this-sheet": gettext_lazy(
        "The pupil is no longer on the roll of this class, or the column no longer on this sheet."
    ),
}


def authors_in_conflict(refused: Iterable[Refusal]) -> dict[int, Author]:
    """Who was faster, by the key of the mark that stands there. One query, none without a conflict."""
    return authors_of([each.current for each in refused if each.code == "conflict" and each.current])


def author_of(refusal: Refusal, authors: Mapping[int, Author]) -> Author | None:
    return authors.get(refusal.current.pk) if refusal.current else None


def sentence(refusal: Refusal, author: Author | None = None) -> str:
    """The reason. When somebody else was faster: both values, and who and when if `author` is known."""
    if refusal.code != "conflict":
        return sentence_of(refusal.code)
    facts = {"now": entry_of(refusal.current).text or _("empty"), "typed": refusal.edit.typed or _("empty")}
    if author is None:
        return _("Changed meanwhile: it is now “%(now)s”. Type again to replace it.") % facts
    facts |= {"who": author.name, "when": date_format(timezone.localtime(author.at), "H:i d/m/Y")}
    return _("Now “%(now)s”, by %(who)s at %(when)s. You typed “%(typed)s”.") % facts


def sentence_of(code: str) -> str:
    """The reason by its code alone."""
    return str(SENTENCES[code]) % {"maximum": COMMENT_MAX}
