"""What is posted when a power is handed on."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions.delegations import NotDelegated, may_delegate
from accounts.fields import DayField, PersonField
from accounts.models import User
from accounts.names import clean
from accounts.roles import Permission

REASONS: dict[str, tuple[str, Any]] = {
    "dates": ("until", _("The last day lies before the first one.")),
    "over": ("until", _("These days are over already.")),
    "too-long": ("until", _("A delegation lasts a year at most; then it is given anew.")),
    "decided-later": ("dated", _("The decision is dated after the first day.")),
    "nobody": ("receiver", _("This person holds no role today, or the account is disabled.")),
    "held": ("receiver", _("This person has the power by role already.")),
    "executes": ("receiver", _("This person carries such decisions out; deciding stays with somebody else.")),
    "given": ("receiver", _("This person has the power in these days already.")),
}


class DelegationForm(forms.Form):
    power = forms.ChoiceField(label=_("Power"))
    receiver = PersonField(label=_("Who exercises it"))
    since = DayField(label=_("From"), initial=timezone.localdate)
    until = DayField(
        label=_("Last day"), help_text=_("It ends by itself on this day; you can end it earlier.")
    )
    number = forms.CharField(
        label=_("Number of the decision"),
        max_length=40,
        help_text=_("As on the paper, for example 45/QĐ-THCS."),
    )
    dated = DayField(label=_("Date of the decision"))

    def __init__(self, *args: Any, giver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        powers = [power for power in Permission if may_delegate(giver, power)]
        self.fields["power"].choices = [("", _("Choose")), *((p.value, p.label) for p in powers)]  # type: ignore[attr-defined]
        others = User.objects.filter(is_active=True).exclude(pk=giver.pk)
        self.fields["receiver"].offer(others)  # type: ignore[attr-defined]

    def clean_number(self) -> str:
        if number := clean(self.cleaned_data["number"]):
            return number
        raise ValidationError(_("Type the number of the decision."))

    @property
    def wanted(self) -> dict[str, Any]:
        """What `delegate_power` takes."""
        data = dict(self.cleaned_data)
        return data | {"power": Permission(data["power"]), "to": data.pop("receiver")}

    def refuse(self, problem: NotDelegated) -> None:
        """Put beside its field why nothing was given."""
        self.add_error(*REASONS[problem.code])
