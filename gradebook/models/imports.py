"""Uploaded spreadsheets: what was handed in, by whom, and what became of it."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recorded import Recorded, RecordedQuerySet
from accounts.roles import Permission
from gradebook.models.roster import SchoolClass
from gradebook.models.teaching import Course


class ImportQuerySet(RecordedQuerySet):
    def visible_to(self, user: User) -> "ImportQuerySet":
        """Lists for those who import such; a score sheet for its own teacher, while the course is theirs."""
        own = Q(kind=Import.Kind.MARKS, uploaded_by=user, course__in=Course.objects.visible_to(user))
        kinds = [kind for kind, permission in PERMISSIONS.items() if user.may(permission)]
        return self.filter(own | Q(kind__in=kinds))

    def of_kind(self, kind: str) -> "ImportQuerySet":
        return self.filter(kind=kind)

    def of_marks(self, course: Course, semester: int) -> "ImportQuerySet":
        return self.filter(course=course, semester=semester)

    def confirmed(self) -> "ImportQuerySet":
        return self.filter(state=Import.State.CONFIRMED)


class Import(Recorded):
    """One uploaded file. Nothing of it is in the records before it is confirmed.

    Recorded, because the history of pupils and marks names it as their origin ("import 12"): it may neither
    vanish nor change unseen. The file lies in the file store under its own fingerprint.
    """

    class Kind(models.TextChoices):
        STAFF = "staff", _("Staff list")
        CLASSES = "classes", _("Class list")
        ASSIGNMENTS = "assignments", _("Teaching assignments")
        PUPILS = "pupils", _("Pupil list")
        MARKS = "marks", _("Score sheet")

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("not confirmed yet")
        CONFIRMED = "confirmed", _("confirmed")
        DISCARDED = "discarded", _("discarded")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    school_class = models.ForeignKey(
        SchoolClass,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="imports",
        help_text=_("pupil list: only rows of this class; empty: of every class"),
    )
    course = models.ForeignKey(Course, on_delete=models.PROTECT, null=True, related_name="imports")
    semester = models.PositiveSmallIntegerField(null=True)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    rows = models.PositiveIntegerField(default=0, help_text=_("below the header"))
    headings = models.CharField(max_length=64, blank=True, help_text=_("fingerprint of the headings"))
    columns = models.JSONField(
        default=dict, help_text=_("the columns somebody chose where the headings did not say enough")
    )
    answers = models.JSONField(
        default=dict, help_text=_("by row: who decided that a possible duplicate is the same child, and why")
    )
    replaces = models.BooleanField(
        default=False, help_text=_("assignments: teachers of the file take the place of those there are")
    )
    state = models.CharField(max_length=9, choices=State.choices, default=State.PREVIEWED)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict, help_text=_("what became of the rows and cells, once confirmed"))
    refused = models.JSONField(
        default=list, encoder=DjangoJSONEncoder, help_text=_("the refused rows and why, once confirmed")
    )

    objects: ClassVar = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="pupils", course=None, semester=None)
                | Q(
                    kind__in=["staff", "classes", "assignments"],
                    school_class=None,
                    course=None,
                    semester=None,
                )
                | Q(kind="marks", school_class=None, course__isnull=False, semester__in=[1, 2]),
                name="gradebook_import_target_of_kind",
            ),
            models.CheckConstraint(
                condition=Q(state="confirmed", confirmed_by__isnull=False, confirmed_at__isnull=False)
                | Q(state__in=["previewed", "discarded"], confirmed_by=None, confirmed_at=None),
                name="gradebook_import_confirmed_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.file_name}"

    @property
    def origin(self) -> str:
        """What the history of a written row says of where it came from."""
        return f"import {self.pk}"

    @property
    def stored_name(self) -> str:
        return f"imports/{self.sha256[:2]}/{self.sha256}.xlsx"

    @property
    def is_settled(self) -> bool:
        return self.state != self.State.PREVIEWED


PERMISSIONS = {
    Import.Kind.STAFF: Permission.MANAGE_ACCOUNTS,
    Import.Kind.CLASSES: Permission.SET_UP_YEAR,
    Import.Kind.ASSIGNMENTS: Permission.SET_UP_YEAR,
    Import.Kind.PUPILS: Permission.IMPORT_PUPILS,
}
"""Who imports which list, in the order in which a year is set up."""


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def unfinished(self) -> "ImportRunQuerySet":
        return self.filter(state__in=[ImportRun.State.QUEUED, ImportRun.State.RUNNING])

    def stale(self, now: datetime) -> "ImportRunQuerySet":
        """Nobody has given a sign of life: the worker was killed, or the broker lost the message."""
        return self.unfinished().filter(heartbeat__lt=now - timedelta(seconds=settings.JOB_STALE_SECONDS))


class ImportRun(models.Model):
    """The work of writing a large list: the job itself, of which the broker's message is only a copy.

    Not Recorded, on purpose: it ticks with every thousand rows. What lasts (who confirmed, what became of the
    rows) stands on the import, and each written row names it as its origin.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting to be written")
        RUNNING = "running", _("being written")
        DONE = "done", _("written")
        FAILED = "failed", _("failed")

    upload = models.OneToOneField(Import, on_delete=models.PROTECT, related_name="run")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    heartbeat = models.DateTimeField(help_text="last sign of life")
    attempt = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0, help_text="rows written or refused, in whole parts")
    total = models.PositiveIntegerField()
    counts = models.JSONField(default=dict, help_text="what became of the rows so far")
    refused = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    detail = models.CharField(max_length=300, blank=True, help_text="for the administrator; names nobody")

    objects: ClassVar = ImportRunQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "heartbeat"], name="gradebook_run_stale")]

    def __str__(self) -> str:
        return f"{self.upload_id}: {self.state}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A run is part of the trace of its import.")

    @property
    def status_kind(self) -> str:
        """Which of the portal's marks of state goes with it."""
        return {"queued": "waiting", "running": "saving", "done": "saved", "failed": "refused"}[self.state]

    @property
    def is_finished(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}
