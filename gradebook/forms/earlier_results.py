"""Results of another school: one table for a school year."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gradebook import movement_problems
from gradebook.actions.earlier_results import EarlierLine
from gradebook.actions.movement_desk import NotMoved

SEMESTERS = [(1, _("Semester I")), (2, _("Semester II")), (0, _("Year"))]


class EarlierYearForm(forms.Form):
    year_name = forms.CharField(
        label=_("School year"), max_length=9, help_text=_("Of the other school, as in 2025-2026.")
    )
    grade = forms.IntegerField(label=_("Grade"), min_value=1, max_value=12)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Only where something that was saved before is changed."),
    )

    def clean_year_name(self) -> str:
        return str(self.cleaned_data["year_name"]).replace("–", "-").replace(" ", "")

    def refuse(self, problem: ValueError) -> None:
        if isinstance(problem, NotMoved):
            place = movement_problems.field(problem)
            self.add_error(place if place in self.fields else None, movement_problems.sentence(problem))
        else:
            self.add_error(None, _("The school year is closed."))


class LineForm(forms.Form):
    """One row. Its labels are the headings of the table, read out for each field."""

    semester = forms.TypedChoiceField(label=_("Semester"), choices=SEMESTERS, coerce=int)
    subject = forms.CharField(label=_("Subject"), max_length=80, required=False)
    regular = forms.CharField(label=_("Regular marks"), max_length=80, required=False)
    midterm = forms.CharField(label=_("Midterm"), max_length=8, required=False)
    final = forms.CharField(label=_("Final"), max_length=8, required=False)
    result = forms.CharField(label=_("Average or level"), max_length=20, required=False)
    comment = forms.CharField(label=_("Comment"), max_length=1000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {"aria-label": field.label, "autocomplete": "off"}


LineFormSet = forms.formset_factory(LineForm, extra=0, max_num=200, absolute_max=200)


def lines_of(formset: Iterable[forms.Form]) -> list[EarlierLine]:
    """A row without a subject and without results is none."""
    lines = [EarlierLine(**form.cleaned_data) for form in formset]
    return [line for line in lines if line.subject or not line.is_empty]
