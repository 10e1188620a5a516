"""Lists as Excel workbooks, for those who may take them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from gradebook.actions.export_sheet import export_sheet
from gradebook.actions.exports import NAMES, Portion, available, export_list
from gradebook.layout import PERIODS_OF
from gradebook.models import Course, SchoolClass
from gradebook.views.workbooks import workbook
from gradebook.wording import EXPORTS
from gradebook.years import latest_open_year


@require_safe
def exports(request: AuthenticatedHttpRequest) -> HttpResponse:
    kinds = available(request.user)
    if not kinds:
        raise PermissionDenied
    classes = SchoolClass.objects.whole_book_visible_to(request.user).filter(year=latest_open_year())
    context = {
        "cards": [(kind, EXPORTS[kind]) for kind in kinds if kind != "pupils"],
        "pupils": EXPORTS["pupils"] if "pupils" in kinds else None,
        "classes": classes,
        "grades": sorted({each.grade for each in classes}),
    }
    return render(request, "gradebook/exports.html", context)


@require_safe
def export(request: AuthenticatedHttpRequest, kind: str) -> HttpResponse:
    """`?class=12` or `?grade=6`: only these pupils."""
    if kind not in NAMES:
        raise Http404
    name, data = export_list(kind=kind, portion=_portion(request), by=request.user)
    return workbook(data, name)


@require_safe
def sheet(request: AuthenticatedHttpRequest, pk: int, semester: int) -> HttpResponse:
    """A sheet of marks, which comes back through the import of that sheet."""
    if semester not in PERIODS_OF:
        raise Http404
    courses = Course.objects.visible_to(request.user).select_related("subject", "school_class__year")
    course = get_object_or_404(courses, pk=pk)
    name, data = export_sheet(course=course, semester=semester, by=request.user)
    return workbook(data, name)


def _portion(request: AuthenticatedHttpRequest) -> Portion:
    pk, grade = request.GET.get("class", ""), request.GET.get("grade", "")
    if pk:
        visible = SchoolClass.objects.whole_book_visible_to(request.user)
        return Portion(school_class=get_object_or_404(visible, pk=pk if pk.isascii() and pk.isdigit() else 0))
    return Portion(grade=int(grade) if grade in map(str, range(1, 13)) else None)
