"""The orders that open and lock books, from the proposal to the execution."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.recorded import Recorded, RecordedQuerySet
from accounts.roles import Permission
from gradebook.models.decisions import Decision
from gradebook.models.marks import MarkKind
from gradebook.models.roster import SchoolClass
from gradebook.models.school import Period
from gradebook.models.teaching import Course, Subject

if TYPE_CHECKING:
    from gradebook.models.windows import Window

LATE = timedelta(minutes=10)
"""After this a scheduled order is a matter for the administrator: no worker seems to run."""


class LockOrderQuerySet(RecordedQuerySet):
    def visible_to(self, user: User) -> "LockOrderQuerySet":
        return self if user.may(Permission.READ_LOCK_BOARD) else self.none()

    def proposed(self) -> "LockOrderQuerySet":
        """Those that the principal has not answered yet."""
        return self.filter(ordered_at=None, declined_at=None, withdrawn_at=None)

    def waiting(self) -> "LockOrderQuerySet":
        return self.filter(ordered_at__isnull=False, executed_at=None, withdrawn_at=None)

    def not_to_come(self, now: datetime) -> "LockOrderQuerySet":
        """Those that wait, without what the plan has for later hours."""
        return self.waiting().exclude(effective_at__gt=now)

    def at_hand(self, now: datetime) -> "LockOrderQuerySet":
        """Those that somebody has to carry out: without an hour, or whose hour passed without a worker."""
        by_hand = Q(effective_at=None, when_complete=False)
        return self.waiting().filter(by_hand | Q(effective_at__lt=now - LATE))

    def settled(self) -> "LockOrderQuerySet":
        return self.exclude(executed_at=None, withdrawn_at=None, declined_at=None)

    def due(self, now: datetime) -> "LockOrderQuerySet":
        return self.waiting().filter(effective_at__lte=now)

    def with_words(self) -> "LockOrderQuerySet":
        """With all that the sentences about an order name."""
        return self.select_related(
            "period__semester",
            "school_class",
            "subject",
            "course__subject",
            "course__school_class",
            "decision",
            "proposed_by",
            "ordered_by",
            "declined_by",
            "executed_by",
            "withdrawn_by",
        )


def _pair(name: str) -> Q:
    """Who and when, both or neither."""
    by, at = f"{name}_by", f"{name}_at"
    return Q(**{by: None, at: None}) | Q(**{f"{by}__isnull": False, f"{at}__isnull": False})


_SCOPES = ("grade", "school_class", "subject", "course")


def _one_scope() -> Q:
    """The whole school where none is named."""
    found = Q()
    for kept in _SCOPES:
        found |= Q(**{other: None for other in _SCOPES if other != kept})
    return found


class LockOrder(Recorded):
    """The administrator proposes, the principal orders, the administrator or the ordered hour executes.

    Every step is recorded (S0 C.I.2b, S2 II.1, S3 X.1, S4 2.3). The paper's number, date and scan are those of
    the decision it rests on.
    """

    class Act(models.TextChoices):
        LOCK = "lock", _("Lock")
        OPEN = "open", _("Open")

    number = models.PositiveIntegerField()
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="lock_orders")
    kind = models.CharField(
        _("kind of mark"), max_length=10, choices=MarkKind.choices, blank=True, help_text=_("empty: all")
    )
    grade = models.PositiveSmallIntegerField(_("grade"), null=True, blank=True)
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, null=True, blank=True, related_name="lock_orders"
    )
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    act = models.CharField(max_length=4, choices=Act.choices)
    reason = models.CharField(_("reason"), max_length=300)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="lock_orders"
    )
    effective_at = models.DateTimeField(
        _("at"), null=True, blank=True, help_text=_("empty: when the administrator executes it")
    )
    until = models.DateTimeField(
        _("open until"), null=True, blank=True, help_text=_("an opening locks again by itself at this hour")
    )
    lifts_end = models.BooleanField(
        _("take away the hour at which open books would close"),
        default=False,
        help_text=_("an opening without an end; otherwise a book that is open keeps its hour"),
    )
    when_complete = models.BooleanField(
        default=False, help_text=_("each class is locked once all its cells are filled and confirmed")
    )

    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    ordered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ordered_at = models.DateTimeField(null=True, blank=True)
    sequence = models.PositiveIntegerField(
        null=True,
        blank=True,
        unique=True,
        help_text=_(
            "place among the principal's words: of two about a book the later counts, whatever the clock said"
        ),
    )
    declined_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(_("reason"), max_length=300, blank=True)
    executed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    executed_at = models.DateTimeField(null=True, blank=True)
    executed_automatically = models.BooleanField(
        default=False, help_text=_("by the schedule at the ordered hour: by nobody's hand")
    )
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = LockOrderQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="gradebook_lockorder_number"),
            models.CheckConstraint(condition=_one_scope(), name="gradebook_lockorder_one_scope"),
            models.CheckConstraint(
                condition=Q(until=None)
                | Q(act="open") & (Q(effective_at=None) | Q(until__gt=F("effective_at"))),
                name="gradebook_lockorder_until",
            ),
            models.CheckConstraint(
                condition=Q(lifts_end=False) | Q(act="open", until=None),
                name="gradebook_lockorder_lifts_end",
            ),
            models.CheckConstraint(
                condition=Q(sequence=None, ordered_at=None)
                | Q(sequence__isnull=False, ordered_at__isnull=False),
                name="gradebook_lockorder_sequence_pair",
            ),
            models.CheckConstraint(
                condition=Q(when_complete=False) | Q(act="lock", effective_at=None),
                name="gradebook_lockorder_when_complete",
            ),
            models.CheckConstraint(condition=_pair("proposed"), name="gradebook_lockorder_proposed_pair"),
            models.CheckConstraint(
                condition=_pair("ordered") & (Q(ordered_at__isnull=False) | Q(proposed_at__isnull=False)),
                name="gradebook_lockorder_ordered_pair",
            ),
            models.CheckConstraint(
                condition=Q(declined_by=None, declined_at=None, decline_reason="")
                | Q(declined_by__isnull=False, declined_at__isnull=False, ordered_at=None)
                & ~Q(decline_reason=""),
                name="gradebook_lockorder_declined_together",
            ),
            models.CheckConstraint(
                condition=Q(executed_by=None, executed_at=None, executed_automatically=False)
                | Q(executed_by__isnull=False, executed_at__isnull=False, executed_automatically=False)
                | Q(executed_by=None, executed_at__isnull=False, executed_automatically=True),
                name="gradebook_lockorder_executed_pair",
            ),
            models.CheckConstraint(
                condition=Q(executed_at=None) | Q(ordered_at__isnull=False),
                name="gradebook_lockorder_executed_on_order",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None)
                | Q(
                    withdrawn_by__isnull=False, withdrawn_at__isnull=False, executed_at=None, declined_at=None
                ),
                name="gradebook_lockorder_withdrawn_pair",
            ),
            models.CheckConstraint(
                condition=(Q(executed_by=None) | ~Q(executed_by=F("ordered_by")))
                & (Q(proposed_by=None) | Q(ordered_by=None) | ~Q(proposed_by=F("ordered_by"))),
                name="gradebook_lockorder_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_act_display()} {self.what}"

    @property
    def giver(self) -> User:
        """Who ordered it, of an order that is more than a proposal."""
        return self.ordered_by  # type: ignore[return-value]

    @property
    def opens(self) -> bool:
        return self.act == self.Act.OPEN

    @property
    def created_at(self) -> datetime:
        """When it was proposed, or ordered without a proposal."""
        return self.proposed_at or self.ordered_at  # type: ignore[return-value]

    @property
    def planned_at(self) -> datetime | None:
        """The hour it is for, or was carried out at; None while the administrator's hand decides."""
        return self.effective_at or self.executed_at

    @property
    def books(self) -> dict[str, Any]:
        """The filter that finds the windows it covers."""
        of: dict[str, Any] = {
            "kind": self.kind,
            "course__school_class__grade": self.grade,
            "course__school_class": self.school_class_id,
            "course__subject": self.subject_id,
            "course": self.course_id,
        }
        return {"period": self.period_id} | {name: value for name, value in of.items() if value}

    @property
    def scope(self) -> str:
        """Whose books it is about, in words."""
        if self.course is not None:
            return f"{self.course.subject}, {self.course.school_class}"
        if self.grade is not None:
            return gettext("Grade %(grade)d") % {"grade": self.grade}
        return str(self.school_class or self.subject or gettext("The whole school"))

    @property
    def what(self) -> str:
        """What it opens or locks, in words."""
        kind = str(MarkKind(self.kind).label) if self.kind else ""
        return " · ".join(filter(None, (str(self.period), kind, self.scope)))

    def follows(self, other: "LockOrder") -> bool:
        """Whether it was ordered after the other order; a proposal has no place before it is one."""
        return self.sequence is not None and other.sequence is not None and self.sequence > other.sequence

    def touches(self, school_class: SchoolClass) -> bool:
        """Whether a book of the class is among those it may be about."""
        course = self.course
        return (
            self.grade in (None, school_class.grade)
            and self.school_class_id in (None, school_class.pk)
            and (course is None or course.school_class_id == school_class.pk)
        )

    def covers(self, window: "Window") -> bool:
        """The same for a window whose course and class are at hand."""
        course = window.course
        return (
            self.period_id == window.period_id
            and self.kind in ("", window.kind)
            and self.grade in (None, course.school_class.grade)
            and self.school_class_id in (None, course.school_class_id)
            and self.subject_id in (None, course.subject_id)
            and self.course_id in (None, course.pk)
        )
