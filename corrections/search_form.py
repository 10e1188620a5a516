"""What a list of requests can be narrowed to; the export takes the same."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField
from accounts.models import User
from corrections.models import CorrectionRequest, Status
from gradebook.models import SchoolClass, Subject

LONGEST = 120


class SearchForm(forms.Form):
    text = forms.CharField(label=_("Number, pupil or sender"), required=False, max_length=LONGEST)
    school_class = forms.ModelChoiceField(
        label=_("Class"), required=False, queryset=SchoolClass.objects.none(), empty_label=_("all")
    )
    subject = forms.ModelChoiceField(
        label=_("Subject"), required=False, queryset=Subject.objects.none(), empty_label=_("all")
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all")), *CorrectionRequest.Kind.choices]
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *Status.choices])
    since = DayField(label=_("From day"), required=False)
    until = DayField(label=_("Up to day"), required=False)
    overdue = forms.BooleanField(label=_("Waiting too long"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """Only classes and subjects that this person's requests are about."""
        super().__init__(*args, **kwargs)
        visible = CorrectionRequest.objects.visible_to(user).order_by()
        courses = visible.values("course__school_class")
        classes = SchoolClass.objects.filter(pk__in=courses) | SchoolClass.objects.filter(
            pk__in=visible.values("school_class")
        )
        self.fields["school_class"].queryset = classes.select_related("year")  # type: ignore[attr-defined]
        subjects = Subject.objects.filter(pk__in=visible.values("course__subject"))
        self.fields["subject"].queryset = subjects  # type: ignore[attr-defined]

    @property
    def refinements(self) -> list[forms.BoundField]:
        """What most searches do without."""
        return [field for field in self if field.name != "text"]

    @property
    def wanted(self) -> dict[str, Any]:
        """What `matching` takes; a field that makes no sense narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
