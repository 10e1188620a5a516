"""What happened to accounts, put into sentences for the pages. A verb without a sentence is a test's failure."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AuditEvent
from accounts.roles import Permission, Role

SENTENCES = {
    "accounts.account.created": gettext_lazy("%(actor)s created the account of %(target)s."),
    "accounts.account.changed": gettext_lazy("%(actor)s changed the account of %(target)s: %(changes)s."),
    "accounts.account.disabled": gettext_lazy("%(actor)s disabled the account of %(target)s."),
    "accounts.account.enabled": gettext_lazy("%(actor)s enabled the account of %(target)s."),
    "accounts.account.locked": gettext_lazy("%(target)s was locked out after too many wrong passwords."),
    "accounts.account.unlocked": gettext_lazy("%(actor)s unlocked the sign-in of %(target)s."),
    "accounts.role.given": gettext_lazy("%(actor)s gave %(target)s the role %(role)s from %(since)s."),
    "accounts.role.ended": gettext_lazy("%(actor)s ended the role %(role)s of %(target)s on %(until)s."),
    "accounts.department.founded": gettext_lazy("%(actor)s founded the department %(target)s."),
    "accounts.department.renamed": gettext_lazy("%(actor)s renamed the department %(old)s to %(target)s."),
    "accounts.member.added": gettext_lazy("%(actor)s added a member to %(target)s from %(since)s."),
    "accounts.member.ended": gettext_lazy("%(actor)s ended a membership in %(target)s on %(until)s."),
    "accounts.head.appointed": gettext_lazy("%(actor)s appointed the head of %(target)s from %(since)s."),
    "accounts.delegation.given": gettext_lazy("%(actor)s delegated to %(target)s: %(permission)s."),
    "accounts.delegation.ended": gettext_lazy("%(actor)s took back from %(target)s: %(permission)s."),
    "accounts.password.reset": gettext_lazy("%(actor)s issued a one-time password for %(target)s."),
    "accounts.password.changed": gettext_lazy("%(actor)s chose a new password."),
    "accounts.password.reminded": gettext_lazy("%(actor)s reminded %(target)s of the password."),
    "accounts.session.signed_in": gettext_lazy("%(actor)s signed in (%(browser)s, %(address)s)."),
    "accounts.session.signed_out": gettext_lazy("%(actor)s signed out."),
    "accounts.session.failed": gettext_lazy("Somebody tried to sign in as %(target)s with a wrong password."),
    "accounts.session.expired": gettext_lazy("Somebody tried the expired one-time password of %(target)s."),
    "accounts.session.ended": gettext_lazy("%(actor)s ended sessions of %(target)s: %(count)s."),
    "accounts.second_factor.set_up": gettext_lazy("%(actor)s set up a second factor."),
    "accounts.second_factor.removed": gettext_lazy("%(actor)s removed the second factor of %(target)s."),
    "accounts.second_factor.failed": gettext_lazy(
        "Somebody with the password of %(target)s typed a wrong code of the second factor."
    ),
    "accounts.second_factor.recovery_used": gettext_lazy(
        "%(actor)s signed in with a recovery code; %(left)s are left."
    ),
    "accounts.second_factor.codes_renewed": gettext_lazy("%(actor)s made new recovery codes."),
    "accounts.device.added": gettext_lazy("%(actor)s signed in on a new device (%(browser)s, %(address)s)."),
    "accounts.device.confirmed": gettext_lazy("%(actor)s confirmed a new device (%(browser)s)."),
    "accounts.security.changed": gettext_lazy(
        "%(actor)s set the rules of sign-in: second factor %(second_factor_required)s, "
        "reminder after %(password_max_age_days)s days."
    ),
}
_FIELDS = {
    "full_name": gettext_lazy("full name"),
    "email": gettext_lazy("e-mail"),
    "staff_code": gettext_lazy("staff code"),
}


def sentence(event: AuditEvent) -> str:
    """In the reader's language; a verb of another slice stands as it is."""
    if event.verb not in SENTENCES:
        return f"{event.actor_name}: {event.verb} {event.target_name}".strip()
    words = _Words({key: _word(key, value) for key, value in event.particulars.items()})
    words["actor"] = event.actor_name or _("The operator of the server")
    words["target"] = event.target_name or _("an unknown name")
    return str(SENTENCES[event.verb]) % words


class _Words(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "–"


def _word(key: str, value: Any) -> Any:
    if key == "role":
        return Role(value).label
    if key == "permission":
        return Permission(value).label
    if key == "changes":
        return "; ".join(f"{_FIELDS[name]} {old or '–'} → {new or '–'}" for name, (old, new) in value.items())
    if isinstance(value, bool):
        return _("required") if value else _("optional")
    return value or "–"
