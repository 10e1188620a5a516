"""Electronic signatures on an issued edition: each makes a new file, and the files before it stay."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recorded import Recorded
from archive.models.editions import Edition, EditionNeverChanges


class Signature(Recorded):
    """The signature with its order on one edition. The file is the file before it and one incremental update (PAdES).

    The key is nowhere in the portal; of the certificate it keeps whose it is and its fingerprint.
    """

    class Role(models.TextChoices):
        HOMEROOM_TEACHER = "homeroom_teacher", _("Homeroom teacher")
        PRINCIPAL = "principal", _("Principal")
        SCHOOL = "school", _("Seal of the school")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="signatures")
    number = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=20, choices=Role.choices)
    signer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    certificate_name = models.CharField(max_length=200, help_text="common name of the certificate")
    certificate_subject = models.CharField(max_length=500)
    certificate_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, unique=True, help_text="of the file with this signature")
    size = models.PositiveBigIntegerField()
    path = models.CharField(max_length=120, help_text="below the file store")
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next"
    )

    class Meta:
        verbose_name = _("signature")
        ordering = ["edition", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "number"], name="archive_signature_number"),
            models.UniqueConstraint(fields=["edition", "role"], name="archive_signature_role_once"),
            models.CheckConstraint(
                condition=Q(number=1, previous=None) | Q(number__gt=1, previous__isnull=False),
                name="archive_signature_follows",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}, {self.number}"

    def save_by(self, by: User, *, reason: str = "", origin: str = "") -> None:
        if not self._state.adding:
            raise EditionNeverChanges
        super().save_by(by, reason=reason, origin=origin)
