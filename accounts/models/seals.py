"""Seals of the history: what stood in the records at a moment, fixed so that nobody can change it unseen."""

import json
from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models.jobs import Job


class SealIsForEver(RuntimeError):
    """A seal was about to be changed or deleted."""


class SealQuerySet(models.QuerySet["Seal"]):
    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise SealIsForEver

    update = bulk_create = bulk_update = delete = _refuse
    aupdate = abulk_create = abulk_update = adelete = _refuse


class Seal(models.Model):
    """One link of the chain: what every history table gained since the link before it (S3-37, design §3 rule 6).

    `facts` is kept as text, because its bytes are what the hash is about; number, time and reason repeat what it says,
    for lists. It has no foreign keys, so that it never stands in the way of the records and outlives them.
    """

    class Reason(models.TextChoices):
        LOCK_ORDER = "lock_order", _("Lock order carried out")
        CORRECTION = "correction", _("Correction carried out")
        EDITION = "edition", _("Edition stored")
        DAILY = "daily", _("Daily")
        PACK = "pack", _("Evidence pack made")
        BAG = "bag", _("Archive bag made")

    number = models.PositiveIntegerField(unique=True, help_text="without gaps")
    made_at = models.DateTimeField()
    reason = models.CharField(max_length=12, choices=Reason.choices)
    reference = models.CharField(
        max_length=120, blank=True, help_text="of the order, the request, the edition"
    )
    rows = models.PositiveIntegerField(help_text="that it covers")
    facts = models.TextField(help_text="canonical JSON, hashed byte for byte")
    sha256 = models.CharField(max_length=64, unique=True, help_text="of the facts")

    objects: ClassVar = SealQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(self.number)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise SealIsForEver
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise SealIsForEver

    @cached_property
    def said(self) -> dict[str, Any]:
        """The facts as data."""
        said: dict[str, Any] = json.loads(self.facts)
        return said

    @property
    def by_name(self) -> str:
        name: str = self.said["by"]["name"]
        return name


class Verification(Job):
    """Somebody had the whole history checked against its seals; what was found stays to be read."""

    finished_at = models.DateTimeField(null=True, blank=True)
    seals = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    faults = models.PositiveIntegerField(
        default=0, help_text="all of them; the first ones are kept in `findings`"
    )
    findings = models.JSONField(default=list)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.requested_at:%Y-%m-%d %H:%M}: {self.state}"
