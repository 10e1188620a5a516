"""The archive: what was issued, how far the rest is, and whether all of it is still what it was."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.roles import Permission
from archive import actions, files, one_pupil, shelves, wording
from archive.answers import to_edition
from archive.freezing import StillRendering
from archive.models import Certificate, Edition, EditionQuerySet
from archive.paper import sheet
from archive.paper.standing import standing
from archive.signing import turns
from archive.snapshots.editions import since_previous
from gradebook.models import SchoolClass
from gradebook.years import chosen_year, years


@require_safe
@permission_required(Permission.READ_ARCHIVE)
def index(request: AuthenticatedHttpRequest) -> HttpResponse:
    found = years()
    year = chosen_year(request, found)
    context = {
        "years": found,
        "year": year,
        "shelves": shelves.of_year(year),
        "may_request": request.user.may(Permission.REQUEST_BOOK),
        "checked": shelves.last_archive_check(),
        "may_check_history": request.user.may(Permission.READ_CORRECTIONS),
    }
    return render(request, "archive/index.html", context)


@require_POST
@permission_required(Permission.REQUEST_BOOK)
def request_book(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    school_class = get_object_or_404(SchoolClass, pk=pk)
    try:
        asked = actions.request_class_book(school_class=school_class, by=request.user)
    except StillRendering:
        messages.warning(request, _("The last edition of this class is still being printed."))
        return redirect_to(reverse("archive:index"))
    return to_edition(request, asked)


@require_safe
def issued_of_class(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The printed papers of a class that this reader may know of; pages of the apps below fetch the list alone."""
    school_class = get_object_or_404(SchoolClass.objects.visible_to(request.user), pk=pk)
    readable = Edition.objects.readable_by(request.user).issued().without_payload()
    latest = readable.filter(school_class=school_class, kind__in=Edition.OF_RESULTS).latest_of_each()
    page = "archive/_issued_of_class.html" if request.htmx else "archive/issued_of_class.html"
    return render(request, page, {"editions": latest, "school_class": school_class})


@require_safe
def edition(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    shown = _edition(request, pk)
    signatures = turns.signatures_of(shown) if shown.is_issued else []
    context = {
        **standing(shown),
        "edition": shown,
        "certificate": Certificate.objects.filter(edition=shown).select_related("destruction").first(),
        "size": signatures[-1].size if signatures else shown.size,
        "checked": shelves.last_check(shown),
        "may_request": request.user.may(Permission.REQUEST_BOOK) or shown.requested_by == request.user,
        "may_check": request.user.may(Permission.READ_ARCHIVE),
        "sheets": one_pupil.sheets_of(shown),
        "has_sheet": sheet.has_sheet(shown),
        "turns": turns.turns(shown, signatures) if shown.is_issued else [],
        "differences": since_previous(shown) if shown.is_issued else None,
    }
    return render(request, "archive/edition.html", context)


@require_safe
def progress(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The part of the page that asks for itself until the work is finished; then the page is loaded anew."""
    shown = _edition(request, pk)
    if request.htmx and shown.rendering.is_finished:
        return HttpResponseClientRefresh()
    return render(request, "archive/_progress.html", {"edition": shown})


@require_safe
def download(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse | FileResponse:
    """With every signature there is; the files before it can be had from the page of signatures."""
    shown = get_object_or_404(_editions().readable_by(request.user).issued(), pk=pk)
    newest = files.newest_signature(shown)
    try:
        file = files.open_file(shown, newest)
    except OSError:
        messages.error(request, wording.FAULTS["file-missing"])
        return redirect("archive:edition", pk=pk)
    if request.method == "GET":
        actions.record_download(edition=shown, by=request.user)
    name = files.name_of(shown, newest)
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/pdf")


@require_safe
def pupil_sheet(request: AuthenticatedHttpRequest, pk: int, number: int) -> HttpResponse:
    """One pupil's page out of the issued term sheets of a class, for who reads them all."""
    readable = Edition.objects.readable_by(request.user).issued().select_related("school_class__year")
    shown: Edition = get_object_or_404(readable, pk=pk)
    sheet = next((each for each in one_pupil.sheets_of(shown) if each.number == number), None)
    if sheet is None:
        raise Http404
    try:
        content = one_pupil.page_of(shown, sheet)
    except OSError:
        messages.error(request, wording.FAULTS["file-missing"])
        return redirect("archive:edition", pk=pk)
    if request.method == "GET":
        actions.record_download(edition=shown, by=request.user, pupil=number)
    headers = {"Content-Disposition": f'attachment; filename="{one_pupil.file_name(shown, sheet)}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_POST
def retry(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """By the clerk, and by whoever asked for it."""
    shown = _edition(request, pk)
    try:
        actions.retry(edition=shown, by=request.user)
    except actions.NotFailed:
        messages.warning(request, _("This edition has not failed: there is nothing to try again."))
    return redirect_to(reverse("archive:edition", args=[pk]))


@require_POST
@permission_required(Permission.READ_ARCHIVE)
def verify(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    actions.check_edition(edition=get_object_or_404(Edition.objects.issued(), pk=pk), by=request.user)
    return redirect_to(reverse("archive:edition", args=[pk]) + "#verification")


@require_POST
@permission_required(Permission.READ_ARCHIVE)
def check(request: AuthenticatedHttpRequest) -> HttpResponse:
    actions.check_archive(by=request.user)
    return redirect_to(reverse("archive:index") + "#verification")


def _editions() -> EditionQuerySet:
    return Edition.objects.without_payload().select_related(
        "school_class__year",
        "course__subject",
        "teacher",
        "year",
        "student",
        "requested_by",
        "rendering",
        "previous",
    )


def _edition(request: AuthenticatedHttpRequest, pk: int) -> Edition:
    found: Edition = get_object_or_404(_editions().readable_by(request.user), pk=pk)
    return found
