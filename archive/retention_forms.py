"""A line of the retention table, and the decision to destroy what is due."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField
from archive.models import Destruction, RetentionRule
from archive.retention import Due


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    class Meta:
        model = RetentionRule
        fields = ("kind", "years", "legal_basis", "effective_from")
        error_messages: ClassVar = {"years": {"min_value": _("One year at least; empty for permanently.")}}
        field_classes: ClassVar = {"effective_from": DayField}

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="rule-%s")
        self.fields["effective_from"].initial = timezone.localdate


class DestructionForm(forms.ModelForm):  # type: ignore[type-arg]  # the same
    """`what` offers only what is due."""

    what = forms.ChoiceField(label=_("What is destroyed"))
    confirmed = forms.BooleanField(label=_("The decision is signed and the minutes are in the file."))

    class Meta:
        model = Destruction
        fields = ("number", "dated", "minutes")
        field_classes: ClassVar = {"dated": DayField}

    field_order = ("what", "number", "dated", "minutes", "confirmed")

    def __init__(self, data: Any = None, *, due: Sequence[Due]) -> None:
        super().__init__(data, auto_id="destruction-%s")
        self._due = {f"{each.kind}-{each.year.pk}": each for each in due}
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)  # noqa: S101
        what.choices = [
            (key, f"{each.kind.label} {each.year} ({each.count})") for key, each in self._due.items()
        ]

    @property
    def chosen(self) -> dict[str, Any]:
        each = self._due[self.cleaned_data["what"]]
        facts = {name: self.cleaned_data[name] for name in ("number", "dated", "minutes")}
        return {"year": each.year, "kind": each.kind.value, "facts": facts}
