"""Classes, pupils and where they are enrolled."""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts import names
from accounts.models import User
from accounts.permissions import granted
from accounts.recorded import Recorded, RecordedQuerySet
from accounts.roles import Permission
from gradebook.models.school import Level, SchoolYear


class SchoolClassQuerySet(RecordedQuerySet):
    def visible_to(self, user: User) -> "SchoolClassQuerySet":
        """All classes for those who read the school; else the ones led or taught."""
        if user.may(Permission.READ_SCHOOL):
            return self
        led = granted(SchoolClass.objects.all(), to=user, permission=SchoolClass.LEAD)
        taught = Q(Exists(user.teaching.current().filter(course__school_class=OuterRef("pk"))))
        return self.filter(Q(pk__in=led) | taught)

    def whole_book_visible_to(self, user: User) -> "SchoolClassQuerySet":
        """Classes of which this person reads every subject: the school's readers, and who leads the class."""
        if user.may(Permission.READ_SCHOOL):
            return self
        return self.filter(pk__in=granted(SchoolClass.objects.all(), to=user, permission=SchoolClass.LEAD))


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

    objects: ClassVar = SchoolClassQuerySet.as_manager()

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        ordering = ["grade", "name"]
        constraints = [
            models.UniqueConstraint(fields=["year", "name"], name="gradebook_class_unique"),
            models.CheckConstraint(condition=Q(grade__gte=1, grade__lte=12), name="gradebook_class_grade"),
        ]
        permissions = [("lead_class", "Lead the class: read all its books")]

    def __str__(self) -> str:
        return self.name

    @property
    def level(self) -> Level:
        return Level.of_grade(self.grade)


class Student(Recorded):
    """A pupil: the subject of records, not somebody who signs in."""

    class Sex(models.TextChoices):
        MALE = "male", _("Male")
        FEMALE = "female", _("Female")

    ministry_code = models.CharField(
        _("ministry identifier"), max_length=10, unique=True, validators=[RegexValidator(r"^\d{10}$")]
    )
    citizen_number = models.CharField(_("citizen number"), max_length=12, blank=True)
    full_name = models.CharField(_("full name"), max_length=120)
    birth_date = models.DateField(_("birth date"))
    sex = models.CharField(_("sex"), max_length=6, choices=Sex.choices)
    ethnicity = models.CharField(_("ethnic group"), max_length=30, default="Kinh")
    birthplace = models.CharField(_("place of birth"), max_length=200, blank=True)
    address = models.CharField(_("current address"), max_length=250, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    father_name = models.CharField(_("father"), max_length=120, blank=True)
    mother_name = models.CharField(_("mother"), max_length=120, blank=True)
    sort_key = models.CharField(max_length=250, editable=False)
    search_key = models.CharField(max_length=150, editable=False, db_index=True)

    class Meta:
        verbose_name = _("pupil")
        verbose_name_plural = _("pupils")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self._state.adding and self.full_name:
            self.rename(self.full_name)

    def __str__(self) -> str:
        return self.full_name

    def rename(self, full_name: str) -> None:
        """Set the name with the keys that lists and searches use."""
        self.full_name = names.clean(full_name)
        self.sort_key = names.sort_key(full_name)
        self.search_key = names.search_key(full_name)


class EnrolmentQuerySet(RecordedQuerySet):
    def whole_record_visible_to(self, user: User) -> "EnrolmentQuerySet":
        """Pupils of whom this person reads every subject: the school's readers, and who leads the class."""
        if user.may(Permission.READ_SCHOOL):
            return self
        return self.filter(school_class__in=SchoolClass.objects.whole_book_visible_to(user))

    def on_roll(self) -> "EnrolmentQuerySet":
        return self.filter(status=Enrolment.Status.ENROLLED)

    def in_list_order(self) -> "EnrolmentQuerySet":
        return self.select_related("student").order_by("number")


class Enrolment(Recorded):
    """A pupil's place in the list of one class and year."""

    class Status(models.TextChoices):
        ENROLLED = "enrolled", _("enrolled")
        LEFT = "left", _("left")

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="enrolments")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="enrolments")
    number = models.PositiveSmallIntegerField(_("number in the list"))
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ENROLLED)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects: ClassVar = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["student", "school_class"], name="gradebook_enrolment_unique"),
            models.UniqueConstraint(fields=["school_class", "number"], name="gradebook_enrolment_number"),
            models.CheckConstraint(
                condition=Q(status="enrolled", until=None) | Q(status="left", until__isnull=False),
                name="gradebook_enrolment_until_when_left",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} ({self.school_class})"
