"""Subjects, courses (one subject in one class) and who teaches them."""

from datetime import date
from functools import cache
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import DatedQuerySet, User
from accounts.permissions import granted_keys
from accounts.prepared import Given, Prepared
from accounts.recorded import Recorded, RecordedQuerySet
from accounts.roles import Permission, Role
from gradebook.models.decisions import Decision
from gradebook.models.roster import SchoolClass
from gradebook.models.supervision import checked_courses


class Subject(Recorded):
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("subject"), max_length=80)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class CourseQuerySet(RecordedQuerySet):
    def visible_to(self, user: User) -> "CourseQuerySet":
        """All for those who read the school; else what they teach today, the classes they lead, what they check.

        The grant alone is not enough: that of a substitute whose days are over goes in the night after.
        """
        if user.may(Permission.READ_SCHOOL):
            return self
        return self.filter(_seen(user, timezone.localdate(), is_head=Role.DEPARTMENT_HEAD in user.roles))

    def of_subjects(self) -> "CourseQuerySet":
        """Without the homeroom sheets."""
        return self.exclude(kind=Course.Kind.HOMEROOM)


class CourseManager(models.Manager.from_queryset(CourseQuerySet)):  # type: ignore[misc]
    """Courses withdrawn before their first mark are nowhere listed or counted; the rows and their history stay."""

    def get_queryset(self) -> CourseQuerySet:
        return CourseQuerySet(self.model, using=self._db).filter(is_withdrawn=False)


def _seen(user: User | Given, today: date | Given, *, is_head: bool) -> Q:
    """What a person reads who does not read the whole school."""
    led = granted_keys(SchoolClass, to=user, permission=SchoolClass.LEAD)
    taught = granted_keys(Course, to=user, permission=Course.ENTER_MARKS)
    teaching = TeachingAssignment.objects.filter(teacher=user).on(today).values("course")
    own = Q(school_class__in=led, school_class__is_withdrawn=False) | Q(pk__in=teaching) & Q(pk__in=taught)
    scopes = Oversight.objects.filter(leader=user).on(today)
    return own | checked_courses(user, today, scopes, is_head=is_head)


def visible_course(pk: int, user: User) -> "Course | None":
    """With its subject, class and year; None when there is none that this person may know of. One query."""
    is_head = Role.DEPARTMENT_HEAD in user.roles
    statement = _course_of(user.may(Permission.READ_SCHOOL), is_head)
    return next(iter(statement.ask(pk=pk, user=user.pk, today=timezone.localdate())), None)


@cache
def _course_of(reads_school: bool, is_head: bool) -> "Prepared[Course]":
    def build() -> "models.QuerySet[Course]":
        courses = Course.objects.filter(pk=Given("pk")).select_related("subject", "school_class__year")
        if reads_school:
            return courses  # type: ignore[no-any-return]
        return courses.filter(_seen(Given("user"), Given("today", models.DateField()), is_head=is_head))  # type: ignore[no-any-return]

    return Prepared(build)


class OfCoursesManager(models.Manager.from_queryset(RecordedQuerySet)):  # type: ignore[misc]
    """What belongs to a course goes with it when it is withdrawn."""

    def get_queryset(self) -> RecordedQuerySet:
        return RecordedQuerySet(self.model, using=self._db).filter(course__is_withdrawn=False)


class Course(Recorded):
    """One subject in one class for one year: the sheet that teachers fill.

    The homeroom teacher's part of the class book (conduct, qualities and competences, absences) is such a sheet
    too: it opens, locks, is saved, corrected and kept like every other.
    """

    HOMEROOM_CODE = "chu-nhiem"
    ENTER_MARKS = "enter_marks"

    class Kind(models.TextChoices):
        SCORED = "scored", _("comments and scores")
        COMMENT = "comment", _("comments only")
        PRIMARY = "primary", _("levels (primary)")
        HOMEROOM = "homeroom", _("conduct, qualities, absences")

    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="courses")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="courses")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    lessons_per_year = models.PositiveSmallIntegerField(help_text=_("decides the number of regular marks"))

    is_thematic = models.BooleanField(
        default=False, help_text=_("with its thematic studies (TT 22/2021, article 6, clause 3)")
    )
    is_withdrawn = models.BooleanField(
        default=False, help_text=_("never had a mark, and is not taught or was laid out anew")
    )

    objects: ClassVar = CourseManager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["school_class", "subject__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "subject"],
                condition=Q(is_withdrawn=False),
                name="gradebook_course_unique",
            )
        ]
        permissions = [("enter_marks", "Enter marks in the course")]

    def __str__(self) -> str:
        return f"{self.subject} {self.school_class}"

    @property
    def has_results(self) -> bool:
        """Averages or results are computed; in primary school and on the homeroom sheet what is entered stands."""
        return self.kind in (self.Kind.SCORED, self.Kind.COMMENT)


class TeachingAssignmentQuerySet(RecordedQuerySet):
    def current(self) -> "TeachingAssignmentQuerySet":
        return self.on(timezone.localdate())

    def on(self, day: date | Given) -> "TeachingAssignmentQuerySet":
        return self.not_over(day).filter(since__lte=day)

    def not_over(self, day: date | Given) -> "TeachingAssignmentQuerySet":
        """Those that hold on the day, and those still to begin: they carry the grant."""
        return self.filter(Q(until=None) | Q(until__gte=day), is_withdrawn=False)

    def in_the_book(self) -> "TeachingAssignmentQuerySet":
        """Who teaches today, and who stood in before: the marks of those days are theirs (S1-04)."""
        today = timezone.localdate()
        stood_in = Q(acting_for__isnull=False)
        held = stood_in | Q(until=None) | Q(until__gte=today)
        return self.filter(held, since__lte=today, is_withdrawn=False)

    def substitutions(self) -> "TeachingAssignmentQuerySet":
        return self.filter(acting_for__isnull=False)


class TeachingAssignment(Recorded):
    """Who teaches a course, or one strand of it, from one day to another."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="assignments")
    teacher = models.ForeignKey(User, on_delete=models.PROTECT, related_name="teaching")
    strand = models.CharField(max_length=40, blank=True, help_text=_("empty: the whole course"))
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    acting_for = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("who is replaced; history still shows who really entered a mark (S1-04)"),
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    # Taken back before its first day was over, for example given to the wrong person: it never counted.
    is_withdrawn = models.BooleanField(default=False)

    objects: ClassVar = TeachingAssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "teacher", "strand"],
                condition=Q(until=None),
                name="gradebook_assignment_one_open",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="gradebook_assignment_dates"
            ),
            models.CheckConstraint(
                condition=Q(acting_for=None)
                | (Q(decision__isnull=False, until__isnull=False) & ~Q(acting_for=F("teacher"))),
                name="gradebook_assignment_acting_by_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher}: {self.course}"


class Oversight(Recorded):
    """What a leader checks: a grade or a subject of the whole school (S0-04, S0-05, S4-06)."""

    leader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="oversight")
    grade = models.PositiveSmallIntegerField(_("grade"), null=True, blank=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects: ClassVar = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["grade", "subject__order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(grade__isnull=False, subject=None) | Q(grade=None, subject__isnull=False),
                name="gradebook_oversight_one_of",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="gradebook_oversight_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leader}: {self.subject or self.grade}"
