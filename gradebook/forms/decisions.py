"""Number and date of a decision, as on the paper."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField
from gradebook.actions.decisions import DateOutside, NumberTaken, clean_number


class NumberAndDateForm(forms.Form):
    number = forms.CharField(
        label=_("Number of the decision"),
        max_length=40,
        help_text=_("As on the paper, for example 45/QĐ-THCS."),
    )
    dated = DayField(label=_("Date of the decision"), help_text=_("Day, month, year, as in 30/05/2027."))

    def clean_number(self) -> str:
        number = clean_number(self.cleaned_data["number"])
        if not number:
            raise ValidationError(_("Type the number of the decision."))
        return number

    @property
    def decision(self) -> dict[str, Any]:
        """Number and date, as the actions take them."""
        return {"number": self.cleaned_data["number"], "dated": self.cleaned_data["dated"]}

    def refuse(self, problem: ValueError) -> None:
        """Put beside its field why nothing was written."""
        if isinstance(problem, NumberTaken):
            text = _("This number belongs to a decision of %(date)s.")
            self.add_error("number", text % {"date": f"{problem.dated:%d/%m/%Y}"})
        elif isinstance(problem, DateOutside):
            self.add_error(
                "dated", _("A decision of this year is dated within it or in the summer after it.")
            )
        else:
            self.add_error(None, _("The school year is closed."))
