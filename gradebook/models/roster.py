"""Classes and who is enrolled in them."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import granted
from accounts.recorded import Recorded, RecordedQuerySet
from accounts.roles import Permission
from gradebook.models.pupils import Student, name_order
from gradebook.models.school import Level, SchoolYear
from gradebook.models.supervision import checked_classes


class SchoolClassQuerySet(RecordedQuerySet):
    def visible_to(self, user: User) -> "SchoolClassQuerySet":
        """All classes for those who read the school; else the ones led, taught or checked."""
        if user.may(Permission.READ_SCHOOL):
            return self
        led = granted(SchoolClass.objects.all(), to=user, permission=SchoolClass.LEAD)
        taught = Q(Exists(user.teaching.current().filter(course__school_class=OuterRef("pk"))))
        return self.filter(Q(pk__in=led) | taught | checked_classes(user))

    def whole_book_visible_to(self, user: User) -> "SchoolClassQuerySet":
        """Classes of which this person reads every subject: the school's readers, and who leads the class."""
        if user.may(Permission.READ_SCHOOL):
            return self
        return self.filter(pk__in=granted(SchoolClass.objects.all(), to=user, permission=SchoolClass.LEAD))


class SchoolClassManager(models.Manager.from_queryset(SchoolClassQuerySet)):  # type: ignore[misc]
    """Classes withdrawn before they had a pupil are nowhere listed or counted; the rows and their history stay."""

    def get_queryset(self) -> SchoolClassQuerySet:
        return SchoolClassQuerySet(self.model, using=self._db).filter(is_withdrawn=False)


class SchoolClass(Recorded):
    """A class of one year. The assessment scheme is kept per class and year, never globally."""

    LEAD = "lead_class"

    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="classes")
    name = models.CharField(_("class"), max_length=10)
    grade = models.PositiveSmallIntegerField(_("grade"))
    scheme = models.CharField(max_length=80, help_text=_("code of the assessment scheme, as in TT22-2021"))
    specialised_subject = models.SlugField(
        max_length=40,
        blank=True,
        help_text=_("code of the subject of a specialised class (TT 58/2011, article 13)"),
    )
    homeroom_teacher = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="led_classes"
    )

    is_withdrawn = models.BooleanField(default=False, help_text=_("never had a pupil, and is not needed"))

    objects: ClassVar = SchoolClassManager()

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        ordering = ["grade", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "name"], condition=Q(is_withdrawn=False), name="gradebook_class_unique"
            ),
            models.CheckConstraint(condition=Q(grade__gte=1, grade__lte=12), name="gradebook_class_grade"),
        ]
        permissions = [("lead_class", "Lead the class: read all its books")]

    def __str__(self) -> str:
        return self.name

    @property
    def level(self) -> Level:
        return Level.of_grade(self.grade)


class EnrolmentQuerySet(RecordedQuerySet):
    def whole_record_visible_to(self, user: User) -> "EnrolmentQuerySet":
        """Pupils of whom this person reads every subject: the school's readers, and who leads the class."""
        if user.may(Permission.READ_SCHOOL):
            return self
        return self.filter(school_class__in=SchoolClass.objects.whole_book_visible_to(user))

    def visible_to(self, user: User) -> "EnrolmentQuerySet":
        """Pupils this person meets: of some only name, birth date, sex and class (S4-35)."""
        if user.may(Permission.READ_SCHOOL):
            return self
        return self.filter(school_class__in=SchoolClass.objects.visible_to(user))

    def profile_visible_to(self, user: User) -> "EnrolmentQuerySet":
        """Whole profiles: the school's readers, and who leads the class in which the pupil is now."""
        if user.may(Permission.READ_SCHOOL):
            return self
        return self.now().filter(school_class__in=SchoolClass.objects.whole_book_visible_to(user))

    def now(self) -> "EnrolmentQuerySet":
        return self.on_roll().filter(school_class__year__status=SchoolYear.Status.OPEN)

    def latest_of_each(self) -> "EnrolmentQuerySet":
        """Where each pupil is now, or was last."""
        own = self.filter(student=OuterRef("student")).exclude(status=Enrolment.Status.CANCELLED)
        return self.filter(pk=Subquery(own.order_by("-since", "-pk").values("pk")[:1]))

    def in_name_order(self) -> "EnrolmentQuerySet":
        return self.select_related("student").order_by(
            name_order("student__sort_key"), "student__birth_date", "pk"
        )

    def on_roll(self) -> "EnrolmentQuerySet":
        return self.filter(status=Enrolment.Status.ENROLLED)

    def listed(self) -> "EnrolmentQuerySet":
        """Those that stand in the list, who left among them; a place given by mistake is in no list."""
        return self.exclude(status=Enrolment.Status.CANCELLED)

    def in_list_order(self) -> "EnrolmentQuerySet":
        return self.listed().select_related("student").order_by("number")


class Enrolment(Recorded):
    """A pupil's place in the list of one class and year."""

    class Status(models.TextChoices):
        ENROLLED = "enrolled", _("enrolled")
        LEFT = "left", _("left")
        CANCELLED = "cancelled", _("cancelled")  # what made it was undone: a movement or the turn of the year

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="enrolments")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="enrolments")
    number = models.PositiveSmallIntegerField(_("number in the list"))
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ENROLLED)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects: ClassVar = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            # A cancelled place is in no list: it holds neither the pupil's line nor a number.
            models.UniqueConstraint(
                fields=["student", "school_class"],
                condition=~Q(status="cancelled"),
                name="gradebook_enrolment_unique",
            ),
            models.UniqueConstraint(
                fields=["school_class", "number"],
                condition=~Q(status="cancelled"),
                name="gradebook_enrolment_number",
            ),
            models.CheckConstraint(
                condition=Q(status="enrolled", until=None)
                | Q(status__in=["left", "cancelled"], until__isnull=False),
                name="gradebook_enrolment_until_when_left",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} ({self.school_class})"

    @property
    def joined_later(self) -> bool:
        """After the first day of the year: the list says since when. Needs the class and its year."""
        return bool(self.since > self.school_class.year.starts_on)
