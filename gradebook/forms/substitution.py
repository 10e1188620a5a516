"""What is posted when somebody teaches for somebody else."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField, PersonField
from accounts.models import HeldRole, User
from gradebook.actions.substitution import NotAppointed
from gradebook.forms.decisions import NumberAndDateForm
from gradebook.models import Course

REASONS: dict[str, tuple[str | None, Any]] = {
    "dates": ("until", _("The last day lies before the first one.")),
    "over": ("until", _("These days are over already.")),
    "outside": ("until", _("The days lie outside the school year.")),
    "decided-later": ("dated", _("The decision is dated after the first day.")),
    "nobody": ("substitute", _("This person holds no role today, or the account is disabled.")),
    "not-teaching": ("acting_for", _("This person does not teach the course on these days.")),
    "teaches": ("substitute", _("This person teaches the course in these days already.")),
}


class SubstitutionForm(NumberAndDateForm):
    acting_for = PersonField(label=_("Who is replaced"))
    substitute = PersonField(label=_("Who teaches instead"))
    since = DayField(label=_("From"), initial=timezone.localdate)
    until = DayField(label=_("Last day"), help_text=_("After this day the substitute enters nothing more."))

    field_order = ["acting_for", "substitute", "since", "until", "number", "dated"]

    def __init__(self, *args: Any, course: Course, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        own = course.assignments.not_over(today).filter(acting_for=None)
        teachers = User.objects.filter(pk__in=own.values("teacher"))
        staff = User.objects.filter(is_active=True, pk__in=HeldRole.objects.on(today).values("user"))
        self.fields["acting_for"].offer(teachers)  # type: ignore[attr-defined]
        self.fields["substitute"].offer(staff.exclude(pk__in=[by.pk]).exclude(pk__in=teachers))  # type: ignore[attr-defined]

    def refuse(self, problem: ValueError) -> None:
        """Put beside its field why nobody was appointed."""
        if isinstance(problem, NotAppointed):
            self.add_error(*REASONS[problem.code])
        else:
            super().refuse(problem)
