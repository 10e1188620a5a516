"""All the sheets of one teacher as one Excel workbook."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, redirect_to
from gradebook import policies
from gradebook.actions.whole_sheets import HandedIn, export_my_sheets, hand_in_sheets
from gradebook.forms.imports import UploadForm
from gradebook.import_rows import Misplaced
from gradebook.layout import PERIODS_OF
from gradebook.models import Course, Import
from gradebook.spreadsheets.problems import Refused
from gradebook.views.workbooks import workbook

MOST_WAITING = 60


@require_safe
def my_sheets(request: AuthenticatedHttpRequest) -> HttpResponse:
    return _page(request, UploadForm())


@require_safe
def download(request: AuthenticatedHttpRequest, semester: int) -> HttpResponse:
    if semester not in PERIODS_OF:
        raise Http404
    data = export_my_sheets(semester=semester, by=request.user)
    return workbook(data, f"Sổ điểm {request.user.username} HK{semester}.xlsx")


@require_POST
def upload(request: AuthenticatedHttpRequest) -> HttpResponse:
    _courses(request)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    try:
        handed_in = hand_in_sheets(**form.upload, by=request.user)
    except (Refused, Misplaced) as problem:
        form.refuse(problem)
        return _page(request, form)
    _say(request, handed_in)
    return redirect_to(reverse("gradebook:my_sheets"))


def _say(request: AuthenticatedHttpRequest, handed_in: HandedIn) -> None:
    """Of every sheet of the workbook what became of it."""
    kept, untouched = len(handed_in.kept), len(handed_in.untouched)
    filled = ngettext(
        "%(count)d sheet was filled in and waits below to be looked at.",
        "%(count)d sheets were filled in and wait below to be looked at.",
        kept,
    )
    same = ngettext(
        "%(count)d sheet is as it was downloaded.", "%(count)d sheets are as they were downloaded.", untouched
    )
    messages.info(request, f"{filled % {'count': kept}} {same % {'count': untouched}}")
    if handed_in.not_theirs:
        names = ", ".join(f"{each.subject} {each.class_name}" for each in handed_in.not_theirs)
        messages.warning(
            request, _("Left out, because you do not enter their marks: %(names)s.") % {"names": names}
        )


def _courses(request: AuthenticatedHttpRequest) -> list[Course]:
    courses = list(policies.courses_written_by(request.user))
    if not courses:
        raise PermissionDenied
    return courses


def _page(request: AuthenticatedHttpRequest, form: UploadForm) -> HttpResponse:
    courses = _courses(request)
    waiting = Import.objects.visible_to(request.user).of_kind(Import.Kind.MARKS)
    context = {
        "courses": courses,
        "form": form,
        "waiting": waiting.filter(state=Import.State.PREVIEWED, uploaded_by=request.user)
        .select_related("course__subject", "course__school_class")
        .order_by("-uploaded_at", "pk")[:MOST_WAITING],
    }
    return render(request, "gradebook/my_sheets.html", context, status=422 if form.errors else 200)
