"""What to print: one panel of the desk. What an inspector is given, and what is written in the register of copies."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import PastDayField
from accounts.http import is_key
from archive.asking import OF_THE_YEAR, Panel
from archive.models import Medium, MediumEvent
from corrections.models import CorrectionRequest
from gradebook.models import SchoolClass, SchoolYear


class PaperForm(forms.Form):
    """Every choice is one that the panel offers to this person."""

    kind = forms.ChoiceField(label=_("What"))
    scope = forms.ChoiceField(label=_("For whom"))
    period = forms.ChoiceField(label=_("Period"))
    signatures = forms.BooleanField(label=_("with room for the pupils' signatures"), required=False)

    def __init__(self, data: Any = None, *, panel: Panel) -> None:
        super().__init__(data, auto_id=f"{panel.name}-%s")
        self.panel = panel
        self._offer("kind", panel.kinds)
        self._offer("scope", panel.scopes)
        self._offer("period", panel.periods)
        if any(kind in OF_THE_YEAR for kind, _label in panel.kinds):
            self.fields["period"].help_text = _(
                "A blank book and a class book are of the whole year, a transcript of all years issued."
            )
        if not panel.has_signatures:
            del self.fields["signatures"]

    def _offer(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices
        if len(choices) == 1:
            field.widget = forms.HiddenInput()
            field.initial = choices[0][0]

    def clean(self) -> dict[str, Any]:
        return {"signatures": False, **(super().clean() or {})}


def correction_called(text: str) -> CorrectionRequest | None:
    """By its number as on paper, 3/2026-2027."""
    number, _slash, year = "".join(text.split()).replace("–", "-").partition("/")
    found = CorrectionRequest.objects.filter(year__name=year).select_related("year")
    return found.filter(number=number).first() if is_key(number) else None


class PackForm(forms.Form):
    """A correction by its number, or a class of the year that the page shows."""

    reference = forms.CharField(
        label=_("Correction request"),
        required=False,
        max_length=40,
        help_text=_("Its number, as in 3/2026-2027."),
    )
    school_class = forms.ModelChoiceField(
        SchoolClass.objects.none(), label=_("Class"), required=False, empty_label=_("Choose")
    )

    def __init__(
        self, data: Any = None, *, year: SchoolYear | None, initial: dict[str, str] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.year = year
        self.fields["school_class"].queryset = SchoolClass.objects.filter(year=year).order_by("grade", "name")  # type: ignore[attr-defined]

    def clean_reference(self) -> CorrectionRequest | None:
        text = self.cleaned_data["reference"]
        if not text.strip():
            return None
        request = correction_called(text)
        if request is None:
            raise forms.ValidationError(_("There is no correction request with this number."))
        return request

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(cleaned.get("reference")) == bool(cleaned.get("school_class")):
            raise forms.ValidationError(_("Say either a correction request or a class."))
        return cleaned

    @property
    def about(self) -> dict[str, Any]:
        return {
            "correction": self.cleaned_data["reference"],
            "school_class": self.cleaned_data["school_class"],
        }


class MediumForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """A copy of the year's last bags that was made by hand."""

    class Meta:
        model = Medium
        fields = ("kind", "label", "kept_at")


class MediumEventForm(forms.ModelForm):  # type: ignore[type-arg]  # the same
    class Meta:
        model = MediumEvent
        fields = ("kind", "on", "person", "note")
        labels: ClassVar = {"kind": _("Entry about the medium")}
        field_classes: ClassVar = {"on": PastDayField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate
