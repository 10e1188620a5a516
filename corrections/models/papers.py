"""The papers of a dossier as they were issued: the form that asks, and the minutes of what was done."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recorded import Recorded
from corrections.models.requests import CorrectionRequest
from gradebook.models import SchoolYear


class Paper(Recorded):
    """One issued paper: its frozen payload, and the PDF under its hash in the private store.

    The payload is written with the act; the file is made once afterwards, and then nothing changes any more.
    """

    class Kind(models.TextChoices):
        FORM = "form", _("Request to change information")
        MINUTES = "minutes", _("Minutes of a correction")

    request = models.ForeignKey(CorrectionRequest, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text=_("without gaps within the year and the kind"))
    payload = models.JSONField()
    sha256 = models.CharField(max_length=64, blank=True, help_text=_("of the PDF; empty: not made yet"))
    size = models.PositiveIntegerField(default=0)
    path = models.CharField(max_length=120, blank=True, help_text=_("in the file store"))
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["request", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "kind"], name="corrections_paper_once"),
            models.UniqueConstraint(fields=["year", "kind", "number"], name="corrections_paper_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="corrections_paper_number_positive"),
            models.CheckConstraint(
                condition=Q(sha256="", path="", size=0) | (~Q(sha256="") & ~Q(path="") & Q(size__gte=1)),
                name="corrections_paper_whole_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}/{self.year.name}"
