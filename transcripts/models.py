"""Issued transcripts (học bạ): what stood in a pupil's record on the day it was issued, for ever."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recorded import Recorded, RecordedQuerySet
from gradebook.models import Enrolment, Level, Student
from transcripts.transfer_format import CODE_LENGTH


class TranscriptQuerySet(RecordedQuerySet):
    def visible_to(self, user: User) -> "TranscriptQuerySet":
        return self.filter(enrolment__in=Enrolment.objects.whole_record_visible_to(user))

    def standing(self) -> "TranscriptQuerySet":
        """The last edition of each year that nobody withdrew: what a booklet is made of.

        Withdrawing an edition puts the one before back in its place.
        """
        found: TranscriptQuerySet = self.filter(~Exists(_later()), withdrawal=None)
        return found

    def in_page_order(self) -> "TranscriptQuerySet":
        """Newest year first, with what a list says of each edition."""
        listed = self.without_payload().annotate(is_superseded=Exists(_later()))
        listed = listed.select_related("issued_by", "withdrawal", "enrolment__school_class__year")
        found: TranscriptQuerySet = listed.order_by(
            "-enrolment__school_class__year__starts_on", "-enrolment", "-number"
        )
        return found

    def without_payload(self) -> "TranscriptQuerySet":
        """For lists: a payload holds a pupil's whole year."""
        return self.defer("payload")


def _later() -> Any:
    """Editions that have taken the place of the one outside."""
    return Transcript.objects.filter(
        enrolment=OuterRef("enrolment"), number__gt=OuterRef("number"), withdrawal=None
    )


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


class ReceivedTranscriptQuerySet(RecordedQuerySet):
    def visible_to(self, user: User) -> "ReceivedTranscriptQuerySet":
        """Of pupils of whom this person reads every subject."""
        readable = Enrolment.objects.whole_record_visible_to(user)
        return self.filter(student__in=readable.values("student"))

    def standing(self) -> "ReceivedTranscriptQuerySet":
        return self.filter(withdrawn_at=None).order_by("received_at", "pk")


class ReceivedTranscript(Recorded):
    """What a pupil brought from another school: its file as it came, and its data where they could be verified.

    `data` is the text of the other school's booklet, byte for byte; empty for a scan of paper.
    """

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    from_school = models.CharField(_("the other school"), max_length=160)
    years = models.CharField(_("school years"), max_length=80, help_text=_("as in 2024-2025, 2025-2026"))
    name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64, help_text="of the file as it came")
    path = models.CharField(max_length=200, help_text="below the file store")
    data = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the data")
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ReceivedTranscriptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "sha256"],
                condition=Q(withdrawn_at=None),
                name="transcripts_received_once",
            ),
            models.CheckConstraint(
                condition=Q(data="", fingerprint="") | (~Q(data="") & ~Q(fingerprint="")),
                name="transcripts_received_data_pair",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="transcripts_received_withdrawn_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.from_school}"

    @property
    def has_data(self) -> bool:
        """Undamaged, since its hashes agree; whoever invents data can reckon hashes for them too."""
        return bool(self.fingerprint)

    @property
    def code(self) -> str:
        """By which the other school's checking page knows the booklet, if it issued exactly these data."""
        return self.fingerprint[:CODE_LENGTH]


class Certificate(Recorded):
    """The paper that says a pupil completed a level: its number and day, as the school's register of papers has it."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(_("level"), max_length=20, choices=Level.choices)
    number = models.CharField(_("number of the certificate"), max_length=40)
    register_entry = models.CharField(_("number in the register of certificates"), max_length=40, blank=True)
    dated = models.DateField(_("date of the certificate"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "level"], name="transcripts_certificate_one_per_level"
            ),
            models.CheckConstraint(condition=~Q(number=""), name="transcripts_certificate_number"),
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.number}"
