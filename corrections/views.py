import logging

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from accounts.roles import Permission
from corrections import evidence as files
from corrections import sentences
from corrections.dossier_page import conflict, visible_request
from corrections.models import CorrectionRequest, CorrectionRequestQuerySet, Evidence
from gradebook.downloads import private_file

PAGE_SIZE = 20
logger = logging.getLogger(__name__)


@require_safe
def requests(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What waits for me, what I asked for, all I may see."""
    tabs = _tabs(request.user)
    chosen = request.GET.get("tab", "")
    if chosen not in tabs:
        chosen = next(iter(tabs))
    page = Paginator(tabs[chosen].with_steps().newest_first(), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(correction, sentences.STATUS_KIND[correction.status]) for correction in page]
    context = {"tabs": tabs, "chosen": chosen, "page": page, "rows": rows}
    return render(request, "corrections/requests.html", context)


@require_safe
def evidence(request: AuthenticatedHttpRequest, pk: int, evidence_pk: int) -> HttpResponse:
    """The original file, never shown inside the portal's own pages."""
    found = get_object_or_404(Evidence, pk=evidence_pk, request=visible_request(request.user, pk))
    try:
        data = files.read(found.sha256)
    except files.Altered:
        logger.error("Evidence %s is missing or altered in the file store", found.pk)
        return conflict(request, pk, _("The stored file is not the one handed in. Tell the administrator."))
    return private_file(data, name=found.file_name, content_type=found.content_type)


def _tabs(user: User) -> dict[str, CorrectionRequestQuerySet]:
    """The lists this person has, the most useful first."""
    visible = CorrectionRequest.objects.visible_to(user)
    tabs: dict[str, CorrectionRequestQuerySet] = {}
    waiting = visible.waiting_for(user)
    if user.may(Permission.DECIDE_CORRECTION) or user.may(Permission.EXECUTE_CORRECTION) or waiting.exists():
        tabs["waiting"] = waiting
    tabs["mine"] = visible.requested_by(user)
    if user.may(Permission.READ_CORRECTIONS):
        tabs["all"] = visible
    return tabs
