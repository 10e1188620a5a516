"""Carrying out an approved request, and who was there."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recorded import Recorded
from corrections.models.lines import CorrectionLine
from corrections.models.requests import CorrectionRequest
from gradebook.models import Enrolment


class Presence(Recorded):
    """One of those who are present when the values are changed (S3 V (2).4, S1 Đ11.2, S4 II.2.3).

    Staff confirm with their own sign-in or password. Pupils have no account: their names stand here, their signatures
    on the sheet that is handed in as evidence, two for each pupil whose oral mark it is about.
    """

    class Part(models.TextChoices):
        EXECUTOR = "executor", _("who carries it out")
        REQUESTER = "requester", _("who asked")
        LEADER = "leader", _("for the leaders")
        HOMEROOM = "homeroom", _("homeroom teacher")
        PUPIL = "pupil", _("the pupil")
        CLASSMATE = "classmate", _("a classmate")

    PUPILS = frozenset({Part.PUPIL, Part.CLASSMATE})

    class Way(models.TextChoices):
        SESSION = "session", _("in their own session")
        PASSWORD = "password", _("with the password, at the same screen")
        PAPER = "paper", _("signed on paper")

    request = models.ForeignKey(CorrectionRequest, on_delete=models.PROTECT, related_name="presences")
    part = models.CharField(max_length=9, choices=Part.choices)
    pupil = models.ForeignKey(
        Enrolment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("whose oral mark the pupil and the classmate signed for"),
    )
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    way = models.CharField(max_length=8, choices=Way.choices)
    confirmed_at = models.DateTimeField()

    class Meta:
        ordering = ["request", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "part"],
                condition=Q(pupil=None),
                name="corrections_presence_part_once",
            ),
            models.UniqueConstraint(
                fields=["request", "part", "pupil"], name="corrections_presence_once_a_pupil"
            ),
            models.CheckConstraint(
                condition=Q(pupil=None) | Q(part__in=["pupil", "classmate"]),
                name="corrections_presence_pupil_of_pupils",
            ),
            models.UniqueConstraint(
                fields=["request", "person"],
                condition=Q(person__isnull=False),
                name="corrections_presence_person_once",
            ),
            models.CheckConstraint(
                condition=Q(part__in=["pupil", "classmate"], person=None, way="paper")
                | (
                    ~Q(part__in=["pupil", "classmate"])
                    & Q(person__isnull=False, way__in=["session", "password"])
                ),
                name="corrections_presence_staff_by_account",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="corrections_presence_name"),
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.get_part_display()} {self.name}"


class Execution(Recorded):
    """The one attempt to carry out an approved request: applied as a whole, or not at all and why."""

    request = models.OneToOneField(CorrectionRequest, on_delete=models.PROTECT, related_name="execution")
    executed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    executed_at = models.DateTimeField()
    refusal = models.CharField(max_length=30, blank=True, help_text=_("code; empty: applied"))
    refused_line = models.ForeignKey(
        CorrectionLine, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused_field = models.CharField(
        max_length=60, blank=True, help_text=_("what of a profile or of the roll, by its key")
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(refusal="", refused_line=None, refused_field="")
                | (~Q(refusal="") & Q(refused_line__isnull=False, refused_field=""))
                | (~Q(refusal="") & Q(refused_line=None) & ~Q(refused_field="")),
                name="corrections_execution_refusal_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.refusal or 'applied'}"

    @property
    def applied(self) -> bool:
        return not self.refusal
