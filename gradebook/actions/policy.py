"""A school's own rules for a year and level: set one by one, or started from a regulation (S0-02, S3-04)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook.actions.rules import RulesInUse, hold_books, is_in_use
from gradebook.models import Policy
from gradebook.policy_history import version_of
from gradebook.policy_presets import Preset
from gradebook.policy_settings import FIXED_BY_MARKS, SETTINGS, Change
from gradebook.years import check_open, hold_open


class PolicyChanged(ValueError):
    """Somebody changed the policy after it was shown."""


@recorded_write
def set_policy(*, policy: Policy, values: Mapping[str, Any], seen: int, by: User) -> list[Change]:
    """Set the named rules; returns what changed. Raises RulesInUse, PolicyChanged, YearClosed, ValidationError."""
    policy = _locked(policy, seen, by)
    return _set(policy, values, origin="page", by=by)


@recorded_write
def apply_preset(*, policy: Policy, preset: Preset, seen: int, by: User) -> list[Change]:
    """Take over what a regulation rules, but for what marks already fixed. Raises PolicyChanged, YearClosed."""
    policy = _locked(policy, seen, by)
    hold_books(policy)
    changes = preset.changes(policy, in_use=is_in_use(policy))
    values = {change.setting.name: change.after for change in changes if not change.fixed}
    return _set(policy, values, origin=f"preset {preset.code}", by=by)


def _locked(policy: Policy, seen: int, by: User) -> Policy:
    if not by.may(Permission.ISSUE_DECISIONS):
        raise PermissionDenied
    rows = Policy.objects.select_for_update(of=("self",)).select_related("year")
    found: Policy = rows.get(pk=policy.pk)
    check_open(found.year_id)
    if version_of(found) != seen:
        raise PolicyChanged
    return found


def _set(policy: Policy, values: Mapping[str, Any], *, origin: str, by: User) -> list[Change]:
    changes = [
        Change(SETTINGS[name], getattr(policy, name), value)
        for name, value in values.items()
        if getattr(policy, name) != value
    ]
    if any(change.setting.name in FIXED_BY_MARKS for change in changes):
        hold_books(policy)
        if is_in_use(policy):
            raise RulesInUse
    if not changes:
        return []
    hold_open(policy.year_id)  # the year last, after the books
    for change in changes:
        setattr(policy, change.setting.name, change.after)
    policy.full_clean()
    policy.save_by(by, origin=origin)
    record = {change.setting.name: [_plain(change.before), _plain(change.after)] for change in changes}
    audit.record(by=by, verb="gradebook.policy.set", target=policy, origin=origin, changes=record)
    return changes


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
