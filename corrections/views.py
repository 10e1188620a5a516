import logging

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from accounts.roles import Permission
from corrections import evidence as files
from corrections import inbox, sentences
from corrections.dossier_page import conflict, visible_request
from corrections.exports import export_requests
from corrections.impasse import stuck
from corrections.models import Evidence
from corrections.search_form import SearchForm
from corrections.searching import matching
from gradebook.downloads import private_file
from gradebook.views.workbooks import workbook

PAGE_SIZE = 20
logger = logging.getLogger(__name__)


@require_safe
def requests(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What waits for me, what I asked for, all I may see; narrowed to what is searched for."""
    tabs = inbox.lists(request.user)
    chosen = request.GET.get("tab", "")
    if chosen not in tabs:
        chosen = next(iter(tabs))
    form = SearchForm(request.GET, user=request.user)
    wanted = form.wanted
    found = matching(tabs[chosen], **wanted).with_steps()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "may_report": request.user.may(Permission.READ_CORRECTIONS),
        "tabs": tabs,
        "chosen": chosen,
        "form": form,
        "is_narrowed": bool(wanted),
        "is_refined": bool(form.errors or wanted.keys() - {"text"}),
        "page": page,
        "stuck": stuck(page),
        "rows": [(correction, sentences.STATUS_KIND[correction.status]) for correction in page],
    }
    return render(request, "corrections/requests.html", context)


@require_safe
def export(request: AuthenticatedHttpRequest) -> HttpResponse:
    """All that one may see and that is searched for, as a workbook."""
    form = SearchForm(request.GET, user=request.user)
    name, data = export_requests(wanted=form.wanted, by=request.user)
    return workbook(data, name)


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
