"""Own phrases offered to the school's comment bank."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recorded import Recorded, RecordedQuerySet
from gradebook.models.phrases import Phrase


class PhraseOfferQuerySet(RecordedQuerySet):
    def waiting(self) -> "PhraseOfferQuerySet":
        return self.filter(state=PhraseOffer.State.WAITING)

    def to_answer(self, user: User) -> "PhraseOfferQuerySet":
        """For who keeps the school's bank; nobody answers for oneself."""
        return self.waiting().exclude(phrase__owner=user).select_related("phrase__subject", "phrase__owner")


class PhraseOffer(Recorded):
    """A teacher asks for an own phrase to become the school's. Changing the phrase takes the offer back."""

    class State(models.TextChoices):
        WAITING = "waiting", _("offered to the school")
        ACCEPTED = "accepted", _("taken into the school's bank")
        DECLINED = "declined", _("not taken into the school's bank")
        TAKEN_BACK = "taken_back", _("offer taken back")

    phrase = models.ForeignKey(Phrase, on_delete=models.PROTECT, related_name="offers")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    offered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects: ClassVar = PhraseOfferQuerySet.as_manager()

    class Meta:
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["phrase"], condition=Q(state="waiting"), name="gradebook_phraseoffer_one_waiting"
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="gradebook_phraseoffer_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "taken_back"], answered_by=None, answered_at=None)
                | Q(
                    state__in=["accepted", "declined"],
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                ),
                name="gradebook_phraseoffer_answered",
            ),
        ]

    def __str__(self) -> str:
        return str(self.phrase)
