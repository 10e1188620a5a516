"""Evidence packs: what an inspector is given, made by the worker and kept as it was handed out."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Job
from corrections.models import CorrectionRequest
from gradebook.models import SchoolClass


class EvidencePack(Job):
    """One correction, or a class and its year, as a ZIP (S3-71). It is the job and its product in one row."""

    correction = models.ForeignKey(
        CorrectionRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sha256 = models.CharField(max_length=64, blank=True, help_text="of the file; empty until made")
    size = models.PositiveBigIntegerField(null=True)
    path = models.CharField(max_length=120, blank=True, help_text="below the file store")

    class Meta:
        verbose_name = _("evidence pack")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(correction=None, school_class__isnull=False)
                | Q(correction__isnull=False, school_class=None),
                name="archive_evidencepack_about_one",
            ),
            models.CheckConstraint(
                condition=Q(sha256="", path="", size=None)
                | (~Q(sha256="") & ~Q(path="") & Q(size__isnull=False)),
                name="archive_evidencepack_whole_file",
            ),
        ]

    def __str__(self) -> str:
        return self.about

    @property
    def about(self) -> str:
        """1/2026-2027, or 6A 2026-2027."""
        if self.correction is not None:
            return self.correction.reference
        assert self.school_class is not None  # noqa: S101  archive_evidencepack_about_one
        return f"{self.school_class.name} {self.school_class.year.name}"

    @property
    def folder(self) -> str:
        """Names nobody: minh-chung-sua-diem-1-2026-2027, minh-chung-6A-2026-2027."""
        kind = "minh-chung-sua-diem" if self.correction_id else "minh-chung"
        return f"{kind}-{self.about.replace('/', '-').replace(' ', '-')}"

    @property
    def file_name(self) -> str:
        return f"{self.folder}.zip"

    @property
    def status_kind(self) -> str:
        """Which of the portal's marks of state goes with it."""
        return {"queued": "waiting", "running": "saving", "done": "saved", "failed": "refused"}[self.state]
