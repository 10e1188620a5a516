"""Pupil lists: the imports so far, the upload, the empty list to fill in."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.roles import Permission
from gradebook.actions.import_pupils import preview_pupils
from gradebook.forms.imports import PupilUploadForm
from gradebook.import_rows import Misplaced
from gradebook.import_templates import pupil_template
from gradebook.models import Import
from gradebook.spreadsheets.problems import Refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PER_PAGE = 25


@require_safe
@permission_required(Permission.IMPORT_PUPILS)
def imports(request: AuthenticatedHttpRequest) -> HttpResponse:
    """`?class=` comes from the page of a class: the list is for that class only."""
    return _page(request, PupilUploadForm(initial={"school_class": request.GET.get("class")}))


@require_POST
@permission_required(Permission.IMPORT_PUPILS)
def upload(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = PupilUploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    try:
        kept = preview_pupils(**form.upload, school_class=form.cleaned_data["school_class"], by=request.user)
    except (Refused, Misplaced) as problem:
        form.refuse(problem)
        return _page(request, form)
    return redirect_to(reverse("gradebook:import", args=[kept.pk]))


@require_safe
@permission_required(Permission.IMPORT_PUPILS)
def template(request: AuthenticatedHttpRequest) -> HttpResponse:
    return workbook(pupil_template(), "Danh sách học sinh.xlsx")


def workbook(data: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(data, content_type=XLSX, headers={"Content-Disposition": disposition})


def _page(request: AuthenticatedHttpRequest, form: PupilUploadForm) -> HttpResponse:
    rows = Import.objects.visible_to(request.user).of_pupils().select_related("school_class", "uploaded_by")
    context = {"form": form, "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))}
    return render(request, "gradebook/imports.html", context, status=422 if form.errors else 200)
