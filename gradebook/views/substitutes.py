"""Who teaches a course for somebody else, and until when."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.roles import Permission
from gradebook.actions.decisions import DateOutside, NumberTaken
from gradebook.actions.substitution import AlreadyOver, NotAppointed, appoint_substitute, end_substitution
from gradebook.forms.substitution import SubstitutionForm
from gradebook.models import Course, TeachingAssignment
from gradebook.years import YearClosed


@require_safe
@permission_required(Permission.SET_UP_YEAR)
def substitutes(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    course = _load(request, pk)
    return _page(request, course, SubstitutionForm(course=course, by=request.user))


@require_POST
@permission_required(Permission.SET_UP_YEAR)
def appoint(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    course = _load(request, pk)
    form = SubstitutionForm(request.POST, course=course, by=request.user)
    if form.is_valid():
        try:
            appoint_substitute(course=course, **form.cleaned_data, by=request.user)
        except (NotAppointed, NumberTaken, DateOutside, YearClosed) as problem:
            form.refuse(problem)
        else:
            text = _("%(name)s teaches the course from the day you named.")
            messages.success(request, text % {"name": form.cleaned_data["substitute"]})
            return redirect_to(reverse("gradebook:substitutes", args=[pk]))
    return _page(request, course, form)


@require_POST
@permission_required(Permission.SET_UP_YEAR)
def end(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    visible = TeachingAssignment.objects.substitutions().filter(
        course__in=Course.objects.visible_to(request.user)
    )
    assignment = get_object_or_404(visible.select_related("teacher"), pk=pk)
    try:
        end_substitution(assignment=assignment, by=request.user)
    except AlreadyOver:
        messages.error(request, _("This substitution had ended before."))
    else:
        messages.success(request, _("%(name)s enters nothing more here.") % {"name": assignment.teacher})
    return redirect_to(reverse("gradebook:substitutes", args=[assignment.course_id]))


def _load(request: AuthenticatedHttpRequest, pk: int) -> Course:
    courses = Course.objects.visible_to(request.user).select_related("subject", "school_class__year")
    found: Course = get_object_or_404(courses, pk=pk)
    return found


def _page(request: AuthenticatedHttpRequest, course: Course, form: SubstitutionForm) -> HttpResponse:
    rows = course.assignments.select_related("teacher", "acting_for", "decision").order_by("-since", "pk")
    context = {
        "course": course,
        "teachers": [row for row in rows.current() if row.acting_for is None],
        "substitutions": rows.substitutions(),
        "form": form,
        "today": timezone.localdate(),
    }
    return render(request, "gradebook/substitutes.html", context, status=422 if form.errors else 200)
