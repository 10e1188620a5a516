"""What was done on paper with a printed edition: signed, stamped, put into its box; and who recorded it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recorded import Recorded, RecordedQuerySet
from archive.models.editions import Edition
from gradebook.models import SchoolYear


class PaperFactQuerySet(RecordedQuerySet):
    def standing(self) -> "PaperFactQuerySet":
        return self.filter(withdrawn_at=None)


class PaperFact(Recorded):
    """One line of the signature sheet, or of the register of printing and sealing (S1-83, S1-84, S3-58, S3-65).

    A line recorded by mistake is withdrawn with a reason and stays readable; its number is not given again.
    """

    class Kind(models.TextChoices):
        PRINTED = "printed", _("Printed on paper")
        TEACHER = "teacher", _("Signed by the subject teacher")
        HOMEROOM = "homeroom", _("Signed by the homeroom teacher")
        OFFICE = "office", _("Signed by the academic office")
        PRINCIPAL = "principal", _("Signed by the principal")
        STAMP = "stamp", _("Stamped")
        EDGE_STAMP = "edge_stamp", _("Stamped across the page edges")
        SCAN = "scan", _("Signed sheet scanned")
        STORED = "stored", _("Put into its box")

    REGISTERED = (Kind.PRINTED, Kind.STAMP, Kind.EDGE_STAMP)
    """What the register of printing and sealing numbers, year by year."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="paper_facts")
    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    subject = models.CharField(
        max_length=100, blank=True, help_text="as printed, of a subject teacher's line"
    )
    number = models.PositiveIntegerField(null=True, help_text="in the register of the year")
    done_on = models.DateField()
    who = models.CharField(max_length=150, blank=True, help_text="whose name stands on the paper")
    copies = models.PositiveSmallIntegerField(null=True)
    place = models.CharField(max_length=100, blank=True, help_text="box and shelf")
    note = models.CharField(max_length=200, blank=True)
    scan_name = models.CharField(max_length=150, blank=True)
    scan_sha256 = models.CharField(max_length=64, blank=True)
    scan_path = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)

    objects: ClassVar = PaperFactQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the signature sheet")
        ordering = ["edition", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind", "subject"],
                condition=Q(withdrawn_at=None),
                name="archive_paperfact_once",
            ),
            models.UniqueConstraint(fields=["year", "number"], name="archive_paperfact_number"),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None, withdrawn_why="")
                | (Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
                name="archive_paperfact_withdrawn_whole",
            ),
            models.CheckConstraint(
                condition=Q(scan_name="", scan_sha256="", scan_path="")
                | ~(Q(scan_name="") | Q(scan_sha256="") | Q(scan_path="")),
                name="archive_paperfact_scan_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.get_kind_display()} {self.subject}".strip()
