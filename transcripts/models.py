"""Issued transcripts (học bạ): what stood in a pupil's record on the day it was issued, for ever."""

from typing import ClassVar

from django.db import models

from accounts.models import User
from accounts.recorded import Recorded, RecordedQuerySet
from gradebook.models import Enrolment


class TranscriptQuerySet(RecordedQuerySet):
    def visible_to(self, user: User) -> "TranscriptQuerySet":
        return self.filter(enrolment__in=Enrolment.objects.whole_record_visible_to(user))


class Transcript(Recorded):
    """One edition of a pupil's year. A later correction makes a new edition that refers to this one.

    It duplicates what it says: an issued document must not change when the records do.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    refers_to = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )
    payload = models.TextField(help_text="canonical JSON: sorted keys, versioned")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the payload")
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    objects: ClassVar = TranscriptQuerySet.as_manager()

    class Meta:
        ordering = ["enrolment", "number"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "number"], name="transcripts_transcript_number")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.number}"
