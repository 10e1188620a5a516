"""What each circular calls its results: words of one scheme never stand on a page of another (rules by year)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gradebook.assessment.schemes import Circular, parse


@dataclass(frozen=True, slots=True)
class Labels:
    """Headings of the learning result and of conduct; primary schools have no conduct."""

    learning: Any
    conduct: Any = ""


CIRCULARS = {
    Circular.TT27_2020: _("Circular 27/2020"),
    Circular.TT22_2021: _("Circular 22/2021"),
    Circular.TT58_2011: _("Circular 58/2011"),
    Circular.TT58_2020: _("Circular 58/2011 as amended by 26/2020"),
}
_FORMER = Labels(pgettext_lazy("TT 58/2011", "Academic level"), pgettext_lazy("TT 58/2011", "Conduct"))
LABELS = {
    Circular.TT27_2020: Labels(pgettext_lazy("TT 27/2020", "Educational result")),
    Circular.TT22_2021: Labels(_("Learning result"), pgettext_lazy("TT 22/2021", "Conduct")),
    Circular.TT58_2011: _FORMER,
    Circular.TT58_2020: _FORMER,
}


def labels_of(scheme: str) -> Labels:
    """By scheme code; raises UnknownScheme."""
    return LABELS[parse(scheme).circular]


def scheme_name(code: str) -> str:
    """The circular in words, with the choices by their words; raises UnknownScheme."""
    scheme = parse(code)
    _circular, plus, choices = code.partition("+")
    return f"{CIRCULARS[scheme.circular]}{f' ({choices})' if plus else ''}"
