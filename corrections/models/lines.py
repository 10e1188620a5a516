"""What a request is about, one row a value: the one the requester saw and the one it should have.

`is_open` repeats what the request's rows say, so that the database itself refuses a second open request.
"""

from typing import NamedTuple

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.recorded import Recorded
from corrections.models.requests import CorrectionRequest
from gradebook.models import Absence, Column, Enrolment, HalfDay, Student
from gradebook.profile_fields import FIELDS


class CorrectionLine(Recorded):
    """One cell of a locked book."""

    request = models.ForeignKey(CorrectionRequest, on_delete=models.PROTECT, related_name="lines")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    column = models.ForeignKey(Column, on_delete=models.PROTECT, related_name="+")
    old_text = models.TextField(blank=True)
    new_text = models.TextField(blank=True)
    seen_version = models.PositiveIntegerField(help_text=_("of the mark; 0 for a cell never filled"))
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
    """One field of a pupil's profile."""

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
    def shown(self) -> Shown:
        """Both texts in words, under the names that the page of a change uses."""
        field = FIELDS[self.field]
        return Shown(field.shown(self.old_text), field.shown(self.new_text))


class AttendanceLine(Recorded):
    """One half-day of a pupil in a closed month."""

    request = models.ForeignKey(CorrectionRequest, on_delete=models.PROTECT, related_name="attendance_lines")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    half_day = models.CharField(max_length=9, choices=HalfDay.choices)
    old_kind = models.CharField(max_length=9, choices=Absence.Kind.choices)
    new_kind = models.CharField(max_length=9, choices=Absence.Kind.choices)
    seen_version = models.PositiveIntegerField(help_text=_("of the absence; 0 where none was ever noted"))
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["request", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "day", "half_day"],
                condition=Q(is_open=True),
                name="corrections_attendanceline_one_open",
            ),
            models.UniqueConstraint(
                fields=["request", "enrolment", "day", "half_day"], name="corrections_attendanceline_once"
            ),
            models.CheckConstraint(
                condition=~Q(old_kind=F("new_kind")), name="corrections_attendanceline_differs"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.enrolment} {self.day:%d/%m/%Y}"

    @property
    def shown(self) -> Shown:
        return Shown(self.get_old_kind_display(), self.get_new_kind_display())
