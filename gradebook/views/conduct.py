"""Conduct, or qualities and competences, with what speaks for them beside: the homeroom teacher's page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, is_key, redirect_to
from accounts.models import User
from gradebook import policies
from gradebook.actions.marks import Outcome, save_marks
from gradebook.conduct import Problem, read_cases
from gradebook.forms.marks import posted_edits
from gradebook.layout import PERIODS_OF
from gradebook.models import Course, Level, SchoolClass
from gradebook.refusals import sentence


@require_safe
def conduct(request: AuthenticatedHttpRequest, pk: int, semester: int) -> HttpResponse:
    return _page(request, _load(request.user, pk, semester), semester)


@require_POST
def save(request: AuthenticatedHttpRequest, pk: int, semester: int) -> HttpResponse:
    """The cells have the names they have on the homeroom sheet, and go the same way into the book."""
    course = _load(request.user, pk, semester)
    if not policies.may_enter_marks(request.user, course):
        raise PermissionDenied
    outcome = save_marks(course=course, edits=posted_edits(request.POST), by=request.user, origin="page")
    if saved := len(outcome.saved):
        text = ngettext("%(count)d cell saved.", "%(count)d cells saved.", saved) % {"count": saved}
        messages.success(request, text)
    elif not outcome.refused:
        messages.info(request, _("Nothing was changed."))
    if outcome.refused:
        return _page(request, course, semester, outcome)
    return redirect_to(reverse("gradebook:conduct", args=[pk, semester]) + _there(request.POST))


def _there(posted: QueryDict) -> str:
    """Back to these pupils, or on to the next."""
    page = posted.get("page", "")
    if not is_key(page):
        return ""
    return f"?page={int(page) + ('go_on' in posted)}"


def _load(user: User, pk: int, semester: int) -> Course:
    """The homeroom sheet of a class of which this person reads the whole book."""
    if semester not in PERIODS_OF:
        raise Http404
    school_class = get_object_or_404(SchoolClass.objects.whole_book_visible_to(user), pk=pk)
    sheets = school_class.courses.filter(kind=Course.Kind.HOMEROOM)
    course: Course = get_object_or_404(sheets.select_related("subject", "school_class__year"))
    return course


def _page(
    request: AuthenticatedHttpRequest, course: Course, semester: int, outcome: Outcome | None = None
) -> HttpResponse:
    refused = outcome.refused if outcome else []
    asked = request.POST if request.method == "POST" else request.GET
    problems = {each.edit.cell: Problem(each.edit.typed, sentence(each)) for each in refused}
    context = {
        "course": course,
        "school_class": course.school_class,
        "is_primary": course.school_class.level == Level.PRIMARY,
        "semester": semester,
        "found": read_cases(course, semester, request.user, problems, asked.get("page", "")),
        "problems": len(problems),
    }
    return render(request, "gradebook/conduct.html", context, status=422 if problems else 200)
