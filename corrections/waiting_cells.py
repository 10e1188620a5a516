"""The cells of one course about which a request waits, for whoever looks at the sheet."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from corrections.models import CorrectionLine, CorrectionRequest
from gradebook.actions.marks import Cell
from gradebook.models import Course
from gradebook.policies import owned_columns


@dataclass(frozen=True, slots=True)
class Waiting:
    """The open request about a cell; `url` is empty where this reader may not open it."""

    request: CorrectionRequest
    url: str

    @property
    def words(self) -> str:
        """What the cell is called while it waits: number and state of the request."""
        values = {"number": self.request.reference, "status": self.request.status.label}
        return _("Request %(number)s: %(status)s") % values


def waiting_cells(course: Course, user: User) -> Mapping[Cell, Waiting]:
    """By cell, three queries however many there are."""
    lines = CorrectionLine.objects.filter(is_open=True, column__course=course)
    steps = ("year", "endorsement", "withdrawal", "decision", "execution")
    found = lines.select_related(*(f"request__{step}" for step in steps)).prefetch_related(
        "request__questions"
    )
    visible = CorrectionRequest.objects.visible_to(user).filter(course=course)
    known = set(visible.values_list("pk", flat=True))
    return {line.cell: Waiting(line.request, _address(line.request_id, known)) for line in found}


def waiting_on_sheet(course: Course, user: User) -> Mapping[Cell, Waiting]:
    """Those this reader may know of: by the request, or because the column is one's own."""
    own = {column.pk for column in owned_columns(user, course, list(course.columns.all()))}
    found = waiting_cells(course, user).items()
    return {cell: waiting for cell, waiting in found if waiting.url or cell[1] in own}


def _address(request: int, known: set[int]) -> str:
    return reverse("corrections:dossier", args=[request]) if request in known else ""
