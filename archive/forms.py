"""What to print: one panel of the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.asking import Panel
from archive.models import Edition


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
        if any(kind == Edition.Kind.BLANK_BOOK for kind, _label in panel.kinds):
            self.fields["period"].help_text = _("A blank book is for the whole year.")
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
