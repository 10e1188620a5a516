"""The shape of what is posted. Whether it may be saved is for the actions to say."""

import re
from collections.abc import Iterator

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from gradebook.actions.marks import Edit
from gradebook.models import LockOrder, Period, SchoolClass, SchoolYear

_FIELD = re.compile(r"m-(\d{1,18})-(\d{1,18})-(\d{1,9})")


def posted_edits(data: QueryDict) -> Iterator[Edit]:
    """The cells of a posted grid: `m-<enrolment>-<column>-<version seen>=<typed>`."""
    for name in data:
        if match := _FIELD.fullmatch(name):
            enrolment, column, version = map(int, match.groups())
            yield Edit(enrolment, column, str(data[name]), version)


class LockOrderForm(forms.Form):
    act = forms.ChoiceField(label=_("What to do"), choices=LockOrder.Act.choices, widget=forms.RadioSelect)
    period = forms.ModelChoiceField(label=_("Period"), queryset=Period.objects.none())
    school_class = forms.ModelChoiceField(
        label=_("Class"),
        queryset=SchoolClass.objects.none(),
        required=False,
        empty_label=_("The whole school"),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("As it will stand in the journal."),
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: object, year: SchoolYear | None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["period"].queryset = Period.objects.filter(semester__year=year)  # type: ignore[attr-defined]
        self.fields["school_class"].queryset = SchoolClass.objects.filter(year=year)  # type: ignore[attr-defined]
