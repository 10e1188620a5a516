"""Results of a class and of a pupil, with their reasons."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from accounts.roles import Permission
from gradebook import policies
from gradebook.class_summary import MOMENTS, read_summary
from gradebook.labels import scheme_name
from gradebook.layout import SUMMER
from gradebook.models import Enrolment, SchoolClass
from gradebook.now import current_period
from gradebook.pupil_movements import read_movements
from gradebook.pupil_report import read_report

MOMENT_NAMES = {
    "semester-1": _("Semester I"),
    "semester-2": _("Semester II"),
    "year": _("Year"),
    "summer": _("After the summer"),
}


@require_safe
def class_now(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The results of where the year stands now."""
    school_class = _load(request, pk)
    moment = {"CN": "year", SUMMER: "year", "GK2": "semester-2"}.get(
        current_period(school_class), "semester-1"
    )
    return redirect("gradebook:class_results", pk, moment)


@require_safe
def class_results(request: AuthenticatedHttpRequest, pk: int, moment: str) -> HttpResponse:
    if moment not in MOMENTS:
        raise Http404
    school_class = _load(request, pk)
    context = {
        "school_class": school_class,
        "summary": read_summary(school_class, moment),
        "moments": [(key, MOMENT_NAMES[key]) for key in MOMENTS],
        "moment": moment,
        "scheme_name": scheme_name(school_class.scheme),
        "moment_name": MOMENT_NAMES[moment],
        "may_propose": policies.may_propose(request.user, school_class),
    }
    return render(request, "gradebook/class_results.html", context)


@require_safe
def pupil_results(request: AuthenticatedHttpRequest, enrolment: int) -> HttpResponse:
    pupil = _load_pupil(request, enrolment)
    context = {
        "pupil": pupil,
        "report": read_report(pupil),
        "way": read_movements(pupil),
        "scheme_name": scheme_name(pupil.school_class.scheme),
        "may_reconsider": pupil.school_class.year.is_open and request.user.may(Permission.DECIDE_RESULTS),
    }
    return render(request, "gradebook/pupil_results.html", context)


@require_safe
def why(request: AuthenticatedHttpRequest, enrolment: int, moment: str) -> HttpResponse:
    """The reasons of one moment, as a fragment beside the class's table."""
    pupil = _load_pupil(request, enrolment)
    report = read_report(pupil)
    found = {each.key: each for each in report.moments}.get(moment)
    if found is None:
        if moment != "summer":
            raise Http404
        moment, found = "year", report.year  # nothing of the summer is recorded yet
    standing = {"year": report.standing, "summer": report.summer_standing}.get(moment)
    context = {
        "pupil": pupil,
        "report": report,
        "each": found,
        "moment_name": MOMENT_NAMES[moment],
        "standing": standing,
    }
    return render(request, "gradebook/_why.html", context)


def _load(request: AuthenticatedHttpRequest, pk: int) -> SchoolClass:
    visible = SchoolClass.objects.whole_book_visible_to(request.user).select_related(
        "year", "homeroom_teacher"
    )
    school_class: SchoolClass = get_object_or_404(visible, pk=pk)
    return school_class


def _load_pupil(request: AuthenticatedHttpRequest, pk: int) -> Enrolment:
    visible = Enrolment.objects.whole_record_visible_to(request.user)
    pupil: Enrolment = get_object_or_404(visible.select_related("student", "school_class__year"), pk=pk)
    return pupil
