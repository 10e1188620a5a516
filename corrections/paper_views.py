"""The papers of a dossier and the register of corrections, on their way to whoever may read them."""

import logging

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from corrections.dossier_page import conflict, visible_request
from corrections.evidence import Altered
from corrections.models import Paper
from corrections.papers.file import pdf_of
from gradebook.downloads import private_file

logger = logging.getLogger(__name__)
FILE_NAMES = {Paper.Kind.FORM: "giay-de-nghi", Paper.Kind.MINUTES: "bien-ban-sua-diem"}


@require_safe
def paper(request: AuthenticatedHttpRequest, pk: int, paper_pk: int) -> HttpResponse:
    """As it was issued; who may read the request may read its papers."""
    found = get_object_or_404(Paper, pk=paper_pk, request=visible_request(request.user, pk))
    try:
        data = pdf_of(found)
    except Altered:
        logger.error("Paper %s is missing or altered in the file store", found.pk)
        return conflict(request, pk, _("The stored file is not the one issued. Tell the administrator."))
    name = f"{FILE_NAMES[Paper.Kind(found.kind)]}-{found.number}-{found.payload['school_year']}.pdf"
    return private_file(data, name=name, content_type="application/pdf")
