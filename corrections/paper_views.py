"""The papers of a dossier and the register of corrections, on their way to whoever may read them."""

import logging

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from corrections.dossier_page import conflict, visible_request
from corrections.evidence import Altered
from corrections.models import Paper
from corrections.papers.file import pdf_of
from corrections.papers.register import render_register
from corrections.register import read_register
from gradebook.downloads import private_file
from gradebook.models import SchoolClass

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


@require_safe
def register(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What was corrected in the class after the lock, with the sentence that the class book prints."""
    school_class = _class(request.user, pk)
    context = {"school_class": school_class, "register": read_register(school_class)}
    return render(request, "corrections/register.html", context)


@require_safe
def register_pdf(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    school_class = _class(request.user, pk)
    today = timezone.localdate()
    data = render_register(school_class, today)
    name = f"so-theo-doi-sua-chua-{school_class.name}-{today:%Y-%m-%d}.pdf"
    return private_file(data, name=name, content_type="application/pdf")


def _class(user: User, pk: int) -> SchoolClass:
    visible = SchoolClass.objects.whole_book_visible_to(user).select_related("year", "homeroom_teacher")
    found: SchoolClass = get_object_or_404(visible, pk=pk)
    return found
