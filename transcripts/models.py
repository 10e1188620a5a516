"""Issued transcripts (học bạ): what stood in a pupil's record on the day it was issued, for ever."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recorded import Recorded, RecordedQuerySet
from gradebook.models import Enrolment


class TranscriptQuerySet(RecordedQuerySet):
    def visible_to(self, user: User) -> "TranscriptQuerySet":
        return self.filter(enrolment__in=Enrolment.objects.whole_record_visible_to(user))

    def standing(self) -> "TranscriptQuerySet":
        """The last edition of each year that nobody withdrew: what a booklet is made of."""
        later = Transcript.objects.filter(
            enrolment=OuterRef("enrolment"), number__gt=OuterRef("number"), withdrawal=None
        )
        return self.filter(~Exists(later), withdrawal=None)

    def in_page_order(self) -> "TranscriptQuerySet":
        """Newest year first, with what a list says of each edition."""
        later = Transcript.objects.filter(enrolment=OuterRef("enrolment"), number__gt=OuterRef("number"))
        found = self.without_payload().annotate(is_superseded=Exists(later))
        found = found.select_related("issued_by", "withdrawal", "enrolment__school_class__year")
        return found.order_by("-enrolment__school_class__year__starts_on", "-enrolment", "-number")

    def without_payload(self) -> "TranscriptQuerySet":
        """For lists: a payload holds a pupil's whole year."""
        return self.defer("payload")


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

    @property
    def is_withdrawn(self) -> bool:
        return hasattr(self, "withdrawal")


class Withdrawal(Recorded):
    """The principal's word that an edition was issued in error: it stays readable, and no booklet repeats it."""

    transcript = models.OneToOneField(Transcript, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(_("reason"), max_length=300)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="transcripts_withdrawal_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.transcript}: {self.reason}"
