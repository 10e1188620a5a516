"""What people answered to a request: the department head, who decides, and the requester in between."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Delegation, User
from accounts.recorded import Recorded
from corrections.models.requests import CorrectionRequest


class Endorsement(Recorded):
    """The department head confirms what the teacher says, or does not (S1 Đ11.2)."""

    class Verdict(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("not confirmed")

    request = models.OneToOneField(CorrectionRequest, on_delete=models.PROTECT, related_name="endorsement")
    verdict = models.CharField(max_length=9, choices=Verdict.choices)
    note = models.TextField(blank=True)
    endorsed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    endorsed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="confirmed") | (Q(verdict="declined") & ~Q(note="")),
                name="corrections_endorsement_decline_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.get_verdict_display()}"

    @property
    def is_consent(self) -> bool:
        return self.verdict == self.Verdict.CONFIRMED


class Question(Recorded):
    """Who endorses or decides asks for more; the requester answers, and the dossier goes on where it was."""

    request = models.ForeignKey(CorrectionRequest, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField(_("question"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["request", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="corrections_question_text"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="corrections_question_answered_pair",
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(answered_at=None), name="corrections_question_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.text}"

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None


class Withdrawal(Recorded):
    """The requester takes the request back before it is carried out."""

    request = models.OneToOneField(CorrectionRequest, on_delete=models.PROTECT, related_name="withdrawal")
    note = models.TextField(blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.request}: {self.withdrawn_at:%d/%m/%Y}"


class Decision(Recorded):
    """What the principal, or who decides in that place, answered.

    `delegation`: under which decision somebody else exercised the principal's power. `late_reason`: why a request was
    approved after its last day, which only the principal may do.
    """

    class Verdict(models.TextChoices):
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("not approved")

    request = models.OneToOneField(CorrectionRequest, on_delete=models.PROTECT, related_name="decision")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    note = models.TextField(blank=True)
    late_reason = models.TextField(blank=True)
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="approved") | (Q(verdict="refused") & ~Q(note="")),
                name="corrections_decision_refusal_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.get_verdict_display()}"

    @property
    def is_approval(self) -> bool:
        return self.verdict == self.Verdict.APPROVED
