"""Score sheets of one course and semester: the upload, and the sheet to fill in."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, redirect_to
from gradebook import policies
from gradebook.actions.import_marks import preview_marks
from gradebook.forms.imports import UploadForm
from gradebook.import_rows import FileReason, Misplaced
from gradebook.import_templates import ROMAN, score_sheet
from gradebook.models import Course, Import
from gradebook.spreadsheets.problems import Refused
from gradebook.views.workbooks import workbook

MOST_RECENT = 10


@require_safe
def form(request: AuthenticatedHttpRequest, pk: int, semester: int) -> HttpResponse:
    return _page(request, _load(request, pk, semester), semester, UploadForm())


@require_POST
def upload(request: AuthenticatedHttpRequest, pk: int, semester: int) -> HttpResponse:
    course = _load(request, pk, semester)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, course, semester, form)
    try:
        kept = preview_marks(**form.upload, course=course, semester=semester, by=request.user)
    except (Refused, Misplaced) as problem:
        form.refuse(problem)
        return _page(request, course, semester, form, _its_own_sheet(request, problem))
    return redirect_to(reverse("gradebook:import", args=[kept.pk]))


@require_safe
def template(request: AuthenticatedHttpRequest, pk: int, semester: int) -> HttpResponse:
    course = _load(request, pk, semester)
    if course.kind == Course.Kind.HOMEROOM:
        raise Http404
    name = f"{course.school_class} {course.subject} HK{semester}.xlsx"
    return workbook(score_sheet(course, semester), name)


def _load(request: AuthenticatedHttpRequest, pk: int, semester: int) -> Course:
    """Who may not see the course gets 404; who may see it but not enter marks, 403."""
    courses = Course.objects.visible_to(request.user).select_related("subject", "school_class__year")
    course: Course = get_object_or_404(courses, pk=pk)
    if semester not in {1, 2}:
        raise Http404
    if not policies.may_enter_marks(request.user, course):
        raise PermissionDenied
    return course


def _its_own_sheet(request: AuthenticatedHttpRequest, problem: Exception) -> str:
    """Where the file belongs, for who may see that sheet."""
    if not isinstance(problem, Misplaced) or problem.code != FileReason.OTHER_SHEET:
        return ""
    pk, semester = problem.details["course"], problem.details["number"]
    if not Course.objects.visible_to(request.user).filter(pk=pk).exists():
        return ""
    return reverse("gradebook:marks", args=[pk, semester])


def _page(
    request: AuthenticatedHttpRequest, course: Course, semester: int, form: UploadForm, own_sheet: str = ""
) -> HttpResponse:
    earlier = (
        Import.objects.visible_to(request.user)
        .of_marks(course, semester)
        .select_related("uploaded_by", "run")
    )
    context = {
        "course": course,
        "semester": semester,
        "roman": ROMAN[semester],
        "form": form,
        "imports": earlier[:MOST_RECENT],
        "own_sheet": own_sheet,
        "has_template": course.kind != Course.Kind.HOMEROOM,
    }
    return render(request, "gradebook/marks_import.html", context, status=422 if form.errors else 200)
