"""Who changed what in a policy: value before and after, when and from where (S0-02)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from accounts.models import User
from gradebook.models import Policy
from gradebook.policy_presets import PRESETS
from gradebook.policy_settings import SETTINGS, Change, Setting

_COLUMNS = (*SETTINGS.values(), Setting("choices"))


@dataclass(frozen=True, slots=True)
class Entry:
    """What one act changed; nothing for the day the year was opened."""

    at: datetime
    by: User | None
    origin: str
    changes: tuple[Change, ...]

    @property
    def preset(self) -> str:
        """The regulation it was taken over from, if any."""
        found = PRESETS.get(self.origin.removeprefix("preset "))
        return f"{found.code}, {found.title}" if found else ""


def version_of(policy: Policy) -> int:
    """The number of its last history row: who saves says which state was seen."""
    version: int = _rows(policy).values_list("history_id", flat=True).last() or 0
    return version


def entries(policy: Policy) -> list[Entry]:
    """Newest first."""
    return list(_entries(policy))[::-1]


def _rows(policy: Policy) -> Any:
    return Policy.history.filter(id=policy.pk).order_by("history_id")


def _entries(policy: Policy) -> Iterator[Entry]:
    rows = list(_rows(policy).select_related("history_user"))
    for before, row in pairwise([None, *rows]):
        changes = tuple(_changes(before, row)) if before else ()
        if changes or before is None:
            yield Entry(row.history_date, row.history_user, row.history_origin, changes)


def _changes(before: Any, after: Any) -> Iterator[Change]:
    for setting in _COLUMNS:
        if setting.of(before) != setting.of(after):
            yield Change(setting, setting.of(before), setting.of(after))
