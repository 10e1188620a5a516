"""How long each kind of document is kept, and what was destroyed by decision when that time was over."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recorded import Recorded
from archive.models.editions import Edition
from gradebook.models import SchoolYear


class Document(models.TextChoices):
    """Kinds as retention tables name them. Those that are printed by the portal have the name of the edition's kind."""

    REGISTER = "register", _("Register of pupils")
    CLASS_BOOK = "class_book", _("Class book")
    CLASS_SUMMARY = "class_summary", _("Class summary")
    TRANSCRIPT = "transcript", _("Transcript")
    CORRECTION = "correction", _("Dossiers of corrections")
    TEACHER_BOOK = "teacher_book", _("Teacher's book")
    CHECK_SHEET = "check_sheet", _("Check sheet")
    TERM_SHEETS = "term_sheets", _("Term sheets")


class RetentionRule(Recorded):
    """A line of the table: from a day on, a kind is kept so many years after the school year, or permanently.

    The portal ships none, because the years are for the circular in force and the school to say (rules.md 4.1): a kind
    without a rule is kept permanently. A rule is never edited; a later one takes its place.
    """

    kind = models.CharField(_("Document"), max_length=20, choices=Document.choices)
    years = models.PositiveSmallIntegerField(
        _("Years"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(200)],
        help_text=_("after the end of the school year; empty: permanently"),
    )
    legal_basis = models.CharField(
        _("Legal basis"), max_length=300, help_text=_("the circular or the list of records, and its clause")
    )
    effective_from = models.DateField(_("In force from"))
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("retention rule")
        ordering = ["kind", "-effective_from", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.effective_from}"


class Destruction(Recorded):
    """The principal's decision that documents of a kind and year are destroyed, with the minutes of it.

    The portal deletes nothing by itself, then either: the files are removed from the store by hand.
    """

    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Document.choices)
    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("Number of the decision"), max_length=40)
    dated = models.DateField(_("Date of the decision"))
    minutes = models.CharField(
        _("Minutes"), max_length=160, help_text=_("number and date, and who was present")
    )
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("destruction")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_kind_display()} {self.year}"


class Certificate(Recorded):
    """What remains of a destroyed file: what it was, its hash, and by which decision it went."""

    destruction = models.ForeignKey(Destruction, on_delete=models.PROTECT, related_name="certificates")
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="certificate")
    facts: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()

    class Meta:
        verbose_name = _("certificate of destruction")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.edition}"
