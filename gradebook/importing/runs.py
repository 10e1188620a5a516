"""Write a long list of pupils in parts. The row carries the job; whoever holds its current attempt may write.

Why in parts and not in one transaction: on SQLite a long transaction keeps every teacher from saving, and the
progress of an open transaction can be seen by nobody. Each part is written together with how far the run is, so
that a killed worker leaves whole parts, a successor goes on behind them, and nothing is written twice. A class is
never divided between parts: its list is numbered in the order of names.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from accounts.writing import recorded_write
from gradebook.import_rows import RefusedRow, class_key
from gradebook.importing.files import settle
from gradebook.importing.kinds import read_list, year_of
from gradebook.importing.plans import Plan
from gradebook.importing.pupil_writing import lock_classes, write_pupils
from gradebook.importing.pupils import AT_A_TIME, plan_pupils
from gradebook.models import Import, ImportRun
from gradebook.spreadsheets.pupil_list import PupilRow
from gradebook.spreadsheets.rows import Result

logger = logging.getLogger(__name__)

ATTEMPTS_MAX = 5
SUMMED = ("added", "filled", "present", "refused")
_S = ImportRun.State


class Superseded(RuntimeError):
    """Another worker has taken over this run, or it is finished."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to write a list, until somebody else gets a higher attempt."""

    upload_id: int
    attempt: int

    def update(self, **facts: object) -> None:
        """Compare and swap. Raises Superseded when this attempt is not the current one."""
        current = ImportRun.objects.filter(upload_id=self.upload_id, attempt=self.attempt, state=_S.RUNNING)
        if current.update(heartbeat=timezone.now(), **facts) != 1:
            raise Superseded(f"import {self.upload_id}, attempt {self.attempt}")


def write(upload_id: int) -> None:
    """Write a queued list. Does nothing when it is not queued: messages may come twice."""
    claimed = claim(upload_id)
    if claimed is None:
        return
    try:
        _write(claimed)
    except Superseded:
        logger.warning("import %s: attempt %s was taken over", upload_id, claimed.attempt)
    except Exception as error:
        # The message of a database error may hold a pupil's values: only its kind is noted and logged.
        logger.error("import %s failed: %s", upload_id, type(error).__name__)
        _fail(claimed, error)


@recorded_write
def claim(upload_id: int) -> Claim | None:
    """Take a queued run; of two workers at once exactly one succeeds."""
    row = ImportRun.objects.filter(upload_id=upload_id, state=_S.QUEUED).first()
    if row is None:
        return None
    queued = ImportRun.objects.filter(pk=row.pk, state=_S.QUEUED, attempt=row.attempt)
    taken = queued.update(state=_S.RUNNING, attempt=F("attempt") + 1, heartbeat=timezone.now())
    return Claim(upload_id, row.attempt + 1) if taken == 1 else None


@recorded_write
def put_back_stale(now: datetime) -> list[int]:
    """Queue again what shows no sign of life. Returns the imports whose worker has to be woken."""
    woken = []
    for row in ImportRun.objects.stale(now).order_by("pk"):
        same = ImportRun.objects.filter(pk=row.pk, attempt=row.attempt, state=row.state)
        if row.attempt >= ATTEMPTS_MAX:
            same.update(state=_S.FAILED, detail="killed")
        elif same.update(state=_S.QUEUED, heartbeat=now) == 1:
            woken.append(row.upload_id)
    return woken


def parts(rows: Sequence[PupilRow]) -> Iterator[list[PupilRow]]:
    """The rows class by class, about a thousand at a time: the same parts for the same file."""
    part: list[PupilRow] = []
    for group in _by_class(rows):
        if part and len(part) + len(group) > AT_A_TIME:
            yield part
            part = []
        part = part + group
    if part:
        yield part


def _by_class(rows: Sequence[PupilRow]) -> Iterator[list[PupilRow]]:
    groups: dict[str, list[PupilRow]] = {}
    for row in rows:
        groups.setdefault(class_key(row.class_name), []).append(row)
    for group in groups.values():
        for start in range(0, len(group), AT_A_TIME):  # no class is that large; a mistyped column is
            yield group[start : start + AT_A_TIME]


def _write(claimed: Claim) -> None:
    upload = Import.objects.select_related("school_class").get(pk=claimed.upload_id)
    result: Result[PupilRow] = read_list(upload)
    claimed.update()
    end = 0
    for part in parts(result.rows):
        end += len(part)
        if end > ImportRun.objects.get(upload=upload).done:
            _write_part(claimed, upload, replace(result, rows=part, problems=[], blank=[]), end)
    _finish(claimed, result)


@recorded_write
def _write_part(claimed: Claim, upload: Import, part: Result[PupilRow], end: int) -> None:
    """A part of the list and the note that it is written, in one transaction."""
    run = ImportRun.objects.select_related("asked_by").get(upload=upload)
    year = year_of(upload)
    lock_classes(year)
    plan = plan_pupils(part, upload, year, locking=True)
    write_pupils(plan, upload, run.asked_by, timezone.localdate(run.asked_at))
    refused = [*run.refused, *(refusal.as_json() for refusal in plan.refused)]
    claimed.update(done=end, counts=_sum(run, plan), refused=refused)


def _sum(run: ImportRun, plan: Plan) -> dict[str, int]:
    return {key: run.counts.get(key, 0) + plan.counts[key] for key in SUMMED}


@recorded_write
def _finish(claimed: Claim, result: Result[PupilRow]) -> None:
    """The end of the run and what became of the list, in the name of who confirmed it."""
    claimed.update(state=_S.DONE, done=F("total"))
    run = ImportRun.objects.select_related("upload", "asked_by").get(upload_id=claimed.upload_id)
    refused = [*map(RefusedRow.of_problem, result.problems), *(RefusedRow(**row) for row in run.refused)]
    counts = {
        "rows": len(result.rows) + len(result.refused),
        **{key: run.counts.get(key, 0) for key in SUMMED},
        "blank": len(result.blank),
    }
    counts["refused"] += len(result.refused)
    refused.sort(key=lambda refusal: refusal.row)
    settle(run.upload, counts=counts, refused=refused, by=run.asked_by, at=run.asked_at)
    ImportRun.objects.filter(pk=run.pk).update(refused=[])


def _fail(claimed: Claim, error: Exception) -> None:
    try:
        claimed.update(state=_S.FAILED, detail=type(error).__name__)
    except Superseded:
        logger.warning("import %s: failed after it was taken over", claimed.upload_id)
