"""What people decide on results: the homeroom teacher's proposals, the principal's decisions."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import granted
from accounts.recorded import Recorded, RecordedQuerySet
from accounts.roles import Permission
from gradebook.models.decisions import Decision
from gradebook.models.roster import Enrolment, SchoolClass


class Stage(models.TextChoices):
    """When results are proposed and decided."""

    YEAR = "year", _("End of the year")
    SUMMER = "summer", _("After the summer")


class Outcome(models.TextChoices):
    """Where a pupil goes. The values are those of the rules' own statuses, secondary and primary."""

    PROMOTED = "promoted", _("promoted")
    SUMMER_TRAINING = "summer_training", _("training in summer")
    SUMMER_RETEST = "summer_retest", _("assessed again in summer")
    RETAINED = "retained", _("stays in the class")
    COMPLETED_PROMOTED = "completed_promoted", _("completed the programme, promoted")
    SUPPORT_THEN_REASSESS = "support_then_reassess", _("supported, then assessed again")
    AWAITING_PRINCIPAL = "awaiting_principal", _("for the principal to decide")
    NOT_COMPLETED_PROMOTED = "not_completed_promoted", _("programme not completed, promoted")


class ProposalQuerySet(RecordedQuerySet):
    def visible_to(self, user: User) -> "ProposalQuerySet":
        """All for those who read the school; else those of the classes led."""
        if user.may(Permission.READ_SCHOOL):
            return self
        led = granted(SchoolClass.objects.all(), to=user, permission=SchoolClass.LEAD)
        return self.filter(enrolment__school_class__in=led)

    def undecided(self) -> "ProposalQuerySet":
        return self.filter(decision=None)


class Proposal(Recorded):
    """One pupil at one stage: what the rules computed then, what is proposed, what was decided.

    `computed` freezes the results it rests on, so that before and after stay readable. A person who departs from
    the computed outcome or title says why.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="proposals")
    stage = models.CharField(max_length=6, choices=Stage.choices)
    computed = models.JSONField(
        default=dict, help_text=_("results and reasons at the time, see results.frozen")
    )
    outcome = models.CharField(max_length=24, choices=Outcome.choices)
    award = models.CharField(max_length=80, blank=True, help_text=_("the title in the circular's words"))
    distinction = models.TextField(
        blank=True, help_text=_("primary: in what the pupil excelled or progressed (TT 27/2020, article 13)")
    )
    class_recognised = models.BooleanField(default=False)
    departs = models.BooleanField(default=False, help_text=_("it is not what the rules say"))
    reason = models.TextField(blank=True, help_text=_("why it departs from what was computed"))
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="proposals")
    decided_outcome = models.CharField(max_length=24, choices=Outcome.choices, blank=True)
    decided_award = models.CharField(max_length=80, blank=True)
    results_changed = models.BooleanField(
        default=False, help_text=_("marks were changed after the proposal, and the results with them")
    )
    decided_reason = models.TextField(blank=True, help_text=_("why it departs from the proposal"))

    objects: ClassVar = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "stage"], name="gradebook_proposal_one_per_stage"),
            models.CheckConstraint(
                condition=Q(decision=None, decided_outcome="", decided_award="", decided_reason="")
                | (Q(decision__isnull=False) & ~Q(decided_outcome="")),
                name="gradebook_proposal_decided_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.get_outcome_display()}"

    @property
    def stamp(self) -> str:
        """Tells this proposal from an earlier or later one of the same pupil."""
        return self.proposed_at.isoformat()

    def take_back(self) -> None:
        """Undecided again; not saved yet."""
        self.decision = None
        self.decided_outcome = self.decided_award = self.decided_reason = ""
        self.results_changed = False
