"""Weekly remarks on discipline and learning, about a class or a pupil, by the teachers of the class."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recorded import Recorded, RecordedQuerySet
from accounts.roles import Permission
from gradebook.models.roster import Enrolment, SchoolClass
from gradebook.models.teaching import Course


class RemarkQuerySet(RecordedQuerySet):
    def standing(self) -> "RemarkQuerySet":
        return self.filter(is_withdrawn=False)

    def visible_to(self, user: User) -> "RemarkQuerySet":
        """On a class: whoever sees the class. On a pupil: the class's teachers, the school's readers, and of a
        subject who checks it.
        """
        if user.may(Permission.READ_SCHOOL):
            return self
        taught = user.teaching.current().values("course__school_class")
        on_pupils = Q(school_class__in=taught) | Q(course__in=Course.objects.visible_to(user))
        return self.filter(
            Q(enrolment=None) | on_pupils, school_class__in=SchoolClass.objects.visible_to(user)
        )

    def readable_by(self, user: User) -> "RemarkQuerySet":
        """What was withdrawn is read by who wrote it and by the school's readers only."""
        if user.may(Permission.READ_SCHOOL):
            return self
        return self.filter(Q(is_withdrawn=False) | Q(written_by=user))

    def with_what_is_shown(self) -> "RemarkQuerySet":
        return self.select_related(
            "course__subject",
            "enrolment__student",
            "enrolment__school_class__year",
            "school_class__year",
            "written_by",
        )


class Remark(Recorded):
    """What one teacher writes of one week (S0-43, S3-26). Only its writer changes it or takes it back.

    `course` is the homeroom sheet where the homeroom teacher writes. Without a pupil it is about the class.
    """

    class Kind(models.TextChoices):
        REMARK = "remark", _("remark")
        PRAISE = "praise", _("praise")
        BREACH = "breach", _("breach of discipline")

    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="remarks")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="remarks")
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="remarks"
    )
    week = models.DateField(help_text=_("its Monday"))
    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices, default=Kind.REMARK)
    text = models.CharField(_("remark"), max_length=500)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    is_withdrawn = models.BooleanField(default=False)

    objects: ClassVar = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["-week", "-written_at"]
        constraints = [
            models.CheckConstraint(condition=Q(week__iso_week_day=1), name="gradebook_remark_monday"),
            models.CheckConstraint(condition=~Q(text=""), name="gradebook_remark_text"),
        ]

    def __str__(self) -> str:
        return f"{self.school_class} {self.week:%d/%m/%Y}"
