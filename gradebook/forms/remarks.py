"""A remark of the week: a new one, on the class or on pupils, and its change by who wrote it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gradebook.actions.remarks import TEXT_MAX, NotWritten, Words
from gradebook.models import Course, Enrolment, Remark

WHOLE_CLASS = "class"
REASONS: dict[str, tuple[str | None, Any]] = {
    "empty": ("text", _("Write the remark.")),
    "too-long": ("text", _("Longer than %(maximum)d characters.") % {"maximum": TEXT_MAX}),
    "nobody": ("about", _("Tick the whole class or pupils.")),
    "not-on-roll": ("about", _("A pupil ticked here is no longer in the class. Nothing was written.")),
    "outside": (None, _("This week lies outside the school year.")),
    "to-come": (None, _("This week has not begun yet.")),
    "locked": (None, _("The books of this semester are locked: its remarks are only read.")),
    "year-closed": (None, _("The school year is closed; the principal has to reopen it first.")),
}


class WordsForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Remark.Kind.choices, initial=Remark.Kind.REMARK, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Remark"),
        widget=forms.Textarea({"rows": 3, "maxlength": TEXT_MAX}),
        error_messages={"required": REASONS["empty"][1]},
    )

    @property
    def words(self) -> Words:
        return Words(self.cleaned_data["kind"], self.cleaned_data["text"])

    def refuse(self, problem: ValueError) -> None:
        """Put beside its field why nothing was written."""
        field, reason = REASONS[problem.code if isinstance(problem, NotWritten) else "year-closed"]
        self.add_error(field if field in self.fields else None, reason)


class WriteForm(WordsForm):
    week = forms.DateField(widget=forms.HiddenInput)
    course = forms.ChoiceField(label=_("Subject"))
    about = forms.MultipleChoiceField(
        label=_("About whom"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": REASONS["nobody"][1],
            "invalid_choice": REASONS["not-on-roll"][1],
        },
    )

    field_order = ["week", "course", "kind", "text", "about"]

    def __init__(
        self, *args: Any, courses: Sequence[Course], pupils: Sequence[Enrolment], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.courses = {str(course.pk): course for course in courses}
        course, about = self.fields["course"], self.fields["about"]
        course.choices = [(key, course.subject.name) for key, course in self.courses.items()]  # type: ignore[attr-defined]
        if len(courses) == 1:
            course.initial, course.widget = courses[0].pk, forms.HiddenInput()
        about.choices = [  # type: ignore[attr-defined]
            (WHOLE_CLASS, _("The whole class")),
            *((each.pk, f"{each.number}. {each.student.full_name}") for each in pupils),
        ]

    @property
    def asked(self) -> dict[str, Any]:
        """What `write_remarks` takes."""
        data = self.cleaned_data
        return {
            "course": self.courses[data["course"]],
            "week": data["week"],
            "words": self.words,
            "pupils": {int(key) for key in data["about"] if key != WHOLE_CLASS},
            "whole_class": WHOLE_CLASS in data["about"],
        }


class SeenForm(forms.Form):
    """Which version of the remark was on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class ChangeForm(WordsForm, SeenForm):
    field_order = ["version", "kind", "text"]
