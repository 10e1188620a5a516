"""Why a movement was not recorded, in words, and beside which field that belongs."""

from django.utils.translation import gettext_lazy as _

from gradebook.actions.movement_desk import NotMoved

_SENTENCES = {
    "no-decision": ("number", _("Give the number and the date of the decision.")),
    "no-school": ("other_school", _("Name the other school.")),
    "no-reason": ("reason", _("Say why.")),
    "null-character": ("reason", _("The text holds a character that cannot be stored.")),
    "in-future": ("on", _("This day has not come yet. Record the movement on the day itself.")),
    "outside-year": ("on", _("A day of the school year, please: %(detail)s.")),
    "too-early": ("on", _("The pupil's last movement or place began later: on %(detail)s.")),
    "not-on-roll": (None, _("The pupil is not on the roll of this class any more.")),
    "on-roll": (None, _("The pupil is on the roll of class %(detail)s already.")),
    "same-class": ("to", _("The pupil is in this class already.")),
    "other-grade": ("to", _("Only a class of the same grade and year.")),
    "class-withdrawn": ("to", _("This class was withdrawn meanwhile. Choose another.")),
    "decided": (
        None,
        _("The principal has decided on this pupil's year; the class changes with the turn of the year."),
    ),
    "not-this-one": (
        "ministry_code",
        _("The identifiers belong to different pupils. Look at the papers again."),
    ),
    "cancelled": (None, _("This movement was cancelled before.")),
    "later-movement": (None, _("A later movement rests on this one. Cancel that one first.")),
    "marks-since": (None, _("Marks were entered since: they rest on this movement.")),
    "proposed-since": (None, _("Results were proposed since: they rest on this movement.")),
    "not-one-by-one": (None, _("This movement came with the turn of the year and is undone with it.")),
    "not-received": (None, _("Results of another school belong to a pupil who came from there.")),
    "bad-year": ("year_name", _("A school year as in 2025-2026, this one or an earlier one.")),
    "no-subject": (None, _("A line has results but no subject.")),
    "mark-outside": (None, _("%(detail)s: a mark lies between 0 and 10.")),
    "named-twice": (None, _("%(detail)s stands there twice in the same semester.")),
}


def field(problem: NotMoved) -> str | None:
    return _SENTENCES[problem.code][0]


def sentence(problem: NotMoved) -> str:
    return str(_SENTENCES[problem.code][1]) % {"detail": problem.detail}
