"""The pages about accounts that stand side by side."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Permission

_TABS = (
    (_("All accounts"), "accounts", Permission.MANAGE_ACCOUNTS),
    (_("To watch"), "watch_list", Permission.MANAGE_ACCOUNTS),
    (_("Sign-ins and account changes"), "account_journal", Permission.MANAGE_ACCOUNTS),
    (_("Rules of sign-in"), "security", Permission.SET_SECURITY),
)


@dataclass(frozen=True, slots=True)
class Tab:
    label: Any
    url: str
    is_current: bool


def tabs_of(user: User, current: str) -> list[Tab]:
    return [
        Tab(label, reverse(f"accounts:{name}"), name == current)
        for label, name, permission in _TABS
        if user.may(permission)
    ]
