"""The comment bank: phrases that teachers keep and share."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recorded import Recorded, RecordedQuerySet
from accounts.roles import Permission
from gradebook.models.school import Level
from gradebook.models.teaching import Course, Subject


class PhraseQuerySet(RecordedQuerySet):
    def visible_to(self, user: User) -> "PhraseQuerySet":
        return self.filter(Q(owner=user) | Q(owner=None), is_withdrawn=False)

    def of_owner(self, owner: User | None) -> "PhraseQuerySet":
        """Those of one person; without one, those of the school."""
        return self.filter(owner=owner, is_withdrawn=False)

    def for_course(self, course: Course) -> "PhraseQuerySet":
        """Of its subject and level of schooling. What is written of any subject says nothing on a homeroom sheet."""
        subject = Q(subject=course.subject_id)
        if course.kind != Course.Kind.HOMEROOM:
            subject |= Q(subject=None)
        return self.filter(subject, level__in=("", course.school_class.level))


class Phrase(Recorded):
    """A comment to choose from, with placeholders. Chosen, it is text in a cell like any other."""

    class Standing(models.TextChoices):
        """How the pupil stands in the subject, in the circulars' three steps."""

        GOOD = "good", _("does well")
        FAIR = "fair", _("meets the requirements")
        WEAK = "weak", _("does not meet them yet")

    class Need(models.TextChoices):
        SUPPORT = "support", _("needs support")
        GIFTED = "gifted", _("shows talent")
        INCLUSION = "inclusion", _("learns in inclusion")
        PROGRESS = "progress", _("has made progress")

    owner = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="phrases",
        help_text=_("empty: shared by the school"),
    )
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("subject")
    )
    level = models.CharField(_("level of schooling"), max_length=20, choices=Level.choices, blank=True)
    standing = models.CharField(_("how the pupil stands"), max_length=4, choices=Standing.choices, blank=True)
    need = models.CharField(_("what the pupil needs"), max_length=9, choices=Need.choices, blank=True)
    text = models.CharField(_("text"), max_length=500)
    is_withdrawn = models.BooleanField(default=False)

    objects: ClassVar = PhraseQuerySet.as_manager()

    class Meta:
        verbose_name = _("phrase")
        ordering = ["subject__order", "standing", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="gradebook_phrase_text")]

    def __str__(self) -> str:
        return self.text

    @property
    def is_shared(self) -> bool:
        return self.owner_id is None

    def may_be_changed_by(self, user: User) -> bool:
        if self.is_shared:
            return user.may(Permission.SHARE_PHRASES)
        return self.owner_id == user.pk
