"""Orders that open and lock books."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gradebook.models import Course, Decision, LockOrder, MarkKind, Period, SchoolClass, SchoolYear, Subject

WHOLE_SCHOOL = "school"
_MOMENT = "%Y-%m-%dT%H:%M"
_PROBLEMS = {
    "waiting": gettext_lazy(
        "Another order for these books waits for the same moment. Have it executed, or withdraw it first."
    ),
    "no-change": gettext_lazy("These books are in that state already."),
    "no-books": gettext_lazy("There is no book that this order would be about."),
    "past": gettext_lazy("This hour is over."),
}


class MomentField(forms.DateTimeField):
    """Date and hour, as the browser's own picker gives them."""

    def __init__(self, **kwargs: Any) -> None:
        picker = forms.DateTimeInput({"type": "datetime-local"}, format=_MOMENT)
        super().__init__(widget=picker, input_formats=[_MOMENT, f"{_MOMENT}:%S"], required=False, **kwargs)


class DecisionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's is not generic
    """By number, date and title: a number alone does not say what was decided."""

    def label_from_instance(self, obj: Any) -> str:
        return ", ".join(filter(None, (obj.number, f"{obj.dated:%d/%m/%Y}", obj.title)))


class LockOrderForm(forms.Form):
    act = forms.ChoiceField(
        label=gettext_lazy("What to do"), choices=LockOrder.Act.choices, widget=forms.RadioSelect
    )
    period = forms.ModelChoiceField(
        label=gettext_lazy("Period"), queryset=Period.objects.none(), empty_label=gettext_lazy("Choose")
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of mark"),
        choices=[("", gettext_lazy("All")), *MarkKind.choices],
        required=False,
    )
    # Chosen explicitly: a forgotten field must not lock the whole school.
    scope = forms.ChoiceField(label=gettext_lazy("For"))
    effective_at = MomentField(
        label=gettext_lazy("At"),
        help_text=gettext_lazy("By itself at this hour; empty: when the administrator executes it."),
    )
    until = MomentField(
        label=gettext_lazy("Open until"),
        help_text=gettext_lazy(
            "Only for opening: locks again by itself at this hour, also a book that had another hour before."
        ),
    )
    lifts_end = forms.BooleanField(
        label=gettext_lazy("Take away the hour at which open books would close"),
        required=False,
        help_text=gettext_lazy(
            "Only for opening without an end. Unticked, a book that is open keeps the hour at which it closes."
        ),
    )
    when_complete = forms.BooleanField(
        label=gettext_lazy("Lock each class as soon as all its cells are filled and confirmed"),
        required=False,
    )
    decision = DecisionField(
        label=gettext_lazy("By decision"),
        queryset=Decision.objects.none(),
        required=False,
        empty_label=gettext_lazy("none"),
        help_text=gettext_lazy("Number, date and scan stand in the register of decisions."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("As it will stand in the journal."),
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, year: SchoolYear | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        fields: dict[str, Any] = self.fields
        fields["period"].queryset = Period.objects.filter(semester__year=year)
        fields["decision"].queryset = Decision.objects.filter(year=year)
        self.scopes = dict(self._scopes(str(self["scope"].value() or "")))
        fields["scope"].choices = [
            ("", _("Choose")),
            *((key, label) for key, (label, _of) in self.scopes.items()),
        ]

    def _scopes(self, asked: str) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
        """What may be chosen: words and terms by key. Of the courses only the one that was asked for."""
        yield WHOLE_SCHOOL, (_("The whole school"), {})
        classes = list(SchoolClass.objects.filter(year=self.year))
        for grade in sorted({each.grade for each in classes}):
            yield f"grade-{grade}", (_("Grade %(grade)d") % {"grade": grade}, {"grade": grade})
        for each in classes:
            yield f"class-{each.pk}", (_("Class %(name)s") % {"name": each.name}, {"school_class": each})
        taught = Course.objects.filter(school_class__year=self.year)
        for subject in Subject.objects.filter(pk__in=taught.values("subject")):
            yield f"subject-{subject.pk}", (str(subject), {"subject": subject})
        kind, _dash, pk = asked.partition("-")
        if kind == "course" and pk.isascii() and pk.isdigit():
            found = taught.filter(pk=int(pk)).select_related("subject", "school_class")
            for course in found:
                yield asked, (f"{course.subject}, {course.school_class}", {"course": course})

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        opens = data.get("act") == LockOrder.Act.OPEN
        if data.get("until") and not opens:
            self.add_error("until", _("Only an opening has an end."))
        if data.get("until") and data.get("effective_at") and data["until"] <= data["effective_at"]:
            self.add_error("until", _("It ends before it begins."))
        if data.get("lifts_end") and (not opens or data.get("until")):
            self.add_error("lifts_end", _("Only for opening, and without an end."))
        if data.get("when_complete") and (opens or data.get("effective_at")):
            self.add_error("when_complete", _("Only for locking, and without an hour."))
        for name in ("effective_at", "until"):
            if name not in self.errors and data.get(name) and data[name] <= timezone.now():
                self.add_error(name, _PROBLEMS["past"])
        return data

    @property
    def terms(self) -> dict[str, Any]:
        """What `order_lock` and `propose_lock` take."""
        data = dict(self.cleaned_data)
        _label, of = self.scopes[data.pop("scope")]
        return data | of

    @property
    def draft(self) -> LockOrder:
        """The order as it would be, to look at what it is about."""
        return LockOrder(**self.terms)

    def refuse(self, code: str) -> None:
        field = None
        if code == "past":
            field = "effective_at" if self.cleaned_data.get("effective_at") else "until"
        self.add_error(field, _PROBLEMS[code])


class DeclineForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why it is declined"), max_length=300)


def problem(code: str) -> str:
    return str(_PROBLEMS[code])
