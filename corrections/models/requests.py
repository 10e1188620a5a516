"""The request itself (giấy đề nghị thay đổi thông tin), the rules it is under, and its evidence."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recorded import Recorded
from corrections.models.queries import CorrectionRequestQuerySet
from gradebook.models import Course, Policy, SchoolClass, SchoolYear, Student

if TYPE_CHECKING:
    from corrections.models.chain import Decision, Endorsement, Withdrawal
    from corrections.models.execution import Execution


class Status(models.TextChoices):
    WAITING_FOR_ENDORSEMENT = "waiting_for_endorsement", _("waiting for the department head")
    NOT_ENDORSED = "not_endorsed", _("not confirmed by the department head")
    WAITING_FOR_DECISION = "waiting_for_decision", _("waiting for the decision")
    WAITING_FOR_ANSWER = "waiting_for_answer", _("sent back with a question")
    WAITING_FOR_EXECUTION = "waiting_for_execution", _("approved, waiting to be carried out")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REFUSED = "refused", _("not approved")
    EXECUTED = "executed", _("carried out")
    NOT_APPLIED = "not_applied", _("could not be applied")


class CorrectionRequest(Recorded):
    """Somebody asks for what is closed to be changed.

    It is about cells of a course's locked book, about the profile of a pupil after the day on which profiles close,
    or about half-days of a class in closed months. The rules of its chain are those of the school on the day it
    was handed in: a later policy does not change a dossier that is under way.
    """

    class Kind(models.TextChoices):
        ENTRY_ERROR = "entry_error", _("Wrong entry")
        REMARKING = "remarking", _("Re-marking")
        MAKE_UP = "make_up", _("Make-up test")
        NEW_FACT = "new_fact", _("The facts have changed")
        OTHER = "other", _("Other")

    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text=_("without gaps within the year"))
    course = models.ForeignKey(Course, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    student = models.ForeignKey(Student, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    is_oral = models.BooleanField(_("the mark was given orally"), default=False)
    reason = models.TextField(_("reason"))
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()

    asks_endorsement = models.BooleanField(default=False)
    asks_evidence = models.BooleanField(default=False, help_text=_("it was accepted with evidence only"))
    decider = models.CharField(
        max_length=14, choices=Policy.Decider.choices, default=Policy.Decider.PRINCIPAL
    )
    witnesses = models.CharField(max_length=10, choices=Policy.Witness.choices, default=Policy.Witness.NONE)
    homeroom_signs = models.BooleanField(default=False)
    due_on = models.DateField(null=True, blank=True, help_text=_("last day for such a request; empty: none"))

    objects: ClassVar = CorrectionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction request")
        verbose_name_plural = _("correction requests")
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="corrections_request_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="corrections_request_number_positive"),
            models.CheckConstraint(condition=~Q(reason=""), name="corrections_request_reason"),
            models.CheckConstraint(
                condition=Q(course__isnull=False, student=None, school_class=None)
                | Q(course=None, student__isnull=False, school_class=None)
                | Q(course=None, student=None, school_class__isnull=False),
                name="corrections_request_about_one",
            ),
        ]
        indexes = [models.Index(fields=["-requested_at", "-id"], name="corrections_request_newest")]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """As on paper and in the history of the marks: 1/2026-2027."""
        return f"{self.number}/{self.year.name}"

    @property
    def status(self) -> Status:
        execution = self.made_execution
        if execution is not None:
            return Status.EXECUTED if execution.applied else Status.NOT_APPLIED
        if self.made_withdrawal is not None:
            return Status.WITHDRAWN
        decision = self.made_decision
        if decision is not None:
            return Status.WAITING_FOR_EXECUTION if decision.is_approval else Status.REFUSED
        return self._undecided()

    def _undecided(self) -> Status:
        endorsement = self.made_endorsement
        if endorsement is not None and not endorsement.is_consent:
            return Status.NOT_ENDORSED
        if any(not question.is_answered for question in self.questions.all()):
            return Status.WAITING_FOR_ANSWER
        if self.asks_endorsement and endorsement is None:
            return Status.WAITING_FOR_ENDORSEMENT
        return Status.WAITING_FOR_DECISION

    @property
    def made_endorsement(self) -> "Endorsement | None":
        return getattr(self, "endorsement", None)

    @property
    def made_withdrawal(self) -> "Withdrawal | None":
        return getattr(self, "withdrawal", None)

    @property
    def made_decision(self) -> "Decision | None":
        return getattr(self, "decision", None)

    @property
    def made_execution(self) -> "Execution | None":
        return getattr(self, "execution", None)


class Evidence(Recorded):
    """A file that shows why, kept byte for byte under its hash in the private store."""

    request = models.ForeignKey(CorrectionRequest, on_delete=models.PROTECT, related_name="evidence")
    file_name = models.CharField(max_length=150, help_text=_("as the requester named it"))
    content_type = models.CharField(max_length=20, help_text=_("as its bytes say, not its name"))
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["request", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "sha256"], name="corrections_evidence_once"),
        ]

    def __str__(self) -> str:
        return self.file_name
