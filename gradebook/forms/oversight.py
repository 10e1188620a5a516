"""What is posted about who checks what."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField
from gradebook.actions.oversight import EndsBeforeItBegins, NotALeader, NothingNew
from gradebook.models import Course, SchoolClass, Subject

REASONS: dict[type[ValueError], tuple[str | None, Any]] = {
    NotALeader: (None, _("This person leads neither the school nor a department today.")),
    NothingNew: (None, _("This person checks all of that already.")),
    EndsBeforeItBegins: ("until", _("The last day lies before the first one.")),
}
REFUSALS = tuple(REASONS)


class OversightForm(forms.Form):
    """Grades and subjects of open years, with dates."""

    grades = forms.TypedMultipleChoiceField(
        label=_("Grades"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    subjects = forms.ModelMultipleChoiceField(
        label=_("Subjects"),
        queryset=Subject.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    since = DayField(label=_("From"), initial=timezone.localdate)
    until = DayField(label=_("Last day"), required=False, help_text=_("Empty: until further notice."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_classes = SchoolClass.objects.filter(year__status="open")
        grades = open_classes.order_by("grade").values_list("grade", flat=True).distinct()
        self.fields["grades"].choices = [(grade, str(grade)) for grade in grades]  # type: ignore[attr-defined]
        taught = Course.objects.of_subjects().filter(school_class__year__status="open")
        subjects = Subject.objects.filter(pk__in=taught.values("subject"))
        self.fields["subjects"].queryset = subjects  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not data.get("grades") and not data.get("subjects"):
            raise ValidationError(_("Choose a grade or a subject."))
        return data

    @property
    def wanted(self) -> dict[str, Any]:
        """What `give_oversight` takes."""
        return self.cleaned_data | {"subjects": list(self.cleaned_data["subjects"])}

    def refuse(self, problem: ValueError) -> None:
        self.add_error(*REASONS[type(problem)])
