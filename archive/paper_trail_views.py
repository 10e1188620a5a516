"""Signatures and stamps on paper: the sheet of an edition, the overview of a year, the register of the seal."""

import logging

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.roles import Permission
from archive.models import Edition
from archive.paper import acts, register, scans, sheet
from archive.paper.forms import LinesForm, WithdrawalForm
from archive.paper.standing import standing
from gradebook.attachments import BadFile
from gradebook.downloads import private_file
from gradebook.scans import content_type
from gradebook.views.workbooks import workbook
from gradebook.years import chosen_year, years

logger = logging.getLogger(__name__)


@require_safe
@permission_required(Permission.READ_ARCHIVE)
def overview(request: AuthenticatedHttpRequest) -> HttpResponse:
    found = years()
    year = chosen_year(request, found)
    context = {
        "years": found,
        "year": year,
        "rows": register.overview(year),
        "columns": [kind.label for kind in register.COLUMNS],
    }
    return render(request, "archive/paper_overview.html", context)


@require_safe
@permission_required(Permission.READ_ARCHIVE)
def seal_register(request: AuthenticatedHttpRequest) -> HttpResponse:
    found = years()
    year = chosen_year(request, found)
    context = {"years": found, "year": year, "facts": register.register(year)}
    return render(request, "archive/seal_register.html", context)


@require_POST
@permission_required(Permission.READ_ARCHIVE)
def export_register(request: AuthenticatedHttpRequest) -> HttpResponse:
    year = chosen_year(request, years())
    if year is None:
        raise Http404
    name, content = register.export_register(year=year, by=request.user)
    return workbook(content, name)


@require_safe
def paper_sheet(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    edition = _edition(request, pk)
    return _page(request, edition, LinesForm(sheet=sheet.read_sheet(edition)))


@require_POST
@permission_required(Permission.KEEP_SEAL)
def record_lines(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What was ticked, all done on the same day."""
    edition = _edition(request, pk)
    form = LinesForm(request.POST, request.FILES, sheet=sheet.read_sheet(edition))
    if not form.is_valid():
        return _page(request, edition, form, status=422)
    try:
        acts.record_lines(edition=edition, keys=form.cleaned_data["lines"], done=form.done, by=request.user)
        count = len(form.cleaned_data["lines"])
        text = ngettext("%(count)d line recorded.", "%(count)d lines recorded.", count)
        messages.success(request, text % {"count": count})
    except acts.AlreadyRecorded:
        messages.warning(request, _("Somebody else has recorded one of these lines in the meantime."))
    except BadFile as bad:
        form.add_error("scan", bad.sentence)
        return _page(request, edition, form, status=422)
    return redirect_to(_address(pk))


@require_POST
@permission_required(Permission.KEEP_SEAL)
def withdraw_line(request: AuthenticatedHttpRequest, pk: int, fact_pk: int) -> HttpResponse:
    edition = _edition(request, pk)
    fact = get_object_or_404(edition.paper_facts.standing(), pk=fact_pk)
    form = WithdrawalForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why the line is withdrawn."))
        return _page(request, edition, LinesForm(sheet=sheet.read_sheet(edition)), status=422)
    acts.withdraw_line(fact=fact, why=form.cleaned_data["why"], by=request.user)
    return redirect_to(_address(pk))


@require_safe
def sheet_scan(request: AuthenticatedHttpRequest, pk: int, fact_pk: int) -> HttpResponse:
    edition = _edition(request, pk)
    fact = get_object_or_404(edition.paper_facts.exclude(scan_path=""), pk=fact_pk)
    try:
        data = scans.read(fact)
    except OSError:
        logger.error("The scan of signature sheet line %s is missing or altered", fact.pk)
        messages.error(request, _("The stored file is not the one handed in. Tell the administrator."))
        return _page(request, edition, LinesForm(sheet=sheet.read_sheet(edition)), status=409)
    return private_file(data, name=fact.scan_name, content_type=content_type(fact.scan_path))


def _page(
    request: AuthenticatedHttpRequest, edition: Edition, form: LinesForm, status: int = 200
) -> HttpResponse:
    lines = sheet.read_sheet(edition)
    context = {
        **standing(edition),
        "edition": edition,
        "may_request": request.user.may(Permission.REQUEST_BOOK),
        "lines": lines,
        "missing": sum(line.fact is None for line in lines),
        "withdrawn": edition.paper_facts.exclude(withdrawn_at=None).select_related("withdrawn_by"),
        "form": form if request.user.may(Permission.KEEP_SEAL) else None,
        "withdrawal": WithdrawalForm(),
    }
    return render(request, "archive/paper_sheet.html", context, status=status)


def _edition(request: AuthenticatedHttpRequest, pk: int) -> Edition:
    """With its payload, which names who has to sign."""
    readable = Edition.objects.readable_by(request.user).issued()
    found = readable.select_related("school_class__year", "teacher", "year", "course__subject")
    edition: Edition = get_object_or_404(found, pk=pk)
    if not sheet.has_sheet(edition):
        raise Http404
    return edition


def _address(pk: int) -> str:
    return reverse("archive:paper_sheet", args=[pk])
