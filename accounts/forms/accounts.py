"""The shape of what is posted about accounts. Whether it may be done is for the actions to say."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions import NewAccount
from accounts.fields import DayField
from accounts.journal import OPERATIONS, operations
from accounts.models import User
from accounts.names import clean
from accounts.roles import Role


class AccountForm(forms.Form):
    full_name = forms.CharField(label=_("Full name"), max_length=120)
    staff_code = forms.CharField(
        label=_("Staff code"),
        max_length=20,
        required=False,
        help_text=_("The ministry's code of a member of staff."),
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("For reminders and notices of new devices.")
    )

    def clean_full_name(self) -> str:
        return clean(self.cleaned_data["full_name"])


class NewAccountForm(AccountForm):
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        required=False,
        validators=[UnicodeUsernameValidator()],
        help_text=_("Left empty, it is made from the name: Nguyễn Thị Hạnh signs in as hanhnt."),
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    since = DayField(label=_("From"), help_text=_("First day on which the roles are held."))
    # A second click or a reloaded page would otherwise open a second account for the same person.
    namesake = forms.BooleanField(
        label=_("It is another person of the same name"), required=False, widget=forms.HiddenInput
    )

    field_order = ["full_name", "namesake", "username", "staff_code", "email", "roles", "since"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        same = User.objects.filter(full_name=data.get("full_name", "")).first()
        if same and not data.get("namesake"):
            self.fields["namesake"].widget = forms.CheckboxInput()
            text = _("There is an account for this name already: %(username)s.")
            self.add_error("namesake", ValidationError(text, params={"username": same.username}))
        return data

    @property
    def row(self) -> NewAccount:
        roles = tuple(Role(role) for role in self.cleaned_data["roles"])
        data = {name: value for name, value in self.cleaned_data.items() if name != "namesake"}
        return NewAccount(**{**data, "roles": roles})


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose")), *Role.choices])
    since = DayField(label=_("From"))
    until = DayField(
        label=_("Until"), required=False, help_text=_("Last day; empty as long as it is not known.")
    )

    @property
    def given(self) -> dict[str, Any]:
        """What `give_role` takes."""
        return {**self.cleaned_data, "role": Role(self.cleaned_data["role"])}


class EndRoleForm(forms.Form):
    NOW, TODAY = "now", "today"
    when = forms.ChoiceField(
        choices=[(NOW, _("At once")), (TODAY, _("At the end of today"))], widget=forms.HiddenInput
    )

    @property
    def until(self) -> date:
        today = timezone.localdate()
        return today if self.cleaned_data["when"] == self.TODAY else today - timedelta(days=1)


class SecurityForm(forms.Form):
    second_factor_required = forms.BooleanField(
        label=_("Principal and administrator sign in with a second factor"),
        required=False,
        help_text=_("Who has none yet sets it up at the next click, and reaches no other page before."),
    )
    password_max_age_days = forms.IntegerField(
        label=_("Remind of passwords older than (days)"),
        min_value=30,
        max_value=730,
        help_text=_("A reminder on the home page; nobody is forced."),
    )


class AccountFilter(forms.Form):
    q = forms.CharField(label=_("Name, user name or code"), required=False)
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("All roles")), *Role.choices], required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("Active")), ("disabled", _("Disabled")), ("all", _("All"))],
        required=False,
    )


class JournalFilter(forms.Form):
    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=User.objects.order_by("full_name"),
        required=False,
        empty_label=_("Everybody"),
    )
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)


class OperationsFilter(JournalFilter):
    group = forms.ChoiceField(
        label=_("Group of acts"),
        required=False,
        choices=[("", _("everything")), *((key, label) for key, (label, _verbs) in OPERATIONS.items())],
    )

    @property
    def wanted(self) -> dict[str, Any]:
        """What `journal.events` takes; a field that cannot be read narrows nothing."""
        wanted = dict(self.cleaned_data)
        return wanted | {"verbs": operations(wanted.pop("group", ""))}
