"""Why a field of a profile was refused, in words that stand beside it."""

from django.utils.translation import gettext_lazy as _

from gradebook.import_problems import ROW_SENTENCES
from gradebook.import_rows import Reason
from gradebook.profile_fields import ValueRefused
from gradebook.spreadsheets.problems import Code

_OWN = {
    Code.MISSING_VALUE.value: _("Fill this in."),
    Code.UNEXPECTED_VALUE.value: _("“%(value)s” cannot stand here."),
    Reason.UNLIKELY_AGE.value: ROW_SENTENCES[Reason.UNLIKELY_AGE],
    "too_long": _("Longer than %(limit)s characters."),
    "bad_phone": _("“%(value)s” is not a telephone number."),
    "in_the_future": _("This day is still to come."),
    "taken": _("“%(value)s” belongs to another pupil."),
    "pending": _("A request about this field is still waiting; there can be only one at a time."),
    "late": _("The profiles are closed: what stands here changes by a request only."),
}


def sentence(refused: ValueRefused) -> str:
    details = {
        name: ", ".join(map(str, value)) if isinstance(value, list) else value
        for name, value in refused.details.items()
    }
    known = _OWN.get(refused.code) or ROW_SENTENCES[refused.code]
    return str(known) % details
