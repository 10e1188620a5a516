"""Snapshots: what stood in a class's book when it was locked or corrected, without printing it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.recorded import Recorded
from gradebook.models import SchoolClass


class Snapshot(Recorded):
    """The state of a class's book as canonical JSON in the write-once store, under the hash of its content.

    Made after an act, and only when something differs from the snapshot before.
    """

    class Reason(models.TextChoices):
        LOCK = "lock", _("Lock order carried out")
        CORRECTION = "correction", _("Correction carried out")

    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next"
    )
    reason = models.CharField(max_length=12, choices=Reason.choices)
    reference = models.CharField(max_length=200, blank=True, help_text="of the order or the request")
    event = models.BigIntegerField(help_text="the audit event of the act")
    acted_at = models.DateTimeField(help_text="when the act was done")
    taken_at = models.DateTimeField(help_text="when the state was read")
    sha256 = models.CharField(max_length=64, help_text="of the content")
    book = models.CharField(
        max_length=64, blank=True, help_text="the content of the final edition that would say the same"
    )
    size = models.PositiveBigIntegerField()
    path = models.CharField(max_length=120, help_text="below the file store")

    class Meta:
        verbose_name = _("snapshot")
        ordering = ["school_class", "number"]
        constraints = [
            models.UniqueConstraint(fields=["school_class", "number"], name="archive_snapshot_number"),
            models.CheckConstraint(
                condition=Q(number=1, previous=None) | Q(number__gt=1, previous__isnull=False),
                name="archive_snapshot_refers_to_previous",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_class} #{self.number}"


class SnapshotSource(models.Model):
    """An act (lock, correction) whose classes have been looked at. Those without such a row are still to be done.

    Not Recorded, on purpose: it says nothing of a pupil; the act is an audit event, what came of it are snapshots.
    """

    event = models.BigIntegerField(unique=True, help_text="the audit event of the act")
    looked_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.event)
