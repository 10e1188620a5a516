"""Every value a cell of a mark sheet ever had, as a page and as a panel over the grid."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from gradebook import policies
from gradebook.cell_changes import changes_of
from gradebook.entries import entry_of
from gradebook.grid import field_name
from gradebook.models import Column, Course, Enrolment, Mark
from gradebook.openings import read_openings


@require_safe
def cell_history(request: AuthenticatedHttpRequest, pk: int, enrolment: int, column: int) -> HttpResponse:
    """Who, when, from where, why (S3-37); from an own open cell an earlier value can be put back."""
    courses = Course.objects.visible_to(request.user).select_related("subject", "school_class__year")
    course = get_object_or_404(courses, pk=pk)
    place = get_object_or_404(
        Column.objects.filter(course=course).select_related("period__semester"), pk=column
    )
    pupil = get_object_or_404(course.school_class.enrolments.select_related("student"), pk=enrolment)
    mark = Mark.objects.filter(enrolment=pupil, column=place).first()
    context = {
        "course": course,
        "column": place,
        "pupil": pupil,
        "changes": changes_of(pupil.pk, place.pk),
        "now": entry_of(mark).text,
        "field": field_name(pupil.pk, place.pk, mark.version if mark else 0),
        **_offers(request.user, course, place, pupil),
    }
    part = "_cell_history" if request.headers.get("HX-Request") else "cell_history"
    response = render(request, f"gradebook/{part}.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _offers(user: User, course: Course, column: Column, pupil: Enrolment) -> dict[str, bool]:
    """What decides whether a button is offered; the save and the request ask for themselves."""
    is_own = (
        course.school_class.year.is_open
        and course.school_class.enrolments.on_roll().filter(pk=pupil.pk).exists()
        and bool(policies.owned_columns(user, course, [column]))
    )
    is_open = is_own and read_openings(course).has(column)
    return {"may_put_back": is_open, "may_request": is_own and not is_open}
