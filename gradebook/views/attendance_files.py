"""A month's sheet out to Excel and back in."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest
from gradebook import policies
from gradebook.actions.attendance_months import export_month
from gradebook.attendance_import import plan_absences
from gradebook.attendance_sheet import read_month
from gradebook.forms.imports import UploadForm
from gradebook.import_rows import FileReason, Misplaced
from gradebook.models import SchoolClass
from gradebook.spreadsheets.attendance_list import read_absences
from gradebook.spreadsheets.problems import Refused
from gradebook.spreadsheets.safety import check_upload
from gradebook.views.attendance import load_class
from gradebook.views.attendance_months import asked_month
from gradebook.views.attendance_page import Filled, month_page
from gradebook.views.workbooks import workbook


@require_safe
def export(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    school_class = load_class(request, pk)
    first_day = asked_month(request.GET.get("month", ""), school_class)
    data = export_month(school_class=school_class, first_day=first_day, by=request.user)
    return workbook(data, f"Điểm danh {school_class} tháng {first_day:%m-%Y}.xlsx")


@require_safe
def form(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _form(request, _own_class(request, pk), request.GET.get("month", ""), UploadForm())


@require_POST
def upload(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The file's letters in the fields of the month, to look at and to save."""
    school_class = _own_class(request, pk)
    month = request.POST.get("month", "")
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, school_class, month, form)
    first_day = asked_month(month, school_class)
    upload = form.upload
    try:
        check_upload(upload["file_name"], upload["data"])
        found = read_absences(upload["data"])
        if not (found.rows or found.problems):
            raise Misplaced(FileReason.NO_ROWS)
    except (Refused, Misplaced) as problem:
        form.refuse(problem)
        return _form(request, school_class, month, form)
    plan = plan_absences(found, read_month(school_class, first_day))
    filled = Filled(proposed=plan.proposed, refused_rows=plan.refused, unchanged=plan.unchanged)
    return month_page(request, school_class, first_day, filled)


def _own_class(request: AuthenticatedHttpRequest, pk: int) -> SchoolClass:
    school_class = load_class(request, pk)
    if not policies.may_keep_attendance(request.user, school_class):
        raise PermissionDenied
    return school_class


def _form(
    request: AuthenticatedHttpRequest, school_class: SchoolClass, month: str, form: UploadForm
) -> HttpResponse:
    context = {"school_class": school_class, "first_day": asked_month(month, school_class), "form": form}
    return render(request, "gradebook/attendance_import.html", context, status=422 if form.errors else 200)
