"""Pupils who leave, change class, come back or come from another school."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField
from gradebook import movement_problems
from gradebook.actions.decisions import clean_number
from gradebook.actions.movement_desk import BY_DECISION, WITH_REASON, WITH_SCHOOL, MovementPaper, NotMoved
from gradebook.actions.profiles import check_age, check_value
from gradebook.forms.decisions import NumberAndDateForm
from gradebook.forms.profiles import form_field
from gradebook.known_pupils import Newcomer
from gradebook.models import Movement, SchoolClass, SchoolYear, Student
from gradebook.profile_fields import FIELDS, ValueRefused
from gradebook.profile_problems import sentence

_K = Movement.Kind
OTHER_SCHOOL = {
    _K.RECEIVED: _("School the pupil comes from"),
    _K.TRANSFERRED: _("School the pupil goes to"),
}
IDENTITY = ("full_name", "birth_date", "sex", "ministry_code", "citizen_number")


class MovementPaperForm(NumberAndDateForm):
    """What every movement rests on; which of it is required depends on the kind."""

    on = DayField(label=_("From which day"), help_text=_("From this day on the lists show it."))
    other_school = forms.CharField(
        label=_("The other school"), max_length=160, help_text=_("Name and province, as on the paper.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))

    field_order = ["on", "number", "dated", "other_school", "reason"]

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in ("number", "dated"):
            self.fields[key].required = kind in BY_DECISION
        self.fields["reason"].required = kind in WITH_REASON
        if kind in WITH_SCHOOL:
            self.fields["other_school"].label = OTHER_SCHOOL[_K(kind)]
        else:
            del self.fields["other_school"]

    def clean_number(self) -> str:
        number = clean_number(self.cleaned_data["number"])
        if not number and self.fields["number"].required:
            raise ValidationError(_("Type the number of the decision."))
        return number

    @property
    def paper(self) -> MovementPaper:
        names = ("on", "number", "dated", "other_school", "reason")
        return MovementPaper(**{key: self.cleaned_data[key] for key in names if key in self.fields})

    def refuse(self, problem: ValueError) -> None:
        """Put beside its field why nothing was recorded."""
        if isinstance(problem, NotMoved):
            place = movement_problems.field(problem)
            self.add_error(place if place in self.fields else None, movement_problems.sentence(problem))
        else:
            super().refuse(problem)


class ClassForm(forms.Form):
    """Which class: asked first, so that the page can show what moves."""

    to = forms.ModelChoiceField(
        label=_("Into class"), queryset=SchoolClass.objects.none(), empty_label=_("Choose")
    )

    def __init__(self, *args: Any, classes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = classes  # type: ignore[attr-defined]


class ReceiveForm(MovementPaperForm):
    """A child from another school: who it is, from where, into which class."""

    to = forms.ModelChoiceField(
        label=_("Into class"), queryset=SchoolClass.objects.none(), empty_label=_("Choose")
    )
    same = forms.RegexField(r"^(another|[1-9]\d{0,17})$", required=False, widget=forms.HiddenInput)

    field_order = [
        *IDENTITY,
        *("to", "on", "other_school", "number", "dated", "reason", "same"),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, kind=_K.RECEIVED, **kwargs)
        # Whoever is to be received is not yet in a list, so every class of an open year is possible.
        open_now = SchoolClass.objects.filter(year__status=SchoolYear.Status.OPEN)
        classes = open_now.select_related("year").order_by("-year", "grade", "name")
        self.fields["to"].queryset = classes  # type: ignore[attr-defined]
        for key in IDENTITY:
            self.fields[key] = form_field(FIELDS[key])
        self.fields["ministry_code"].help_text = _("10 digits. Finds the pupil who was here before.")
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Judged as in a profile; an identifier that somebody has is a pupil who comes back."""
        cleaned: dict[str, Any] = super().clean() or {}
        for key in IDENTITY:
            if key in cleaned:
                try:
                    cleaned[key] = self._parsed(key, cleaned[key])
                except ValueRefused as refused:
                    self.add_error(key, sentence(refused))
        return cleaned

    def _parsed(self, key: str, typed: str) -> Any:
        value, to = FIELDS[key].parse(typed), self.cleaned_data.get("to")
        if key == "birth_date":
            check_value(key, value, Student())
            if to is not None:
                check_age(value.year, to.grade, to.year.starts_on.year)
        return value

    @property
    def newcomer(self) -> Newcomer:
        return Newcomer(**{key: self.cleaned_data[key] for key in IDENTITY})

    @property
    def known(self) -> Student | None:
        """The pupil of the records whom a person has recognised; whether that can be, the action checks."""
        same = self.cleaned_data["same"]
        found: Student | None = Student.objects.filter(pk=same).first() if same.isdigit() else None
        return found

    @property
    def is_another(self) -> bool:
        return bool(self.cleaned_data["same"] == "another")


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))
