"""A file whose headings do not say enough: its columns with their first values, for somebody to say what they hold."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, redirect_to
from gradebook.actions.import_lists import choose_columns
from gradebook.actions.imports import AlreadySettled, BeingWritten
from gradebook.forms.imports import ColumnsForm
from gradebook.import_problems import file_sentence
from gradebook.import_rows import Misplaced
from gradebook.importing.files import stored_file
from gradebook.importing.kinds import KINDS
from gradebook.models import Import
from gradebook.spreadsheets.problems import UnreadableTable
from gradebook.spreadsheets.survey import survey
from gradebook.views.imports import load


@require_safe
def columns(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """`?header=7` says that the headings stand in row 7."""
    upload = _load(request, pk)
    return _page(request, upload, _form(upload, request.GET.get("header", "")))


@require_POST
def choose(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    upload = _load(request, pk)
    form = _form(upload, request.POST.get("header", ""), request.POST)
    if not form.is_valid():
        return _page(request, upload, form)
    try:
        choose_columns(upload=upload, chosen=form.chosen, by=request.user)
    except (UnreadableTable, Misplaced) as problem:
        form.add_error(None, file_sentence(problem))
        return _page(request, upload, form)
    except (AlreadySettled, BeingWritten):
        messages.error(request, _("This import was confirmed or discarded before."))
    return redirect_to(reverse("gradebook:import", args=[pk]))


def _load(request: AuthenticatedHttpRequest, pk: int) -> Import:
    upload = load(request, pk)
    if upload.kind not in KINDS or upload.is_settled:
        raise Http404
    return upload


def _form(upload: Import, header: str, data: object = None) -> ColumnsForm:
    headings = KINDS[upload.kind].headings
    row = int(header) if header.isascii() and header.isdigit() and len(header) < 5 else None
    return ColumnsForm(data, survey=survey(stored_file(upload), headings, row), headings=headings)


def _page(request: AuthenticatedHttpRequest, upload: Import, form: ColumnsForm) -> HttpResponse:
    context = {"upload": upload, "form": form}
    return render(request, "gradebook/import_columns.html", context, status=422 if form.errors else 200)
