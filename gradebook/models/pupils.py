"""Pupils and their families: the profile of the register (S1, article 7.1)."""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _

from accounts import names
from accounts.models import User
from accounts.recorded import Recorded, RecordedQuerySet
from gradebook.spreadsheets.ethnicities import ETHNICITIES

NAME_ORDER = {"postgresql": "C", "sqlite": "BINARY"}
"""The order of `sort_key` is the order of its bytes; a database's own language would sort it otherwise."""


def name_order(path: str = "sort_key") -> Collate:
    return Collate(path, NAME_ORDER[connection.vendor])


class StudentQuerySet(RecordedQuerySet):
    def in_name_order(self) -> "StudentQuerySet":
        return self.order_by(name_order(), "birth_date", "pk")

    def called(self, typed: str) -> "StudentQuerySet":
        """Every word begins a word of the name, in any order, with or without diacritics."""
        found = self
        for word in names.search_key(typed).split():
            found = found.filter(Q(search_key__startswith=word) | Q(search_key__contains=f" {word}"))
        return found


class Student(Recorded):
    """A pupil: the subject of records, not somebody who signs in.

    An empty text is what nobody has told yet; "none" is an answer.
    """

    class Sex(models.TextChoices):
        MALE = "male", _("Male")
        FEMALE = "female", _("Female")

    class PolicyGroup(models.TextChoices):
        NONE = "none", _("none")
        MARTYR = "martyr", _("child of a martyr")
        WOUNDED = "wounded", _("child of a wounded or sick soldier")
        MERIT = "merit", _("child of a person of merit to the revolution")
        ORPHAN = "orphan", _("orphan without support")
        DISABLED = "disabled", _("with a disability")
        REMOTE = "remote", _("from a specially difficult area")
        OTHER = "other", _("another policy group")

    class Household(models.TextChoices):
        NONE = "none", _("not poor")
        POOR = "poor", _("poor household")
        NEAR_POOR = "near_poor", _("near-poor household")

    class Boarding(models.TextChoices):
        NONE = "none", _("lives at home")
        DAY = "day", _("stays for lunch")
        FULL = "full", _("boards at the school")

    class Union(models.TextChoices):
        NONE = "none", _("none")
        PIONEER = "pioneer", _("Young Pioneer")
        YOUTH = "youth", _("Youth Union member")

    ministry_code = models.CharField(
        _("ministry identifier"), max_length=10, blank=True, validators=[RegexValidator(r"^\d{10}$")]
    )
    school_code = models.CharField(_("pupil code of the school"), max_length=20, blank=True)
    register_number = models.PositiveIntegerField(_("number in the register"), null=True, blank=True)
    admitted_on = models.DateField(_("admitted on"), null=True, blank=True)
    citizen_number = models.CharField(
        _("citizen number"), max_length=12, blank=True, validators=[RegexValidator(r"^\d{12}$")]
    )
    full_name = models.CharField(_("full name"), max_length=120)
    birth_date = models.DateField(_("birth date"))
    sex = models.CharField(_("sex"), max_length=6, choices=Sex.choices)
    ethnicity = models.CharField(
        _("ethnic group"), max_length=30, default="01", help_text=_("code of decision 121-TCTK/PPCĐ")
    )
    religion = models.CharField(_("religion"), max_length=60, blank=True)
    birthplace = models.CharField(_("place of birth"), max_length=200, blank=True)
    hometown = models.CharField(_("native place"), max_length=200, blank=True)
    permanent_address = models.CharField(_("permanent address"), max_length=250, blank=True)
    address = models.CharField(_("current address"), max_length=250, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    identity_card = models.CharField(_("identity card"), max_length=12, blank=True)
    identity_card_date = models.DateField(_("issued on"), null=True, blank=True)
    identity_card_place = models.CharField(_("issued at"), max_length=120, blank=True)
    policy_group = models.CharField(_("policy group"), max_length=10, choices=PolicyGroup.choices, blank=True)
    household = models.CharField(_("household"), max_length=10, choices=Household.choices, blank=True)
    boarding = models.CharField(_("boarding"), max_length=4, choices=Boarding.choices, blank=True)
    union = models.CharField(_("Pioneers or Youth Union"), max_length=8, choices=Union.choices, blank=True)
    disability = models.CharField(_("disability"), max_length=120, blank=True)
    sort_key = models.CharField(max_length=250, editable=False)
    search_key = models.CharField(max_length=150, editable=False, db_index=True)

    objects: ClassVar = StudentQuerySet.as_manager()

    class Meta:
        verbose_name = _("pupil")
        verbose_name_plural = _("pupils")
        constraints = [
            models.UniqueConstraint(
                fields=["ministry_code"],
                condition=~Q(ministry_code=""),
                name="gradebook_student_ministry_code",
            ),
            models.UniqueConstraint(
                fields=["school_code"], condition=~Q(school_code=""), name="gradebook_student_school_code"
            ),
            models.UniqueConstraint(
                fields=["citizen_number"],
                condition=~Q(citizen_number=""),
                name="gradebook_student_citizen_number",
            ),
            models.UniqueConstraint(fields=["register_number"], name="gradebook_student_register_number"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self._state.adding and self.full_name:
            self.rename(self.full_name)

    def __str__(self) -> str:
        return self.full_name

    @property
    def ethnicity_name(self) -> str:
        return ETHNICITIES[self.ethnicity][0]

    def rename(self, full_name: str) -> None:
        """Set the name with the keys that lists and searches use."""
        self.full_name = names.clean(full_name)
        self.sort_key = names.sort_key(full_name)
        self.search_key = names.search_key(full_name)


class Guardian(Recorded):
    """Father, mother or whoever else answers for the pupil (S2-33)."""

    class Relation(models.TextChoices):
        FATHER = "father", _("father")
        MOTHER = "mother", _("mother")
        GUARDIAN = "guardian", _("guardian")

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="guardians")
    relation = models.CharField(_("relation"), max_length=8, choices=Relation.choices)
    full_name = models.CharField(_("full name"), max_length=120, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    occupation = models.CharField(_("occupation"), max_length=80, blank=True)
    workplace = models.CharField(_("place of work"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    citizen_number = models.CharField(_("citizen number"), max_length=12, blank=True)

    class Meta:
        ordering = ["student", "relation"]
        constraints = [
            models.UniqueConstraint(fields=["student", "relation"], name="gradebook_guardian_one_each")
        ]

    def __str__(self) -> str:
        return f"{self.get_relation_display()}: {self.full_name}"


class DifferentPupils(Recorded):
    """Somebody's answer that two pupils of one name and birth date are two children."""

    first = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="gradebook_differentpupils_once"),
            # A pair has one order, so that it cannot be answered twice.
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="gradebook_differentpupils_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"
