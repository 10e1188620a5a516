"""The school, its calendar, its classes and their subjects."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField
from gradebook import class_names
from gradebook.actions.courses import Shape
from gradebook.actions.school import Calendar
from gradebook.class_names import BadName
from gradebook.layout import regular_count
from gradebook.models import Course, Period, SchoolClass, SchoolYear
from gradebook.year_dates import BadDates, Span, YearDates

DATES = {
    "name": _("A school year is named after its first and last day, as in 2026-2027."),
    "starts": _("The first day lies in the first year of the name."),
    "ends": _("The last day lies in the year after the first day."),
    "second-semester": _("The second semester begins after the first day and before the last."),
    "follows": _("The dates follow one another, and the next year begins after this one."),
    "overlap": _("Another school year has days in common with this one."),
    "reversed": _("The last day of the tests lies before the first."),
    "outside": _("These tests lie outside their semester (in summer: after the last day of the year)."),
    "order": _("These tests begin before the earlier ones are over."),
}
BAD_NAMES = {
    "name": _("“%(name)s” is too long for the name of a class."),
    "grade": _("“%(name)s” does not begin with its grade, as 6A or 10A1 does."),
    "range": _("“%(name)s” is no range: write it as 6A-6D or 10A1-10A8."),
    "many": _("These are more than 100 classes."),
}


class SchoolForm(forms.Form):
    name = forms.CharField(label=_("Name of the school"), max_length=120)
    governing_body = forms.CharField(label=_("Governing body"), max_length=120)
    place = forms.CharField(label=_("Place"), max_length=80, help_text=_("as in “Hà Nội, ngày …”"))


class YearDatesForm(forms.Form):
    starts_on = DayField(label=_("First day of school"))
    second_semester_on = DayField(label=_("Second semester from"))
    ends_on = DayField(label=_("Last day of school"))

    @property
    def dates(self) -> YearDates:
        names = ("starts_on", "second_semester_on", "ends_on")
        return YearDates(**{name: self.cleaned_data[name] for name in names})

    def refuse(self, problem: ValueError) -> None:
        """Put beside each field what contradicts the others."""
        if not isinstance(problem, BadDates):
            super().refuse(problem)  # type: ignore[misc]  # of the form it is mixed into
            return
        for field, code in problem.problems.items():
            name = field if field in self.fields else f"{field}_from"
            self.add_error(name if name in self.fields else None, DATES[code])


class CalendarForm(YearDatesForm):
    """Days of the year, and of the tests of each period."""

    def __init__(self, data: QueryDict | None, *, year: SchoolYear) -> None:
        self.periods = list(Period.objects.filter(semester__year=year).order_by("order"))
        second = year.semesters.get(number=2)
        initial: dict[str, date | None] = {
            "starts_on": year.starts_on,
            "second_semester_on": second.starts_on,
            "ends_on": year.ends_on,
        }
        for period in self.periods:
            initial[f"{period.code}_from"], initial[f"{period.code}_until"] = (
                period.tests_from,
                period.tests_until,
            )
        super().__init__(data, initial=initial)
        for period in self.periods:
            self.fields[f"{period.code}_from"] = DayField(label=_("Tests from"), required=False)
            self.fields[f"{period.code}_until"] = DayField(label=_("until"), required=False)

    def clean(self) -> dict[str, Any]:
        for code in (period.code for period in self.periods):
            begin, end = self.cleaned_data.get(f"{code}_from"), self.cleaned_data.get(f"{code}_until")
            if (begin is None) != (end is None) and not {f"{code}_from", f"{code}_until"} & set(self.errors):
                self.add_error(f"{code}_until" if begin else f"{code}_from", _("Give both days, or none."))
        return self.cleaned_data

    @property
    def calendar(self) -> Calendar:
        data = self.cleaned_data
        return Calendar(
            data["starts_on"],
            data["second_semester_on"],
            data["ends_on"],
            {period.code: self._span(period.code) for period in self.periods},
        )

    @property
    def days(self) -> list[BoundField]:
        return [self[name] for name in ("starts_on", "second_semester_on", "ends_on")]

    @property
    def tests(self) -> Iterator[tuple[Period, BoundField, BoundField]]:
        return (
            (period, self[f"{period.code}_from"], self[f"{period.code}_until"]) for period in self.periods
        )

    def _span(self, code: str) -> Span | None:
        begin, end = self.cleaned_data[f"{code}_from"], self.cleaned_data[f"{code}_until"]
        return (begin, end) if begin and end else None


class ClassNamesForm(forms.Form):
    names = forms.CharField(
        label=_("Names of the classes"),
        max_length=1000,
        help_text=_("As in “6A, 6B, 6C” or “10A1-10A8”. A class belongs to the grade its name begins with."),
        widget=forms.Textarea({"rows": 2}),
    )

    def clean_names(self) -> list[str]:
        try:
            names = class_names.parse(self.cleaned_data["names"])
        except BadName as problem:
            raise ValidationError(BAD_NAMES[problem.code], params={"name": problem.text}) from problem
        if not names:
            raise ValidationError(_("Type at least one name."))
        return names


class CopyClassesForm(forms.Form):
    source = forms.ModelChoiceField(
        label=_("Classes of"), queryset=SchoolYear.objects.none(), empty_label=None
    )
    keep_teachers = forms.BooleanField(label=_("with their homeroom teachers"), required=False)

    def __init__(self, *args: Any, year: SchoolYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = SchoolYear.objects.exclude(pk=year.pk).filter(classes__is_withdrawn=False).distinct()
        self.fields["source"].queryset = others  # type: ignore[attr-defined]


class RenameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=20)

    def clean_name(self) -> str:
        return clean_class_name(self.cleaned_data["name"])


def clean_class_name(name: str) -> str:
    try:
        return class_names.clean(name)
    except BadName as problem:
        raise ValidationError(BAD_NAMES[problem.code], params={"name": problem.text}) from problem


class _InClassesForm(forms.Form):
    lessons_per_year = forms.IntegerField(
        label=_("Lessons a year"),
        min_value=1,
        max_value=500,
        help_text=_("They decide how many regular marks there are: 2 up to 35 lessons, 3 up to 70, 4 above."),
    )
    classes = forms.ModelMultipleChoiceField(
        label=_("Classes"), queryset=SchoolClass.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, classes: Iterable[SchoolClass], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = SchoolClass.objects.filter(pk__in=[each.pk for each in classes])
        self.fields["classes"].queryset = chosen  # type: ignore[attr-defined]


class ShapeForm(_InClassesForm):
    semesters = forms.ChoiceField(
        label=_("Taught in"),
        choices=[("12", _("both semesters")), ("1", _("semester 1 only")), ("2", _("semester 2 only"))],
    )
    strands = forms.CharField(
        label=_("Strands"),
        max_length=200,
        required=False,
        help_text=_(
            "Separated by commas. They share the regular columns in this order, and only the teacher of each enters "
            "its own; midterm, final and comments belong to the teacher of the whole subject. Empty: the subject is "
            "one."
        ),
    )

    field_order = ["lessons_per_year", "semesters", "strands", "classes"]

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_strands(self) -> tuple[str, ...]:
        strands = tuple(
            dict.fromkeys(" ".join(part.split()) for part in self.cleaned_data["strands"].split(","))
        )
        strands = tuple(strand for strand in strands if strand)
        if any(len(strand) > 40 for strand in strands):
            raise ValidationError(_("The name of a strand has at most 40 letters."))
        if len(strands) > (columns := self._regular_columns()):
            text = _("The subject has %(count)d regular columns a semester: not every strand would get one.")
            raise ValidationError(text % {"count": columns})
        return strands

    def _regular_columns(self) -> int:
        """0 in primary school, where a subject has one level and one comment a period, and without lessons."""
        lessons = self.cleaned_data.get("lessons_per_year")
        if lessons is None or self.kind == Course.Kind.PRIMARY:
            return 0
        return regular_count(self.kind, lessons)

    @property
    def shape(self) -> Shape:
        data = self.cleaned_data
        return Shape(data["lessons_per_year"], tuple(map(int, data["semesters"])), data["strands"])


class OwnSubjectForm(_InClassesForm):
    name = forms.CharField(label=_("Name of the subject"), max_length=80)
    kind = forms.ChoiceField(label=_("Assessed by"), choices=[])

    field_order = ["name", "kind", "lessons_per_year", "classes"]

    def __init__(self, *args: Any, grade: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [Course.Kind.PRIMARY] if grade <= 5 else [Course.Kind.SCORED, Course.Kind.COMMENT]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]


class TeachingForm(forms.Form):
    since = DayField(
        label=_("From"),
        help_text=_("Who taught before ends the day before. History keeps both."),
    )
