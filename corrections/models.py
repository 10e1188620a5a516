"""What changes after a lock goes through: request, evidence, decision, execution.

Each step is a row of its own with who and when; the state of a request is read from the rows it has. A later
step (endorsement, witnesses, minutes) is another row beside these.
"""

from typing import ClassVar, NamedTuple

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recorded import Recorded, RecordedQuerySet
from accounts.roles import Permission
from gradebook.models import Column, Course, Enrolment, SchoolYear, Student
from gradebook.profile_fields import FIELDS


class Status(models.TextChoices):
    WAITING_FOR_DECISION = "waiting_for_decision", _("waiting for the decision")
    WAITING_FOR_EXECUTION = "waiting_for_execution", _("approved, waiting to be carried out")
    REFUSED = "refused", _("not approved")
    EXECUTED = "executed", _("carried out")
    NOT_APPLIED = "not_applied", _("could not be applied")


class CorrectionRequestQuerySet(RecordedQuerySet):
    def visible_to(self, user: User) -> "CorrectionRequestQuerySet":
        """All for those who read corrections; else one's own."""
        return self if user.may(Permission.READ_CORRECTIONS) else self.requested_by(user)

    def requested_by(self, user: User) -> "CorrectionRequestQuerySet":
        return self.filter(requested_by=user)

    def waiting_for(self, user: User) -> "CorrectionRequestQuerySet":
        """Those whose next step this person may take."""
        mine = Q(pk__in=[])
        if user.may(Permission.DECIDE_CORRECTION):
            mine |= Q(decision=None)
        if user.may(Permission.EXECUTE_CORRECTION):
            approved = Q(decision__verdict=Decision.Verdict.APPROVED, execution=None)
            mine |= approved & ~Q(decision__decided_by=user)
        return self.filter(mine).exclude(requested_by=user)

    def with_steps(self) -> "CorrectionRequestQuerySet":
        return self.select_related(
            "year",
            "course__subject",
            "course__school_class",
            "student",
            "requested_by",
            "decision__decided_by",
            "execution__executed_by",
            "execution__refused_line",
        ).prefetch_related("lines__enrolment__student", "lines__column__period", "profile_lines")

    def newest_first(self) -> "CorrectionRequestQuerySet":
        return self.order_by("-requested_at", "-pk")


class CorrectionRequest(Recorded):
    """Somebody asks for what is closed to be changed (giấy đề nghị thay đổi thông tin).

    It is about cells of a course's locked book, or about the profile of a pupil after the day on which profiles close.
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
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reason = models.TextField(_("reason"))
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()

    objects: ClassVar = CorrectionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction request")
        verbose_name_plural = _("correction requests")
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="corrections_request_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="corrections_request_number_positive"),
            models.CheckConstraint(condition=~Q(reason=""), name="corrections_request_reason"),
            models.CheckConstraint(
                condition=Q(course__isnull=False, student=None) | Q(course=None, student__isnull=False),
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
        decision, execution = self.made_decision, self.made_execution
        if decision is None:
            return Status.WAITING_FOR_DECISION
        if decision.verdict == Decision.Verdict.REFUSED:
            return Status.REFUSED
        if execution is None:
            return Status.WAITING_FOR_EXECUTION
        return Status.EXECUTED if execution.applied else Status.NOT_APPLIED

    @property
    def made_decision(self) -> "Decision | None":
        return getattr(self, "decision", None)

    @property
    def made_execution(self) -> "Execution | None":
        return getattr(self, "execution", None)


class CorrectionLine(Recorded):
    """One cell of a request: the value the requester saw and the value it should have."""

    request = models.ForeignKey(CorrectionRequest, on_delete=models.PROTECT, related_name="lines")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    column = models.ForeignKey(Column, on_delete=models.PROTECT, related_name="+")
    old_text = models.TextField(blank=True)
    new_text = models.TextField(blank=True)
    seen_version = models.PositiveIntegerField(help_text=_("of the mark; 0 for a cell never filled"))
    # Repeats what the request's rows say, so that the database itself refuses a second open request.
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["request", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "column"],
                condition=Q(is_open=True),
                name="corrections_line_one_open_per_cell",
            ),
            models.UniqueConstraint(
                fields=["request", "enrolment", "column"], name="corrections_line_cell_once"
            ),
            models.CheckConstraint(condition=~Q(old_text=F("new_text")), name="corrections_line_differs"),
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.old_text} → {self.new_text}"

    @property
    def cell(self) -> tuple[int, int]:
        return self.enrolment_id, self.column_id


class Shown(NamedTuple):
    old_text: str
    new_text: str


class ProfileLine(Recorded):
    """One field of a pupil's profile: the text the requester saw and the text it should have."""

    request = models.ForeignKey(CorrectionRequest, on_delete=models.PROTECT, related_name="profile_lines")
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=40, help_text=_("key of gradebook.profile_fields"))
    old_text = models.CharField(max_length=250, blank=True)
    new_text = models.CharField(max_length=250, blank=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["request", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["student", "field"],
                condition=Q(is_open=True),
                name="corrections_profileline_one_open",
            ),
            models.UniqueConstraint(fields=["request", "field"], name="corrections_profileline_once"),
            models.CheckConstraint(
                condition=~Q(old_text=F("new_text")), name="corrections_profileline_differs"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.field}"

    @property
    def label(self) -> str:
        return FIELDS[self.field].label

    @property
    def shown(self) -> "Shown":
        """Both texts in words, under the names that the page of a change uses."""
        field = FIELDS[self.field]
        return Shown(field.shown(self.old_text), field.shown(self.new_text))


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


class Decision(Recorded):
    """What the principal, or who decides in that place, answered."""

    class Verdict(models.TextChoices):
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("not approved")

    request = models.OneToOneField(CorrectionRequest, on_delete=models.PROTECT, related_name="decision")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    note = models.TextField(blank=True)
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


class Execution(Recorded):
    """The one attempt to carry out an approved request: applied as a whole, or not at all and why."""

    request = models.OneToOneField(CorrectionRequest, on_delete=models.PROTECT, related_name="execution")
    executed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    executed_at = models.DateTimeField()
    refusal = models.CharField(max_length=30, blank=True, help_text=_("code; empty: applied"))
    refused_line = models.ForeignKey(
        CorrectionLine, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused_field = models.CharField(max_length=40, blank=True, help_text=_("of a profile, by its key"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(refusal="", refused_line=None, refused_field="")
                | (~Q(refusal="") & Q(refused_line__isnull=False, refused_field=""))
                | (~Q(refusal="") & Q(refused_line=None) & ~Q(refused_field="")),
                name="corrections_execution_refusal_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.refusal or 'applied'}"

    @property
    def applied(self) -> bool:
        return not self.refusal
