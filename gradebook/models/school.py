"""The school, its year and what a year is divided into."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recorded import Recorded
from gradebook.models.school_rules import SchoolRules


class Level(models.TextChoices):
    PRIMARY = "primary", _("Primary")
    LOWER_SECONDARY = "lower_secondary", _("Lower secondary")
    UPPER_SECONDARY = "upper_secondary", _("Upper secondary")

    @property
    def grades(self) -> range:
        return {"primary": range(1, 6), "lower_secondary": range(6, 10)}.get(self.value, range(10, 13))

    @classmethod
    def of_grade(cls, grade: int) -> "Level":
        if grade <= 5:
            return cls.PRIMARY
        return cls.LOWER_SECONDARY if grade <= 9 else cls.UPPER_SECONDARY


class School(Recorded):
    """The one school of this installation, as its documents name it."""

    name = models.CharField(_("name"), max_length=120)
    governing_body = models.CharField(_("governing body"), max_length=120)
    place = models.CharField(_("place"), max_length=80, help_text=_("as in “Hà Nội, ngày …”"))

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="gradebook_school_only_one")]

    def __str__(self) -> str:
        return self.name


class SchoolYear(Recorded):
    class Status(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    name = models.CharField(_("school year"), max_length=9, unique=True, help_text=_("as in 2026-2027"))
    starts_on = models.DateField()
    ends_on = models.DateField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="gradebook_year_dates"),
            models.CheckConstraint(
                condition=Q(closed_by=None, closed_at=None)
                | Q(closed_by__isnull=False, closed_at__isnull=False),
                name="gradebook_year_closed_pair",
            ),
        ]

    def __str__(self) -> str:
        return self.name.replace("-", "–")

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN


class Policy(SchoolRules, Recorded):
    """What a school decides for a year and level where the regulations differ; never a branch in code."""

    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="policies")
    level = models.CharField(max_length=20, choices=Level.choices)
    whole_regular_marks = models.BooleanField(
        _("regular marks are whole numbers"),
        default=False,
        help_text=_("regular marks are whole numbers (S3 V.1); the circular allows one decimal"),
    )
    choices = models.CharField(
        _("choices where the circulars leave room"),
        max_length=80,
        blank=True,
        help_text=_("where the circulars leave room: the words of the scheme codes, as in removal+zero"),
    )
    profile_deadline = models.DateField(
        _("profiles complete by"),
        null=True,
        help_text=_("until this day the homeroom teacher edits profiles freely (S1 Đ7.1, S3 VII.1.1)"),
    )

    class Meta:
        verbose_name_plural = "policies"
        constraints = [
            models.UniqueConstraint(fields=["year", "level"], name="gradebook_policy_one_per_level")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_level_display()}"

    @property
    def words(self) -> list[str]:
        """The choices, one by one, as `assessment.schemes` names them."""
        return self.choices.split("+") if self.choices else []


class Semester(Recorded):
    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="semesters")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="gradebook_semester_unique"),
            models.CheckConstraint(condition=Q(number__in=[1, 2]), name="gradebook_semester_number"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.number}"


class Period(Recorded):
    """One of the four moments of a year, or the summer after it (TT 22/2021, articles 13 and 14).

    Each cell belongs to exactly one period; books open and lock by period.
    """

    class Code(models.TextChoices):
        GK1 = "GK1", _("Midterm 1")
        CK1 = "CK1", _("Final 1")
        GK2 = "GK2", _("Midterm 2")
        CN = "CN", _("Year end")
        HE = "HE", _("Summer")

    semester = models.ForeignKey(Semester, on_delete=models.PROTECT, related_name="periods")
    code = models.CharField(max_length=3, choices=Code.choices)
    order = models.PositiveSmallIntegerField()
    tests_from = models.DateField(_("tests from"), null=True, blank=True)
    tests_until = models.DateField(_("tests until"), null=True, blank=True)

    class Meta:
        ordering = ["semester", "order"]
        constraints = [
            models.UniqueConstraint(fields=["semester", "code"], name="gradebook_period_unique"),
            models.CheckConstraint(
                condition=Q(tests_from=None, tests_until=None) | Q(tests_until__gte=F("tests_from")),
                name="gradebook_period_tests",
            ),
        ]

    def __str__(self) -> str:
        return self.get_code_display()
