"""A teacher's word that a column agrees with the own book."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.recorded import Recorded, RecordedQuerySet
from gradebook.models.marks import Column


class ConfirmationQuerySet(RecordedQuerySet):
    def standing(self) -> "ConfirmationQuerySet":
        return self.filter(fallen_at=None)


class Confirmation(Recorded):
    """“Checked against my book” (S1-69, S3-31), for one column as it was. It falls when a value changes afterwards."""

    column = models.ForeignKey(Column, on_delete=models.PROTECT, related_name="confirmations")
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    fallen_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    fallen_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["-confirmed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["column"], condition=Q(fallen_at=None), name="gradebook_confirmation_one"
            ),
            models.CheckConstraint(
                condition=Q(fallen_by=None, fallen_at=None)
                | Q(fallen_by__isnull=False, fallen_at__isnull=False),
                name="gradebook_confirmation_fallen_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.column}"
