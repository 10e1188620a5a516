"""Passwords handed out on paper, and user names."""

import secrets
from collections.abc import Container
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.names import given_name_first, search_key

ONE_TIME_VALID = timedelta(days=14)
# Read from paper and typed once: without letters and digits that look alike (0 O 1 l i).
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 3, 4


def one_time_password() -> str:
    """59 random bits as `k7mp-3xqd-hv9t`."""
    return readable_code(_GROUPS)


def readable_code(groups: int) -> str:
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(_GROUP)) for _ in range(groups))


def username_for(full_name: str, taken: Container[str]) -> str:
    """Given name and initials of the rest, as schools do: Nguyễn Thị Hạnh is hanhnt, the next one hanhnt2."""
    given, *rest = given_name_first(search_key(full_name)) or ["nguoidung"]
    stem = "".join(filter(str.isalnum, given + "".join(word[0] for word in rest)))[:50] or "nguoidung"
    number, name = 1, stem
    while name in taken:
        number += 1
        name = f"{stem}{number}"
    return name


class MaximumLengthValidator:
    """Hashing a very long text is work that anybody could ask for (ASVS 6.2.9 wants at least 64 allowed)."""

    def __init__(self, max_length: int = 128) -> None:
        self.max_length = max_length

    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) > self.max_length:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        return _("At most %(count)d characters.") % {"count": self.max_length}
