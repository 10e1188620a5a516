"""Take the snapshots that are due. Killed at any moment, it is done again and adds nothing twice."""

import logging
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.files import StoredFile
from accounts.models import AuditEvent, User
from accounts.writing import recorded_write
from archive import payload
from archive.models import Snapshot, SnapshotSource
from archive.store import snapshots
from corrections.models import CorrectionRequest
from gradebook.models import LockOrder, SchoolClass, Window
from transcripts.payload import canonical, fingerprint

logger = logging.getLogger(__name__)

FORMAT, VERSION = "class-snapshot", 1
LOCKED = ("gradebook.lock.executed", "gradebook.lock.classes_locked")
CORRECTED = ("corrections.request.executed",)


def take_due() -> int:
    """How many snapshots were taken. A class that fails holds up no other; its acts stay due."""
    acts = list(due())
    of_class: dict[int, list[AuditEvent]] = {}
    for act in acts:
        for school_class in _classes(act):
            of_class.setdefault(school_class, []).append(act)
    taken, failed = 0, set[int]()
    for key, its_acts in of_class.items():
        try:
            taken += take(SchoolClass.objects.select_related("year").get(pk=key), its_acts[-1])
        except Exception as error:
            logger.error("class %s: no snapshot could be taken: %s", key, type(error).__name__)
            failed |= {act.pk for act in its_acts}
    _note(act for act in acts if act.pk not in failed)
    return taken


def due() -> Iterable[AuditEvent]:
    """By what is missing and not by a last number: on PostgreSQL a lower number may become visible later."""
    looked_at = SnapshotSource.objects.values("event")
    return AuditEvent.objects.filter(verb__in=(*LOCKED, *CORRECTED)).exclude(pk__in=looked_at).order_by("pk")


def take(school_class: SchoolClass, act: AuditEvent) -> bool:
    """The state now, unless it is that of the last snapshot. A constant number of queries; nothing is rendered."""
    with transaction.atomic():
        kept = content(school_class)
    stored = snapshots.put(canonical(kept).encode(), suffix="json")
    final = fingerprint(canonical({**kept["book"], "interim": False}))
    return _add(school_class, act, stored, final)


def content(school_class: SchoolClass) -> payload.Facts:
    """The book alone: whether a window stands open is no part of it."""
    book = payload.freeze_class_book(school_class)
    del book["interim"]
    return {"format": FORMAT, "version": VERSION, "book": book}


@recorded_write
def _add(school_class: SchoolClass, act: AuditEvent, stored: StoredFile, final: str) -> bool:
    """The class's row serialises numbering, as for editions."""
    SchoolClass.objects.select_for_update().get(pk=school_class.pk)
    last = Snapshot.objects.filter(school_class=school_class).order_by("-number").first()
    if last and last.sha256 == stored.sha256:
        return False
    snapshot = Snapshot(
        school_class=school_class,
        number=last.number + 1 if last else 1,
        previous=last,
        reason=Snapshot.Reason.LOCK if act.verb in LOCKED else Snapshot.Reason.CORRECTION,
        reference=act.target_name,
        event=act.pk,
        acted_at=act.at,
        taken_at=timezone.now(),
        sha256=stored.sha256,
        book=final,
        size=stored.size,
        path=stored.path,
    )
    snapshot.save_by(_actor(act), origin="worker")
    return True


def _actor(act: AuditEvent) -> User:
    """Who did it; of a lock that the schedule carried out, who ordered it."""
    if act.actor_id is not None:
        return User.objects.get(pk=act.actor_id)
    giver: User = LockOrder.objects.get(pk=act.target_id or 0).giver
    return giver


def _classes(act: AuditEvent) -> list[int]:
    if act.verb in LOCKED:
        return _locked(act)
    request = CorrectionRequest.objects.filter(pk=act.target_id or 0).select_related("course").first()
    if request is None or act.particulars.get("refusal"):
        return []
    if request.student_id is not None:
        of_pupil = Q(enrolments__student=request.student_id, year=request.year_id)
        return list(SchoolClass.objects.filter(of_pupil).values_list("pk", flat=True))
    return [request.course.school_class_id if request.course else request.school_class_id]


def _locked(act: AuditEvent) -> list[int]:
    order = LockOrder.objects.filter(pk=act.target_id or 0).first()
    if order is None or order.act != LockOrder.Act.LOCK:
        return []
    windows = Window.objects.filter(**order.books)
    classes = SchoolClass.objects.filter(pk__in=windows.values("course__school_class"))
    return list(classes.order_by("pk").values_list("pk", flat=True))


@recorded_write
def _note(acts: Iterable[AuditEvent]) -> None:
    now = timezone.now()
    rows = [SnapshotSource(event=act.pk, looked_at=now) for act in acts]
    SnapshotSource.objects.bulk_create(rows, ignore_conflicts=True)
