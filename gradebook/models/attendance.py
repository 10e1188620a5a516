"""Who was there: roll calls by half-day, the pupils missing from them, and the months that close them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recorded import Recorded
from gradebook.models.roster import Enrolment, SchoolClass


class HalfDay(models.TextChoices):
    """TT 22/2021, article 12, counts absences by these."""

    MORNING = "morning", _("morning")
    AFTERNOON = "afternoon", _("afternoon")


class AttendanceMonth(Recorded):
    """One class in one calendar month. A save and the closing take the lock of this same row (S1-51, S3-41)."""

    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="attendance_months")
    first_day = models.DateField()
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["school_class", "first_day"]
        constraints = [
            models.UniqueConstraint(fields=["school_class", "first_day"], name="gradebook_month_unique"),
            models.CheckConstraint(condition=Q(first_day__day=1), name="gradebook_month_first_day"),
            models.CheckConstraint(
                condition=Q(closed_by=None, closed_at=None)
                | Q(closed_by__isnull=False, closed_at__isnull=False),
                name="gradebook_month_closed_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_class} {self.first_day:%m/%Y}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class RollCall(Recorded):
    """The roll was called: who has no absence of this half-day was there. Without one, nobody knows."""

    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="roll_calls")
    day = models.DateField()
    half_day = models.CharField(max_length=9, choices=HalfDay.choices)
    called_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()

    class Meta:
        ordering = ["school_class", "day", "-half_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "day", "half_day"], name="gradebook_rollcall_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.school_class} {self.day:%d/%m/%Y} {self.get_half_day_display()}"


class Absence(Recorded):
    """One pupil in one half-day. A row taken back stays, as present, so that its history does (S3-37)."""

    class Kind(models.TextChoices):
        PRESENT = "present", _("present")
        EXCUSED = "excused", _("absent with leave")
        UNEXCUSED = "unexcused", _("absent without leave")
        LATE = "late", _("late")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="absences")
    day = models.DateField()
    half_day = models.CharField(max_length=9, choices=HalfDay.choices)
    kind = models.CharField(max_length=9, choices=Kind.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["day", "-half_day"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "day", "half_day"], name="gradebook_absence_unique")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.day:%d/%m/%Y}: {self.kind}"
