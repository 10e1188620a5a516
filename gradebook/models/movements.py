"""Pupils who come, leave, change class or stay: each a row with its date and decision."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import granted
from accounts.recorded import Recorded, RecordedQuerySet
from accounts.roles import Permission
from gradebook.models.decisions import Decision
from gradebook.models.pupils import Student
from gradebook.models.roster import Enrolment, SchoolClass
from gradebook.models.school import SchoolYear


class MovementQuerySet(RecordedQuerySet):
    def visible_to(self, user: User) -> "MovementQuerySet":
        """All for those who read the school; else those into or out of the classes led (S1-49)."""
        if user.may(Permission.READ_SCHOOL):
            return self
        led = granted(SchoolClass.objects.all(), to=user, permission=SchoolClass.LEAD)
        return self.filter(Q(origin__school_class__in=led) | Q(target__school_class__in=led))

    def standing(self) -> "MovementQuerySet":
        """Without those that were cancelled as mistakes."""
        return self.filter(cancelled_at=None)

    def of_year(self, year: SchoolYear | None) -> "MovementQuerySet":
        """Those that change a class list of the year."""
        return self.filter(Q(origin__school_class__year=year) | Q(target__school_class__year=year))


class Movement(Recorded):
    """One step of a pupil through the school; it ends `origin`, begins `target`, or both (S0-35, S1-49, S2-28)."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("came from another school")
        TRANSFERRED = "transferred", _("went to another school")
        DROPPED_OUT = "dropped_out", _("dropped out")
        CHANGED_CLASS = "changed_class", _("changed class")
        RESERVED = "reserved", _("place kept")
        RETURNED = "returned", _("came back")
        RETAINED = "retained", _("stays in the grade")
        PROMOTED = "promoted", _("went up")
        GRADUATED = "graduated", _("completed the level")

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=13, choices=Kind.choices)
    on = models.DateField(_("from"), help_text=_("the first day on which the lists show it"))
    origin = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="departures"
    )
    target = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="arrivals"
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="movements"
    )
    other_school = models.CharField(_("the other school"), max_length=160, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    cancelled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = MovementQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cancelled_by=None, cancelled_at=None)
                | Q(cancelled_by__isnull=False, cancelled_at__isnull=False),
                name="gradebook_movement_cancelled_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.get_kind_display()}"

    @property
    def place(self) -> Enrolment:
        """The place that began, else the one that ended: where the pupil's page opens."""
        found = self.target or self.origin
        if found is None:
            raise TypeError(self.pk)
        return found

    @property
    def history_origin(self) -> str:
        """Where marks that moved with the pupil say they come from; see `gradebook.origins`."""
        return f"movement {self.pk}"


class EarlierResult(Recorded):
    """A subject's semester or year at another school, as its papers say it: kept apart from our marks."""

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="earlier_results")
    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="earlier_results")
    year_name = models.CharField(_("school year"), max_length=9)
    grade = models.PositiveSmallIntegerField(_("grade"))
    semester = models.PositiveSmallIntegerField(_("semester"), help_text=_("1, 2, or 0 for the year"))
    subject = models.CharField(_("subject"), max_length=80)
    regular = models.CharField(_("regular marks"), max_length=80, blank=True)
    midterm = models.CharField(_("midterm"), max_length=8, blank=True)
    final = models.CharField(_("final"), max_length=8, blank=True)
    result = models.CharField(_("average or level"), max_length=20, blank=True)
    comment = models.TextField(_("comment"), blank=True)

    class Meta:
        ordering = ["year_name", "semester", "subject"]
        constraints = [
            models.UniqueConstraint(
                fields=["student", "year_name", "semester", "subject"], name="gradebook_earlierresult_once"
            ),
            models.CheckConstraint(
                condition=Q(semester__in=[0, 1, 2]), name="gradebook_earlierresult_semester"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.subject} {self.year_name}"


class YearTurn(Recorded):
    """The pupils of one year carried to the next by a decision; undone until the new year has its first mark."""

    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="turns")
    next_year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    turned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    turned_at = models.DateTimeField()
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-turned_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["year"], condition=Q(undone_at=None), name="gradebook_yearturn_once"
            ),
            models.CheckConstraint(condition=~Q(year=F("next_year")), name="gradebook_yearturn_two_years"),
            models.CheckConstraint(
                condition=Q(undone_by=None, undone_at=None)
                | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="gradebook_yearturn_undone_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} → {self.next_year}"
