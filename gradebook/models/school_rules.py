"""What the regulations leave to each school, as columns of its policy. Labels, clauses and presets stand in
`gradebook.policy_settings`; a rule that a regulation is silent about is empty and means: not ruled."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


def _days(verbose_name: object, most: int) -> "models.PositiveSmallIntegerField[int | None, int | None]":
    validators = [MinValueValidator(1), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(verbose_name, null=True, blank=True, validators=validators)  # type: ignore[arg-type]


class SchoolRules(models.Model):
    """Who decides, who witnesses, how often and by when."""

    class Decider(models.TextChoices):
        PRINCIPAL = "principal", _("the principal")
        VICE_PRINCIPAL = "vice_principal", _("the vice-principal in charge")
        LEADER = "leader", _("one of the leaders")

    class Witness(models.TextChoices):
        NONE = "none", _("nobody")
        THREE = "three", _("a leader, the board and who asked")
        SUPERVISED = "supervised", _("the leaders and the administrator")
        PUPILS = "pupils", _("for an oral mark the pupil and a classmate")

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("every week")
        MONTHLY = "monthly", _("every month")

    class Weekday(models.IntegerChoices):
        MONDAY = 1, _("Monday")
        TUESDAY = 2, _("Tuesday")
        WEDNESDAY = 3, _("Wednesday")
        THURSDAY = 4, _("Thursday")
        FRIDAY = 5, _("Friday")
        SATURDAY = 6, _("Saturday")

    class HalfDays(models.IntegerChoices):
        ONE = 1, _("one")
        TWO = 2, _("two, morning and afternoon")

    correction_decider = models.CharField(
        _("who decides on corrections"), max_length=14, choices=Decider.choices, default=Decider.PRINCIPAL
    )
    correction_endorsement = models.BooleanField(
        _("the department head confirms a correction first"), default=False
    )
    correction_witnesses = models.CharField(
        _("who witnesses a correction"), max_length=10, choices=Witness.choices, default=Witness.NONE
    )
    correction_evidence = models.BooleanField(
        _("every request to correct a mark comes with the paper that shows it"), default=False
    )
    homeroom_signs_minutes = models.BooleanField(
        _("the homeroom teacher signs the minutes of a correction"), default=False
    )
    correction_days_before_exam = _days(
        _("regular marks are corrected until so many days before the final test"), 60
    )
    correction_days_after_print = _days(
        _("final marks are corrected until so many days after the check print"), 60
    )
    correction_days_after_lock = _days(
        _("marks, levels and comments are corrected until so many days after their book is locked"), 60
    )
    correction_reminder_days = _days(_("who keeps a correction waiting is reminded after so many days"), 60)
    correction_report_days = _days(
        _("a correction that waits is reported to the principal after so many days"), 60
    )
    results_approver = models.CharField(
        _("who approves results"), max_length=14, choices=Decider.choices, default=Decider.PRINCIPAL
    )
    attendance_rhythm = models.CharField(
        _("absences are entered"),
        max_length=7,
        choices=Rhythm.choices,
        default=Rhythm.DAILY,
    )
    half_days = models.PositiveSmallIntegerField(
        _("half-days of lessons a day"), choices=HalfDays.choices, default=HalfDays.ONE
    )
    attendance_closing_day = _days(_("absences of a month are complete on this day of the next month"), 28)
    regular_marks_weekday = models.PositiveSmallIntegerField(
        _("regular marks are entered on"),
        choices=Weekday.choices,
        null=True,
        blank=True,
    )
    midterm_marks_days = _days(_("midterm marks are entered within so many days of the test"), 60)
    weekly_remarks = models.BooleanField(_("subject teachers remark on discipline every week"), default=False)
    monthly_check = models.BooleanField(_("the leaders check every class book each month"), default=False)
    report_from_day = _days(_("the monthly report is made from this day"), 31)
    report_until_day = _days(_("the monthly report is made until this day"), 31)
    blank_book_deadline = models.DateField(_("blank books are printed and stamped by"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        first, last = self.report_from_day, self.report_until_day
        if first and last and first > last:
            raise ValidationError({"report_until_day": _("The last day lies before the first.")})
