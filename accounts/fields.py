"""Fields that forms of several apps share: a day as Vietnam writes it, and a person out of those who fit."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.names import sort_key


class DayField(forms.DateField):
    """A text field: a date picker shows the order of day and month that the browser's language has."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"])
        kwargs.setdefault(
            "widget",
            forms.DateInput({"placeholder": "dd/mm/yyyy", "autocomplete": "off"}, format="%d/%m/%Y"),
        )
        kwargs.setdefault(
            "error_messages", {"invalid": _("There is no such day. Write it as in 30/05/2027.")}
        )
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _(
            "Write a day of the calendar as day/month/year, such as 05/09/2026."
        )


class PastDayField(DayField):
    """Of what has been done already: today at the latest."""

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))


class PersonField(forms.ChoiceField):
    """One of the people offered, in the order of Vietnamese names; the cleaned value is the account."""

    def offer(self, people: Iterable[User]) -> None:
        ordered = sorted(people, key=lambda user: sort_key(user.full_name))
        self.people = {str(user.pk): user for user in ordered}
        self.choices = [
            ("", _("Choose")),
            *((pk, f"{user.full_name} ({user.username})") for pk, user in self.people.items()),
        ]

    def clean(self, value: Any) -> User | None:
        return self.people.get(super().clean(value))
