"""The rules of sign-in, set by the principal."""

from django.core.exceptions import PermissionDenied

from accounts import audit
from accounts.models import SecuritySettings, User
from accounts.roles import Permission
from accounts.writing import recorded_write


@recorded_write
def set_security(*, second_factor_required: bool, password_max_age_days: int, by: User) -> None:
    if not by.may(Permission.SET_SECURITY):
        raise PermissionDenied
    rules = SecuritySettings.current()
    rules.second_factor_required = second_factor_required
    rules.password_max_age_days = password_max_age_days
    rules.save_by(by)
    audit.record(
        by=by,
        verb="accounts.security.changed",
        second_factor_required=second_factor_required,
        password_max_age_days=password_max_age_days,
    )
