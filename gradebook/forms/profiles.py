"""The fields of a profile in a form. What may stand in them is judged by the action, once for every way in."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from gradebook.actions.profiles import ProfileChanged, ProfileRefused
from gradebook.profile_fields import FIELDS, SECTIONS, Profile, ProfileField
from gradebook.profile_problems import sentence

_DAY = {"placeholder": "dd/mm/yyyy", "autocomplete": "off"}
_DIGITS = {"inputmode": "numeric", "autocomplete": "off"}
_HINTS: dict[str, dict[str, str]] = {
    "birth_date": _DAY,
    "admitted_on": _DAY,
    "identity_card_date": _DAY,
    "ethnicity": {"list": "ethnic-groups", "autocomplete": "off"},
    "ministry_code": _DIGITS,
    "citizen_number": _DIGITS,
    "identity_card": _DIGITS,
    "birth_year": _DIGITS,
    "phone": {"inputmode": "tel"},
}


class ProfileForm(forms.Form):
    """Each field carries what the page showed, so that a later save of somebody else is noticed."""

    def __init__(
        self, *args: Any, keys: Iterable[str], profile: Profile | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for key in keys:
            self.fields[key] = form_field(FIELDS[key])
            self.fields[key].show_hidden_initial = True
            self.initial[key] = profile.text(key) if profile else ""

    @property
    def changes(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in self.changed_data if key in FIELDS}

    @property
    def seen(self) -> dict[str, str]:
        return {key: self._hidden(key) for key in self.fields if key in FIELDS}

    def sections(self) -> Iterator[tuple[Any, list[Any]]]:
        """The fields by section, without the sections of which the form has none."""
        for title, keys in SECTIONS.values():
            if fields := [self[key] for key in keys if key in self.fields]:
                yield title, fields

    def explain(self, refused: ProfileRefused) -> None:
        for key, problem in refused.problems.items():
            self.add_error(key, sentence(problem))

    def show_changed(self, changed: ProfileChanged) -> list[dict[str, Any]]:
        """Both values of each field, for the page; saving again replaces what the reader now has seen."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        rows = []
        for conflict in changed.conflicts:
            self.data[self[conflict.key].html_initial_name] = conflict.now  # type: ignore[index]
            field = FIELDS[conflict.key]
            rows.append(
                {
                    "label": field.label,
                    "now": field.shown(conflict.now),
                    "typed": field.shown(conflict.typed),
                    "by": conflict.by,
                    "at": conflict.at,
                }
            )
        return rows

    def _hidden(self, key: str) -> str:
        return str(self.data.get(self[key].html_initial_name, "") or "")


def form_field(field: ProfileField) -> forms.Field:
    about: dict[str, Any] = {
        "label": capfirst(str(field.column.verbose_name)),
        "required": field.is_required,
        "error_messages": {"required": _("Fill this in.")},
    }
    if field.choices:
        return forms.ChoiceField(choices=[("", "–"), *field.choices], **about)
    return forms.CharField(widget=forms.TextInput(attrs=_HINTS.get(field.name, {})), **about)
