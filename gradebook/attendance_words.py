"""Why attendance was not saved, in words."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gradebook.actions.attendance import NOTE_MAX, Refusal
from gradebook.attendance_rules import LETTERS, Tally
from gradebook.models import Absence

SENTENCES = {
    "not-a-letter": gettext_lazy("Type P (with leave), K (without leave) or M (late); nothing for present."),
    "not-in-class": gettext_lazy("This pupil is not in this class."),
    "not-on-roll": gettext_lazy("On this day the pupil was not on the roll of the class."),
    "no-such-half": gettext_lazy("There are no lessons in this half-day by the school's rules."),
    "outside-year": gettext_lazy("This day lies outside the school year."),
    "future": gettext_lazy("This day is still to come."),
    "year-closed": gettext_lazy("The school year is closed; the principal has to reopen it first."),
    "month-closed": gettext_lazy("The month is closed. The principal or the administrator can reopen it."),
    "locked": gettext_lazy("The homeroom sheet of this semester is locked, and its absences with it."),
    "sunday": gettext_lazy(
        "A Sunday without a roll call. If there were lessons, call the roll of that day first."
    ),
    "note-too-long": gettext_lazy("Longer than %(maximum)d characters."),
    "null-character": gettext_lazy("The text holds a character that cannot be stored."),
}
WORDS = {
    "": gettext_lazy("present"),
    "P": gettext_lazy("absent with leave"),
    "K": gettext_lazy("absent without leave"),
    "M": gettext_lazy("late"),
}


def sentence(code: str) -> str:
    return str(SENTENCES[code]) % {"maximum": NOTE_MAX}


def refused(refusal: Refusal, changed_by: dict[int, str]) -> str:
    """The reason, naming what stands there now and who wrote it when somebody else was faster."""
    if refusal.code != "conflict" or refusal.current is None:
        return sentence(refusal.code)
    return _(
        "%(who)s changed this meanwhile: it is now “%(now)s”, you chose “%(mine)s”. Save again to replace it."
    ) % {
        "who": changed_by.get(refusal.current.pk, "?"),
        "now": _content(LETTERS[refusal.current.kind], refusal.current.note),
        "mine": _content(refusal.edit.typed.strip().upper(), refusal.edit.note or ""),
    }


def writers(refusals: list[Refusal]) -> dict[int, str]:
    """Who wrote what stands there now, by absence; one query, and none without a conflict."""
    keys = [each.current.pk for each in refusals if each.code == "conflict" and each.current]
    if not keys:
        return {}
    rows = Absence.history.filter(id__in=keys).select_related("history_user").order_by("version")
    return {row.id: str(row.history_user) for row in rows}


def counted(here: int, kinds: Tally) -> str:
    """How many of all are there and are not. Who came late is there, and is said so: the sum is the roll."""
    words = (
        _("%(all)d pupils: %(here)d present (%(late)d of them late), %(away)s")
        if kinds.late
        else _("%(all)d pupils: %(here)d present, %(away)s")
    )
    away = _("%(excused)d absent with leave, %(unexcused)d without leave") % {
        "excused": kinds.excused,
        "unexcused": kinds.unexcused,
    }
    return words % {"all": here + kinds.absent, "here": here, "late": kinds.late, "away": away}


def day_text(day: date) -> str:
    return date_format(day, "d/m")


def _content(letter: str, note: str) -> str:
    return ", ".join(filter(None, [str(WORDS.get(letter, letter)), note]))


def total_heads(semester: int) -> list[tuple[str, str]]:
    """The columns of totals: a short heading and what it means."""
    roman = "I" * semester
    return [
        ("P", _("Absent with leave in the month")),
        ("K", _("Absent without leave in the month")),
        ("M", _("Late in the month")),
        (
            _("Sem. %(number)s") % {"number": roman},
            _("Half-days absent in semester %(number)s") % {"number": roman},
        ),
        (_("Year"), _("Half-days absent in the year")),
    ]
