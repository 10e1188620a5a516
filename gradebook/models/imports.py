"""Uploaded spreadsheets: what was handed in, by whom, and what became of it."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recorded import Recorded, RecordedQuerySet
from accounts.roles import Permission
from gradebook.models.roster import SchoolClass
from gradebook.models.teaching import Course


class ImportQuerySet(RecordedQuerySet):
    def visible_to(self, user: User) -> "ImportQuerySet":
        """Pupil lists for those who import them; a score sheet for its own teacher, while the course is theirs."""
        own = Q(kind=Import.Kind.MARKS, uploaded_by=user, course__in=Course.objects.visible_to(user))
        lists = Q(kind=Import.Kind.PUPILS) if user.may(Permission.IMPORT_PUPILS) else Q(pk__in=[])
        return self.filter(own | lists)

    def of_pupils(self) -> "ImportQuerySet":
        return self.filter(kind=Import.Kind.PUPILS)

    def of_marks(self, course: Course, semester: int) -> "ImportQuerySet":
        return self.filter(course=course, semester=semester)

    def confirmed(self) -> "ImportQuerySet":
        return self.filter(state=Import.State.CONFIRMED)


class Import(Recorded):
    """One uploaded file. Nothing of it is in the records before it is confirmed.

    Recorded, because the history of pupils and marks names it as their origin ("import 12"): it may neither
    vanish nor change unseen. The file lies in the file store under its own fingerprint.
    """

    class Kind(models.TextChoices):
        PUPILS = "pupils", _("Pupil list")
        MARKS = "marks", _("Score sheet")

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("not confirmed yet")
        CONFIRMED = "confirmed", _("confirmed")
        DISCARDED = "discarded", _("discarded")

    kind = models.CharField(max_length=6, choices=Kind.choices)
    school_class = models.ForeignKey(
        SchoolClass,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="imports",
        help_text=_("pupil list: only rows of this class; empty: of every class"),
    )
    course = models.ForeignKey(Course, on_delete=models.PROTECT, null=True, related_name="imports")
    semester = models.PositiveSmallIntegerField(null=True)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.PREVIEWED)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict, help_text=_("what became of the rows and cells, once confirmed"))
    refused = models.JSONField(
        default=list, encoder=DjangoJSONEncoder, help_text=_("the refused rows and why, once confirmed")
    )

    objects: ClassVar = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="pupils", course=None, semester=None)
                | Q(kind="marks", school_class=None, course__isnull=False, semester__in=[1, 2]),
                name="gradebook_import_target_of_kind",
            ),
            models.CheckConstraint(
                condition=Q(state="confirmed", confirmed_by__isnull=False, confirmed_at__isnull=False)
                | Q(state__in=["previewed", "discarded"], confirmed_by=None, confirmed_at=None),
                name="gradebook_import_confirmed_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.file_name}"

    @property
    def origin(self) -> str:
        """What the history of a written row says of where it came from."""
        return f"import {self.pk}"

    @property
    def stored_name(self) -> str:
        return f"imports/{self.sha256[:2]}/{self.sha256}.xlsx"
