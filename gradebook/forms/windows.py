"""Orders that open and lock books."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gradebook.models import LockOrder, Period, SchoolClass, SchoolYear

WHOLE_SCHOOL = "school"


class LockOrderForm(forms.Form):
    act = forms.ChoiceField(label=_("What to do"), choices=LockOrder.Act.choices, widget=forms.RadioSelect)
    period = forms.ModelChoiceField(
        label=_("Period"), queryset=Period.objects.none(), empty_label=_("Choose")
    )
    # Chosen explicitly: a forgotten field must not lock the whole school.
    scope = forms.ChoiceField(label=_("For"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("As it will stand in the journal."),
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, year: SchoolYear | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.classes = {str(row.pk): row for row in SchoolClass.objects.filter(year=year)}
        self.fields["period"].queryset = Period.objects.filter(semester__year=year)  # type: ignore[attr-defined]
        self.fields["scope"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            (WHOLE_SCHOOL, _("The whole school")),
            *((pk, row.name) for pk, row in self.classes.items()),
        ]

    @property
    def ordered(self) -> dict[str, Any]:
        """What `order_lock` takes."""
        data = dict(self.cleaned_data)
        return data | {"school_class": self.classes.get(data.pop("scope"))}
