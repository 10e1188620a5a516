"""History and seals: what was sealed, whether all of it is still what it was, and the hash to write down."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.actions.history import StillChecking, request_verification
from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import Seal, User, Verification
from accounts.roles import Permission
from accounts.seals.checking import is_written_out, seal_with_hash
from archive.models import Edition

SEALS_A_PAGE = 30


@require_safe
@permission_required(Permission.READ_CORRECTIONS)
def history(request: AuthenticatedHttpRequest) -> HttpResponse:
    written_down = request.GET.get("hash", "")
    page = Paginator(Seal.objects.defer("facts"), SEALS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "seals": _with_papers(request.user, page),
        "newest": Seal.objects.defer("facts").first(),
        "check": Verification.objects.select_related("requested_by").first(),
        "written_down": written_down,
        "is_written_out": is_written_out(written_down),
        "found": seal_with_hash(written_down) if written_down else None,
    }
    return render(request, "archive/history.html", context)


def _with_papers(user: User, page: Iterable[Seal]) -> list[tuple[Seal, Edition | None]]:
    """A seal calls a pupil's paper by its code only; who may know of the paper reads which it is."""
    codes = [seal.reference for seal in page if seal.reason == Seal.Reason.EDITION]
    found = Edition.objects.readable_by(user).without_payload().filter(code__in=codes)
    papers = {edition.code: edition for edition in found.select_related("student")}
    return [(seal, papers.get(seal.reference)) for seal in page]


@require_POST
@permission_required(Permission.READ_CORRECTIONS)
def check_history(request: AuthenticatedHttpRequest) -> HttpResponse:
    try:
        request_verification(by=request.user)
    except StillChecking:
        messages.warning(request, _("The history is being checked already."))
    return redirect_to(reverse("archive:history"))


@require_safe
@permission_required(Permission.READ_CORRECTIONS)
def history_check(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One check: asks for itself until it is finished; then the page around it is loaded anew."""
    check = get_object_or_404(Verification.objects.select_related("requested_by"), pk=pk)
    if request.htmx and check.is_finished:
        return HttpResponseClientRefresh()
    return render(request, "archive/_history_check.html", {"check": check})
