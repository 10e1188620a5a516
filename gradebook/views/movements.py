"""The report of movements, and one pupil's way through the school."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest
from accounts.roles import Permission
from gradebook.actions.movement_desk import RECORDED
from gradebook.actions.movement_exports import export_movements
from gradebook.models import Enrolment, Movement, SchoolClass, SchoolYear
from gradebook.movement_report import months, read_counts, read_list, span
from gradebook.pupil_movements import read_movements
from gradebook.views.workbooks import workbook
from gradebook.years import chosen_year, years

_K = Movement.Kind
STEPS_OUT = (
    (_K.CHANGED_CLASS, _("Change the class")),
    (_K.TRANSFERRED, _("To another school")),
    (_K.DROPPED_OUT, _("Dropped out")),
    (_K.RESERVED, _("Keep the place")),
)
STEPS_BACK = ((_K.RETURNED, _("Comes back")),)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the filter asks for; whatever makes no sense is not asked."""

    month: date | None
    kind: str
    school_class: SchoolClass | None

    @classmethod
    def of(
        cls, request: AuthenticatedHttpRequest, year: SchoolYear, classes: Iterable[SchoolClass]
    ) -> "Asked":
        get = request.GET.get
        month = next((each for each in months(year) if f"{each:%Y-%m}" == get("month")), None)
        kind = get("kind", "")
        chosen = next((each for each in classes if str(each.pk) == get("class")), None)
        return cls(month, kind if kind in RECORDED else "", chosen)


@require_safe
def movements(request: AuthenticatedHttpRequest) -> HttpResponse:
    return render(request, "gradebook/movements.html", _report(request))


@require_POST
def export(request: AuthenticatedHttpRequest) -> HttpResponse:
    """POST, because taking a list of people out of the portal is noted."""
    report = _report(request)
    if not report["classes"]:
        raise PermissionDenied
    content = export_movements(
        year=report["year"], rows=report["movements"], counts=report["counts"], by=request.user
    )
    return workbook(content, "Học sinh chuyển đến, chuyển đi.xlsx")


@require_safe
def pupil_movements(request: AuthenticatedHttpRequest, enrolment: int) -> HttpResponse:
    visible = Enrolment.objects.whole_record_visible_to(request.user)
    pupil = get_object_or_404(visible.select_related("student", "school_class__year"), pk=enrolment)
    return render(request, "gradebook/pupil_movements.html", {"pupil": pupil, **panel(request, pupil)})


def panel(request: AuthenticatedHttpRequest, pupil: Enrolment) -> dict[str, Any]:
    """What `gradebook/_pupil_movements.html` needs: any page of the pupil may include it."""
    may_record = request.user.may(Permission.RECORD_MOVEMENTS)
    steps = _steps(pupil) if may_record else ()
    return {"way": read_movements(pupil), "may_record": may_record, "steps": steps}


def _steps(pupil: Enrolment) -> "tuple[tuple[Movement.Kind, Any], ...]":
    """What may happen next to a pupil in this place."""
    if pupil.status == Enrolment.Status.LEFT:
        return STEPS_BACK
    is_open = pupil.school_class.year.is_open
    return STEPS_OUT if is_open and pupil.status == Enrolment.Status.ENROLLED else ()


def _report(request: AuthenticatedHttpRequest) -> dict[str, Any]:
    found = years()
    year = chosen_year(request, found)
    classes = list(SchoolClass.objects.whole_book_visible_to(request.user).filter(year=year))
    context: dict[str, Any] = {
        "year": year,
        "years": found,
        "classes": classes,
        "kinds": [(kind.value, kind.label) for kind in _K if kind in RECORDED],
        "may_record": request.user.may(Permission.RECORD_MOVEMENTS),
    }
    if year is None:
        return {**context, "movements": [], "counts": []}
    asked = Asked.of(request, year, classes)
    days = span(year, asked.month)
    rows = [each for each in read_list(year, request.user) if each.on in days and _is_asked(each, asked)]
    counts = read_counts([asked.school_class] if asked.school_class else classes, days)
    return {
        **context,
        "asked": asked,
        "months": [(f"{each:%Y-%m}", each) for each in months(year)],
        "movements": rows,
        "lines": [(each, _readable_place(each, classes)) for each in rows],
        "counts": counts,
        "total": {
            "at_first": sum(each.at_first for each in counts),
            "came": sum(each.came for each in counts),
            "left": sum(each.left for each in counts),
            "now": sum(each.now for each in counts),
        },
    }


def _is_asked(movement: Movement, asked: Asked) -> bool:
    if asked.kind and movement.kind != asked.kind:
        return False
    places = (movement.origin, movement.target)
    return asked.school_class is None or any(
        place and place.school_class_id == asked.school_class.pk for place in places
    )


def _readable_place(movement: Movement, classes: Iterable[SchoolClass]) -> Enrolment | None:
    """Where the pupil's page opens for this person: after a change of class, one of the two may be another's."""
    own = {each.pk for each in classes}
    places = (movement.target, movement.origin)
    return next((place for place in places if place and place.school_class_id in own), None)
