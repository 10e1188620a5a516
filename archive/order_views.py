"""The page of an order of many papers: how far it is, and what can be done about it."""

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import User
from archive import order_actions, wording
from archive.asking import scope_name
from archive.models import PaperOrder
from archive.order_files import (
    MOST_JOINED,
    name_of_order,
    printed_of,
    record_download,
    write_joined,
    write_zip,
)
from archive.order_progress import failed_of, progress_of


@require_safe
def order(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    shown = _order(request, pk)
    progress = progress_of(shown)
    goes_on = shown.state == PaperOrder.State.UNDERWAY and not progress.is_finished
    context = {
        "order": shown,
        "scope": scope_name(shown.scope),
        "progress": progress,
        "may_join": shown.papers <= MOST_JOINED,
        "failed": failed_of(shown) if progress.failed or progress.cancelled else [],
        "goes_on": goes_on,
        "may_manage": order_actions.may_manage(request.user, shown),
        "printed": () if goes_on else printed_of(shown, request.user)[:MOST_JOINED],
    }
    return render(request, "archive/order.html", context)


@require_safe
def order_zip(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse | FileResponse:
    return _hand_out(request, _order(request, pk), write_zip, "zip")


@require_safe
def order_joined(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse | FileResponse:
    """One PDF for the printer; a whole school's would be too much for one."""
    shown = _order(request, pk)
    if shown.papers > MOST_JOINED:
        raise Http404
    return _hand_out(request, shown, write_joined, "pdf")


def _hand_out(
    request: AuthenticatedHttpRequest,
    shown: PaperOrder,
    write: Callable[[PaperOrder, User, BinaryIO], None],
    suffix: str,
) -> HttpResponse | FileResponse:
    if not printed_of(shown, request.user).exists():
        raise Http404
    file = cast(BinaryIO, TemporaryFile())  # noqa: SIM115  the answer closes it
    try:
        write(shown, request.user, file)
    except OSError:
        file.close()
        messages.error(request, wording.FAULTS["file-missing"])
        return redirect_to(reverse("archive:paper_order", args=[shown.pk]))
    if request.method == "GET":
        record_download(order=shown, by=request.user)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name_of_order(shown, suffix))


@require_POST
def pause_order(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _carry_out(request, pk, order_actions.pause_order)


@require_POST
def resume_order(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _carry_out(request, pk, order_actions.resume_order)


@require_POST
def cancel_order(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _carry_out(request, pk, order_actions.cancel_order)


@require_POST
def retry_order(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _carry_out(request, pk, order_actions.retry_order)


def _carry_out(request: AuthenticatedHttpRequest, pk: int, act: Callable[..., None]) -> HttpResponse:
    shown = _order(request, pk)
    try:
        act(order=shown, by=request.user)
    except order_actions.NotNow:
        messages.warning(request, _("The order is in another state by now; nothing was changed."))
    return redirect_to(reverse("archive:paper_order", args=[pk]))


def _order(request: AuthenticatedHttpRequest, pk: int) -> PaperOrder:
    found: PaperOrder = get_object_or_404(PaperOrder.objects.select_related("year", "ordered_by"), pk=pk)
    if not order_actions.may_read(request.user, found):
        raise Http404
    return found
