"""The journal of operations: everything done about locks, corrections, years and papers (S1-85)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import journal
from accounts.decorators import permission_required
from accounts.forms.accounts import OperationsFilter
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.roles import Permission
from gradebook.downloads import private_file
from gradebook.operations_paper import MOST, render_pdf

PAGE_SIZE = 50


@require_safe
@permission_required(Permission.READ_CORRECTIONS)
def journal_page(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = OperationsFilter(request.GET)
    form.is_valid()  # a date that cannot be read is marked in the form and does not narrow the list
    page = Paginator(journal.events(**form.wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "entries": journal.entries(page), "asked": request.GET.urlencode()}
    return render(request, "gradebook/operations.html", context)


@require_safe
@permission_required(Permission.READ_CORRECTIONS)
def journal_pdf(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Made here and not by the worker, so only so much at once."""
    form = OperationsFilter(request.GET)
    form.is_valid()
    found = journal.events(**form.wanted)
    if found.count() > MOST:
        text = _("More than %(most)d entries: choose fewer days, then print.") % {"most": MOST}
        messages.error(request, text)
        return redirect_to(f"{reverse('gradebook:operations')}?{request.GET.urlencode()}")
    since, until = form.cleaned_data.get("since"), form.cleaned_data.get("until")
    day = timezone.localdate()
    content = render_pdf(found.order_by("at", "pk"), since=since, until=until, day=day)
    return private_file(content, name=f"nhat-ky-van-hanh-{day:%Y-%m-%d}.pdf", content_type="application/pdf")
