"""The permission list on screen, as PDF and as Excel."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest
from accounts.roles import Permission, Role
from gradebook.downloads import private_file
from gradebook.permission_documents import render_pdf, write_excel
from gradebook.permission_list import read_permission_list
from gradebook.views.workbooks import workbook


@require_safe
@permission_required(Permission.READ_ACCOUNTS)
def permission_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    context = {"list": read_permission_list(timezone.localdate()), "roles": Role}
    return render(request, "gradebook/permission_list.html", context)


@require_safe
@permission_required(Permission.READ_ACCOUNTS)
def pdf(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Made here and not by the worker: a few pages, some times a year, for three people at most."""
    day = timezone.localdate()
    content = render_pdf(read_permission_list(day))
    return private_file(content, name=f"phan-quyen-{day:%Y-%m-%d}.pdf", content_type="application/pdf")


@require_safe
@permission_required(Permission.READ_ACCOUNTS)
def excel(request: AuthenticatedHttpRequest) -> HttpResponse:
    day = timezone.localdate()
    return workbook(write_excel(read_permission_list(day)), f"phan-quyen-{day:%Y-%m-%d}.xlsx")
