from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LARGEST = 9_223_372_036_854_775_807


class PairForm(forms.Form):
    """Two pupils, by key."""

    first = forms.IntegerField(min_value=1, max_value=LARGEST, widget=forms.HiddenInput)
    second = forms.IntegerField(min_value=1, max_value=LARGEST, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("first") == cleaned.get("second"):
            raise ValidationError(_("Two pupils are needed."))
        return cleaned

    @property
    def pair(self) -> tuple[int, int]:
        return self.cleaned_data["first"], self.cleaned_data["second"]
