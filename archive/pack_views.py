"""Evidence packs for an inspector: asked for, made by the worker, handed out."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts import jobs
from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import JobQuerySet
from accounts.roles import Permission
from archive import pack_actions
from archive.forms import PackForm, correction_called
from archive.models import EvidencePack
from archive.store import packs
from corrections.models import CorrectionRequest
from gradebook.years import chosen_year, years

MOST_SHOWN = 50


@require_safe
@permission_required(Permission.READ_CORRECTIONS)
def evidence_packs(request: AuthenticatedHttpRequest) -> HttpResponse:
    """All of them, or those about one correction, from whose page one comes."""
    asked = request.GET.get("correction", "")
    found = correction_called(asked) if asked else None
    initial = {"reference": found.reference} if found else None
    form = PackForm(year=chosen_year(request, years()), initial=initial)
    return _page(request, form, about=found)


@require_POST
@permission_required(Permission.READ_CORRECTIONS)
def request_pack(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = PackForm(request.POST, year=chosen_year(request, years()))
    if not form.is_valid():
        return _page(request, form, status=422)
    pack_actions.request_pack(by=request.user, **form.about)
    return redirect_to(reverse("archive:evidence_packs"))


@require_safe
@permission_required(Permission.READ_CORRECTIONS)
def pack_progress(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The row of the list that asks for itself until the work is finished; then the page is loaded anew."""
    pack = get_object_or_404(_packs(), pk=pk)
    if request.htmx and pack.is_finished:
        return HttpResponseClientRefresh()
    return render(request, "archive/_pack.html", {"pack": pack})


@require_safe
@permission_required(Permission.READ_CORRECTIONS)
def download_pack(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse | FileResponse:
    pack = get_object_or_404(_packs().exclude(sha256=""), pk=pk)
    try:
        file = packs.open(pack.path)
    except OSError:
        messages.error(request, _("The file is missing from the store."))
        return redirect("archive:evidence_packs")
    if request.method == "GET":
        pack_actions.record_download(pack=pack, by=request.user)
    return FileResponse(file, as_attachment=True, filename=pack.file_name, content_type="application/zip")


@require_POST
@permission_required(Permission.READ_CORRECTIONS)
def retry_pack(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    try:
        pack_actions.retry_pack(pack=get_object_or_404(_packs(), pk=pk), by=request.user)
    except jobs.NotFailed:
        messages.warning(request, _("This pack has not failed: there is nothing to try again."))
    return redirect_to(reverse("archive:evidence_packs"))


def _page(
    request: AuthenticatedHttpRequest,
    form: PackForm,
    *,
    about: CorrectionRequest | None = None,
    status: int = 200,
) -> HttpResponse:
    found = _packs().filter(correction=about) if about else _packs()
    context = {
        "form": form,
        "packs": found[:MOST_SHOWN],
        "about": about,
        "years": years(),
        "year": form.year,
    }
    return render(request, "archive/evidence_packs.html", context, status=status)


def _packs() -> JobQuerySet:
    found: JobQuerySet = EvidencePack.objects.select_related(
        "requested_by", "correction__year", "school_class__year"
    )
    return found
