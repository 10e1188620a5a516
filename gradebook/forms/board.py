"""Seats on the board."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField, PersonField
from gradebook.actions.board import NotAppointed, NotEnded
from gradebook.colleagues import colleagues
from gradebook.models import BoardMember, Decision, SchoolYear

PROBLEMS = {
    "seated": ("user", _("This person already sits on the board. End that seat first.")),
    "head-taken": ("position", _("The board has a head on that day. End that seat first.")),
    "before-decision": ("since", _("Nobody takes a seat before the decision is signed.")),
    "not-a-board-decision": ("decision", _("This decision is not about the board.")),
    "no-role": ("user", _("This person holds no role today.")),
    "ended": (None, _("This seat was ended before.")),
    "before-start": ("until", _("The last day lies before the first.")),
}


class _BoardForm(forms.Form):
    def refuse(self, problem: NotAppointed | NotEnded) -> None:
        field, sentence = PROBLEMS[problem.code]
        self.add_error(field, sentence)


class SeatForm(_BoardForm):
    decision = forms.ModelChoiceField(
        label=_("By decision"),
        queryset=Decision.objects.none(),
        empty_label=_("Choose"),
        help_text=_("Enter the decision on the board in the register first."),
    )
    user = PersonField(label=_("Person"))
    position = forms.ChoiceField(label=_("Position"), choices=BoardMember.Position.choices)
    task = forms.CharField(
        label=_("Task"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("As in the annex of the decision; colleagues see here whom to ask."),
    )
    since = DayField(label=_("From"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decisions = Decision.objects.filter(year__status=SchoolYear.Status.OPEN, about=Decision.About.BOARD)
        self.fields["decision"].queryset = decisions  # type: ignore[attr-defined]
        self.fields["user"].offer(colleagues())  # type: ignore[attr-defined]


class EndForm(_BoardForm):
    until = DayField(label=_("Last day"))
