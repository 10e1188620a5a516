"""What is posted about departments: each verb has its form, with fields named apart on the one page."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions.units import AlreadyMember, EndsBeforeItBegins, Inactive, NameTaken
from accounts.fields import DayField, PersonField
from accounts.models import Department, Membership, User
from accounts.names import clean

REASONS: dict[type[ValueError], tuple[str, Any]] = {
    NameTaken: ("name", _("Another department has this name.")),
    AlreadyMember: ("person", _("This person is that already.")),
    Inactive: ("person", _("This account is disabled.")),
    EndsBeforeItBegins: ("day", _("The membership begins later, or ended before.")),
}
REFUSALS = tuple(REASONS)


class UnitForm(forms.Form):
    def refuse(self, problem: ValueError) -> None:
        """Put beside its field why nothing was written."""
        self.add_error(*REASONS[type(problem)])


class NameForm(UnitForm):
    name = forms.CharField(
        label=_("Name of the department"),
        max_length=80,
        help_text=_("As in “Tổ Toán – Tin” or “Tổ Văn phòng”."),
    )

    def clean_name(self) -> str:
        if name := clean(self.cleaned_data["name"]):
            return name
        raise ValidationError(_("Type a name."))


class MemberForm(UnitForm):
    """Somebody joins."""

    prefix = "member"

    person = PersonField(label=_("Person"))
    day = DayField(label=_("From"), initial=timezone.localdate)

    def __init__(self, *args: Any, department: Department, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = department.memberships.not_over(timezone.localdate())
        outside = User.objects.filter(is_active=True).exclude(pk__in=standing.values("user"))
        self.fields["person"].offer(outside)  # type: ignore[attr-defined]


class StandingForm(UnitForm):
    """About one of those who belong to the department."""

    person = PersonField(label=_("Member"))

    def __init__(self, *args: Any, department: Department, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = department.memberships.filter(until=None).select_related("user")
        self.memberships = {row.user_id: row for row in self.among(standing)}
        self.fields["person"].offer(row.user for row in self.memberships.values())  # type: ignore[attr-defined]

    def among(self, standing: Any) -> Any:
        return standing

    @property
    def membership(self) -> Membership:
        found: Membership = self.memberships[self.cleaned_data["person"].pk]
        return found


class HeadForm(StandingForm):
    """A member becomes the head."""

    prefix = "head"

    day = DayField(label=_("From"), initial=timezone.localdate)

    def among(self, standing: Any) -> Any:
        return standing.filter(is_head=False)


class EndForm(StandingForm):
    """A member leaves."""

    prefix = "end"

    day = DayField(label=_("Last day"), initial=timezone.localdate)
