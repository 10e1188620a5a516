"""Results of the school a pupil came from: a table to fill in, or an Excel file that fills it."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.roles import Permission
from gradebook.actions.earlier_results import save_earlier_results
from gradebook.actions.imports import check_file
from gradebook.actions.movement_desk import NotMoved
from gradebook.forms.earlier_results import EarlierYearForm, LineFormSet, lines_of
from gradebook.forms.imports import UploadForm
from gradebook.import_problems import Line, lines
from gradebook.import_rows import RefusedRow
from gradebook.models import Course, EarlierResult, Movement
from gradebook.spreadsheets.earlier_results import (
    COLUMNS,
    EarlierRow,
    read_earlier_results,
    write_earlier_results,
)
from gradebook.spreadsheets.problems import Refused
from gradebook.views.workbooks import workbook
from gradebook.years import YearClosed

SPARE_LINES = 3
Lines = list[dict[str, Any]]


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.RECORD_MOVEMENTS)
def earlier_results(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """`?year=` asks for another year than the one in which the pupil came."""
    movement = _load(request, pk)
    if request.method != "POST":
        return _page(
            request, movement, _year_form(request, movement), _line_forms(_standing(request, movement))
        )
    form, table = EarlierYearForm(request.POST), LineFormSet(request.POST)
    if form.is_valid() and table.is_valid():
        try:
            saved = save_earlier_results(
                movement=movement, lines=lines_of(table), by=request.user, **form.cleaned_data
            )
        except (NotMoved, YearClosed) as problem:
            form.refuse(problem)
        else:
            text = _("Saved: %(added)d new, %(changed)d changed.")
            messages.success(request, text % asdict(saved))
            return redirect_to(reverse("gradebook:pupil_movements", args=[movement.place.pk]))
    return _page(request, movement, form, table, status=422)


@require_POST
@permission_required(Permission.RECORD_MOVEMENTS)
def upload(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Fill the table from a file; nothing is written before the table is saved."""
    movement = _load(request, pk)
    standing = _line_forms(_standing(request, movement))
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, movement, _year_form(request, movement), standing, upload=form, status=422)
    try:
        file = form.upload
        check_file(**file)
        result = read_earlier_results(file["data"])
    except Refused as problem:
        form.refuse(problem)
        return _page(request, movement, _year_form(request, movement), standing, upload=form, status=422)
    found = _line_forms([_texts(row) for row in result.rows])
    refused = lines(map(RefusedRow.of_problem, result.problems))
    return _page(
        request, movement, _year_form(request, movement), found, read=len(result.rows), refused=refused
    )


@require_safe
@permission_required(Permission.RECORD_MOVEMENTS)
def template(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    movement = _load(request, pk)
    rows = [EarlierRow(0, line["semester"], line["subject"]) for line in _subjects(movement)]
    return workbook(write_earlier_results(rows, "KẾT QUẢ HỌC TẬP Ở TRƯỜNG CŨ"), "Kết quả trường cũ.xlsx")


def _load(request: AuthenticatedHttpRequest, pk: int) -> Movement:
    visible = Movement.objects.visible_to(request.user).standing().filter(kind=Movement.Kind.RECEIVED)
    movement: Movement = get_object_or_404(
        visible.select_related("student", "target__school_class__year"), pk=pk
    )
    return movement


def _year_form(request: AuthenticatedHttpRequest, movement: Movement) -> EarlierYearForm:
    school_class = movement.place.school_class
    year_name = request.GET.get("year", school_class.year.name)
    standing = EarlierResult.objects.filter(student=movement.student, year_name=_name(year_name)).first()
    return EarlierYearForm(
        initial={"year_name": year_name, "grade": standing.grade if standing else school_class.grade}
    )


def _name(text: str) -> str:
    return text[:9].replace("\x00", "")


def _standing(request: AuthenticatedHttpRequest, movement: Movement) -> Lines:
    """What was saved of the year; nothing yet: the subjects of the class."""
    year_name = _name(request.GET.get("year", movement.place.school_class.year.name))
    rows = EarlierResult.objects.filter(student=movement.student, year_name=year_name).order_by(
        "semester", "pk"
    )
    return [_texts(row) for row in rows] or _subjects(movement)


def _subjects(movement: Movement) -> Lines:
    courses = Course.objects.filter(school_class=movement.place.school_class_id)
    names = courses.of_subjects().order_by("subject__order").values_list("subject__name", flat=True)
    return [{"semester": 1, "subject": name} for name in names]


def _texts(row: EarlierRow | EarlierResult) -> dict[str, Any]:
    return {name: getattr(row, name) for name in COLUMNS}


def _line_forms(found: Lines) -> Any:
    spare = [{"semester": 1} for _number in range(SPARE_LINES)]
    return LineFormSet(initial=[*found, *spare])


def _page(
    request: AuthenticatedHttpRequest,
    movement: Movement,
    form: EarlierYearForm,
    table: Any,
    *,
    upload: UploadForm | None = None,
    read: int | None = None,
    refused: Iterable[Line] = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "movement": movement,
        "pupil": movement.place,
        "form": form,
        "table": table,
        "upload": upload or UploadForm(),
        "read": read,
        "refused": refused,
    }
    return render(request, "gradebook/earlier_results.html", context, status=status)
