"""The columns of a course's sheet and what stands in their cells."""

from typing import ClassVar

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.recorded import Recorded
from gradebook.assessment.traits import TRAIT_NAMES
from gradebook.models.roster import Enrolment
from gradebook.models.school import Period
from gradebook.models.teaching import Course, OfCoursesManager


class Column(Recorded):
    """One column of a course's sheet. It belongs to exactly one period, which opens and locks it."""

    class Kind(models.TextChoices):
        REGULAR = "regular", _("Regular")
        MIDTERM = "midterm", _("Midterm")
        FINAL = "final", _("Final")
        LEVEL = "level", _("Level")
        SCORE = "score", _("Test score")
        COMMENT = "comment", _("Comment")
        PERIODIC = "periodic", _("45-minute test")
        TRAIT = "trait", _("Quality or competence")
        CONDUCT = "conduct", _("Conduct")
        YEAR_CONDUCT = "year_conduct", _("Conduct, year")
        EXCUSED = "excused", _("Absent with leave")
        UNEXCUSED = "unexcused", _("Absent without leave")
        SUPPORT = "support", _("After support")
        RETEST = "retest", _("Retest")

    NUMBERED = (Kind.REGULAR, Kind.PERIODIC)
    COUNTED = (Kind.EXCUSED, Kind.UNEXCUSED)
    TESTS = (Kind.MIDTERM, Kind.FINAL, Kind.PERIODIC, Kind.SCORE, Kind.RETEST)

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="columns")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    trait = models.SlugField(
        max_length=40, blank=True, help_text=_("code of the quality or competence (TT 27/2020, article 5)")
    )
    ordinal = models.PositiveSmallIntegerField(
        default=1, help_text=_("regular marks are counted per semester")
    )
    strand = models.CharField(max_length=40, blank=True, help_text=_("its teacher owns the column (S3 V)"))
    order = models.PositiveSmallIntegerField(help_text=_("place on the sheet, over the whole year"))

    objects: ClassVar = OfCoursesManager()

    class Meta:
        ordering = ["course", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "period", "kind", "ordinal"], name="gradebook_column_unique"
            ),
            models.UniqueConstraint(fields=["course", "order"], name="gradebook_column_order"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Short heading, as on the printed sheet."""
        # Not get_kind_display, which makes all the choices hashable again for every column of the sheet.
        kind = str(self.Kind(self.kind).label)
        if self.kind in self.NUMBERED:
            return f"{kind} {self.ordinal}"
        return TRAIT_NAMES.get(self.trait, kind)


class MarkKind(models.TextChoices):
    """What opens and locks together within a period: the term exam has a frame of its own (S0-19, S3-50)."""

    REGULAR = "regular", _("Regular marks")
    TEST = "test", _("Periodic tests")
    ASSESSMENT = "assessment", _("Levels, comments and conduct")

    @classmethod
    def of(cls, column_kind: str) -> "MarkKind":
        return _KINDS.get(column_kind, cls.ASSESSMENT)


_KINDS = {Column.Kind.REGULAR.value: MarkKind.REGULAR} | dict.fromkeys(
    (kind.value for kind in Column.TESTS), MarkKind.TEST
)


def mark_kind() -> Case:
    """The kind of mark of a column, asked by the database."""
    return Case(
        *[When(kind=column, then=Value(kind.value)) for column, kind in _KINDS.items()],
        default=Value(MarkKind.ASSESSMENT.value),
        output_field=models.CharField(),
    )


class Mark(Recorded):
    """What stands in one cell: a score, a level, a number of absences or a comment, or why there is none.

    A cell without a row is empty (version 0). Empty, awaiting a make-up test and zero for absence are three
    different things (TT 22/2021, article 7, clauses 4 and 5).
    """

    class State(models.TextChoices):
        GIVEN = "given", _("given")
        EMPTY = "empty", _("empty")
        AWAITING = "awaiting", _("awaiting make-up")
        ABSENT = "absent", _("zero for absence")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="marks")
    column = models.ForeignKey(Column, on_delete=models.PROTECT, related_name="marks")
    state = models.CharField(max_length=8, choices=State.choices, default=State.GIVEN)
    score = models.DecimalField(max_digits=3, decimal_places=1, null=True, blank=True)
    level = models.CharField(max_length=4, blank=True)
    count = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("half-days absent"))
    comment = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "column"], name="gradebook_mark_one_per_cell"),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=10), name="gradebook_mark_score"
            ),
            models.CheckConstraint(
                condition=Q(state="given", score__isnull=False, count=None, level="", comment="")
                | Q(state="given", score=None, count__isnull=False, level="", comment="")
                | (Q(state="given", score=None, count=None, comment="") & ~Q(level=""))
                | (Q(state="given", score=None, count=None, level="") & ~Q(comment=""))
                | (~Q(state="given") & Q(score=None, count=None, level="", comment="")),
                name="gradebook_mark_one_content",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.column}: v{self.version}"

    @property
    def in_words(self) -> str:
        """Whose and which, as a principal asks for it: Trần Bảo An (6A), Toán 6A, Regular 1, GK1."""
        return f"{self.enrolment}, {self.column.course}, {self.column}, {self.column.period}"
