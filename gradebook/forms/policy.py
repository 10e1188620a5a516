"""The rules of a year and level, in their chapters."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField
from gradebook.actions.policy import PolicyChanged
from gradebook.actions.rules import RulesInUse, is_in_use
from gradebook.models import Policy
from gradebook.policy_history import version_of
from gradebook.policy_presets import clauses
from gradebook.policy_settings import CHAPTERS, FIXED_BY_MARKS, SETTINGS

FIXED = _("Marks were entered under this rule: it stands for the year.")


class PolicyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Policy
        fields = tuple(SETTINGS)
        field_classes = {"profile_deadline": DayField, "blank_book_deadline": DayField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = version_of(self.instance)
        for name, setting in SETTINGS.items():
            self.fields[name].label = setting.label
            self.fields[name].help_text = " · ".join(
                [*clauses(name), *([str(setting.how)] if setting.how else [])]
            )
        if is_in_use(self.instance):
            for name in FIXED_BY_MARKS:
                self.fields[name].disabled, self.fields[name].help_text = True, FIXED

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in SETTINGS}

    def chapters(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        for chapter in CHAPTERS:
            yield chapter.title, [self[setting.name] for setting in chapter.settings]

    def refuse(self, problem: Exception) -> None:
        if isinstance(problem, RulesInUse):
            self.add_error("whole_regular_marks", FIXED)
        elif isinstance(problem, PolicyChanged):
            self.add_error(
                None, _("Somebody changed these rules meanwhile. Look at them again before you save.")
            )
        elif isinstance(problem, ValidationError):
            self.add_error(None, problem)
        else:
            self.add_error(None, _("The school year is closed."))
