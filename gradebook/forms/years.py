"""Closing and reopening a year, and its turn."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.http import is_key
from gradebook.actions.year_turn import TurnPaper
from gradebook.forms.decisions import NumberAndDateForm
from gradebook.forms.set_up import YearDatesForm
from gradebook.turn_choices import Choices

REASON_MAX = 300


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_MAX,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("It stays readable with the year."),
    )


class TurnForm(NumberAndDateForm):
    """The decision on the turn; the choices come beside it."""

    @property
    def paper(self) -> TurnPaper:
        return TurnPaper(**self.decision)


class OpeningTurnForm(YearDatesForm, TurnForm):
    """Also the dates of the next year, which nobody has set up yet."""

    @property
    def paper(self) -> TurnPaper:
        return TurnPaper(**self.decision, next_year=self.dates)


def posted_choices(data: QueryDict) -> Choices:
    """What the page of the turn holds; names of fields end with the class or pupil they are about."""
    return Choices(
        up=_named(data, "up-"),
        stay=_named(data, "stay-"),
        pupils={pk: name for pk, name in _named(data, "pupil-").items() if name},
        goes_on=frozenset(int(grade) for grade in data.getlist("goes_on") if grade in {"5", "9"}),
        leave_waiting="leave_waiting" in data,
        keep_homeroom="keep_homeroom" in data,
    )


def posted_waivers(data: QueryDict) -> dict[int, str]:
    """Reasons by pupil, where one was given."""
    reasons = {pk: text[:REASON_MAX] for pk, text in _named(data, "waive-").items()}
    return {pk: text for pk, text in reasons.items() if text}


def _named(data: QueryDict, prefix: str) -> dict[int, str]:
    found = {}
    for key, value in data.items():
        tail = key.removeprefix(prefix)
        if key.startswith(prefix) and is_key(tail):
            found[int(tail)] = " ".join(str(value).replace("\x00", "").split())
    return found
