"""Which part of the register, on which paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gradebook.models import SchoolYear

LARGEST = 2_147_483_647
"""What the database takes for a number."""


class RegisterForm(forms.Form):
    year = forms.ChoiceField(label=_("Admitted in the school year"), required=False)
    first = forms.IntegerField(label=_("From number"), required=False, min_value=1, max_value=LARGEST)
    last = forms.IntegerField(label=_("Up to number"), required=False, min_value=1, max_value=LARGEST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(str(year.starts_on.year), str(year)) for year in SchoolYear.objects.all()]
        self.fields["year"].choices = [("", _("all")), *years]  # type: ignore[attr-defined]

    @property
    def part(self) -> dict[str, int | None]:
        """What `registered` takes."""
        cleaned = self.cleaned_data
        year = cleaned.get("year")
        return {
            "first": cleaned.get("first"),
            "last": cleaned.get("last"),
            "year": int(year) if year else None,
        }


class PrintForm(RegisterForm):
    paper = forms.ChoiceField(label=_("Paper"), choices=[("A4", "A4"), ("A3", "A3")])


class FirstNumberForm(forms.Form):
    first = forms.IntegerField(
        label=_("First number"),
        min_value=1,
        max_value=LARGEST,
        initial=1,
        help_text=_("The number after the last one of the paper register."),
    )
