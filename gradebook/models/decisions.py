"""The principal's decisions as the school's papers have them, the board they appoint, and who has read them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import DatedQuerySet, User
from accounts.recorded import Recorded, RecordedQuerySet
from accounts.roles import Permission
from gradebook.models.school import SchoolYear


class DecisionQuerySet(RecordedQuerySet):
    def visible_to(self, user: User) -> "DecisionQuerySet":
        """What concerns everybody who works here; what names pupils or staff only for the school's readers."""
        if not user.roles:
            return self.none()
        if user.may(Permission.READ_SCHOOL) or user.may(Permission.ISSUE_DECISIONS):
            return self
        return self.filter(Q(about__in=Decision.FOR_EVERYBODY) | Q(must_be_read=True))

    def unread_by(self, user: User) -> "DecisionQuerySet":
        """What this person still has to read; nobody is asked to read the rules of a year that is over."""
        to_read = self.visible_to(user).filter(must_be_read=True, year__status=SchoolYear.Status.OPEN)
        return to_read.exclude(acknowledgements__user=user)


class Decision(Recorded):
    """Number and date of a decision, what it is about, and its scan. One may cover many classes or people.

    The scan lies in the write-once store under its fingerprint (S0-01, S3-02, S4-36).
    """

    class About(models.TextChoices):
        REGULATION = "regulation", _("Regulation on electronic records")
        BOARD = "board", _("Board of the electronic records")
        RESULTS = "results", _("Results, promotion and awards")
        MOVEMENT = "movement", _("Pupils who come, leave or change class")
        STAFF = "staff", _("Delegation, teaching, substitution")
        YEAR = "year", _("Opening, closing and turn of the year")
        OTHER = "other", _("Another matter")

    FOR_EVERYBODY = (About.REGULATION, About.BOARD, About.YEAR)

    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="decisions")
    number = models.CharField(_("number of the decision"), max_length=40)
    dated = models.DateField(_("date of the decision"))
    about = models.CharField(_("about"), max_length=12, choices=About.choices, default=About.RESULTS)
    title = models.CharField(_("title"), max_length=250, blank=True)
    must_be_read = models.BooleanField(_("everybody must confirm having read it"), default=False)
    scan_name = models.CharField(max_length=150, blank=True)
    scan_sha256 = models.CharField(max_length=64, blank=True)
    scan_path = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects: ClassVar = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-dated", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="gradebook_decision_number"),
            models.CheckConstraint(
                condition=Q(scan_name="", scan_sha256="", scan_path="")
                | ~(Q(scan_name="") | Q(scan_sha256="") | Q(scan_path="")),
                name="gradebook_decision_scan_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class BoardMember(Recorded):
    """Somebody's seat and task on the board of the electronic records (ban quản trị), by a decision."""

    class Position(models.TextChoices):
        HEAD = "head", _("Head of the board")
        DEPUTY = "deputy", _("Deputy head")
        SECRETARY = "secretary", _("Secretary")
        MEMBER = "member", _("Member")

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="board")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="board_seats")
    position = models.CharField(_("position"), max_length=10, choices=Position.choices)
    task = models.CharField(_("task"), max_length=300, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects: ClassVar = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(until=None), name="gradebook_boardmember_one_open"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="gradebook_boardmember_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_position_display()}"


class Acknowledgement(Recorded):
    """Somebody says: read and understood (S1-01, S3-04)."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="acknowledgements")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "user"], name="gradebook_acknowledgement_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.decision}"


class IncidentQuerySet(RecordedQuerySet):
    def visible_to(self, user: User) -> "IncidentQuerySet":
        """Every report for those who answer; else one's own."""
        return self if answers_incidents(user) else self.of_reporter(user)

    def of_reporter(self, user: User) -> "IncidentQuerySet":
        return self.filter(reported_by=user)

    def unanswered(self) -> "IncidentQuerySet":
        return self.filter(answered_at=None, settled_at=None)

    def answered(self) -> "IncidentQuerySet":
        """Answered, and nobody has said yet that it is over."""
        return self.filter(answered_at__isnull=False, settled_at=None)

    def settled(self) -> "IncidentQuerySet":
        return self.filter(settled_at__isnull=False)


class Incident(Recorded):
    """An error or difficulty reported to the board, from the page where it happened, and the answer.

    S0-56, S2-39, S2-54, S3-27, S3-72.
    """

    number = models.PositiveIntegerField(unique=True)
    page = models.CharField(_("page"), max_length=300, blank=True)
    what = models.TextField(_("what happened"))
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, help_text=_("the reporter or the board says it is over"))

    objects: ClassVar = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")),
                name="gradebook_incident_answered_together",
            ),
            models.CheckConstraint(
                condition=Q(settled_by=None, settled_at=None)
                | Q(settled_by__isnull=False, settled_at__isnull=False),
                name="gradebook_incident_settled_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


def answers_incidents(user: User) -> bool:
    """The leaders, the administrator, and whoever sits on the board today (S0-56, S3-27)."""
    seats = BoardMember.objects.on(timezone.localdate())
    return user.may(Permission.ANSWER_INCIDENTS) or bool(seats.filter(user=user).exists())
