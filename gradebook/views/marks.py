"""The mark grid of one course and semester: see it, save it, and every value a cell ever had."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.roles import Permission
from gradebook import origins, policies
from gradebook.actions.marks import Edit, Outcome, Refusal, save_marks
from gradebook.entries import entry_of
from gradebook.forms.marks import posted_edits
from gradebook.grid import Problem, field_name, rows_html
from gradebook.layout import PERIODS_OF
from gradebook.models import Column, Course, Mark
from gradebook.models.teaching import visible_course
from gradebook.refusals import sentence
from gradebook.sheets import read_sheet


@require_safe
def marks(request: AuthenticatedHttpRequest, pk: int, semester: int) -> HttpResponse:
    course = _load(request, pk, semester)
    return _page(request, course, semester)


@require_POST
def save(request: AuthenticatedHttpRequest, pk: int, semester: int) -> HttpResponse:
    """The whole form without JavaScript, the changed cells with it: the same action either way."""
    course = _load(request, pk, semester)
    if not policies.may_enter_marks(request.user, course):
        raise PermissionDenied
    outcome = save_marks(course=course, edits=posted_edits(request.POST), by=request.user, origin="page")
    if request.accepts("text/html"):
        return _answer_page(request, course, semester, outcome)
    return _answer_cells(request, course, semester, outcome)


@require_safe
def cell_history(request: AuthenticatedHttpRequest, pk: int, enrolment: int, column: int) -> HttpResponse:
    """Every value the cell ever had: who, when, from where, why (S3-37)."""
    course = _load(request, pk)
    column_row = get_object_or_404(Column.objects.filter(course=course), pk=column)
    pupil = get_object_or_404(course.school_class.enrolments.select_related("student"), pk=enrolment)
    rows = (
        Mark.history.filter(enrolment=enrolment, column=column)
        .select_related("history_user")
        .order_by("version")
    )
    texts = [entry_of(row).text for row in rows]
    changes = [
        {"row": row, "old": old, "new": new, "origin": origins.sentence(row.history_origin)}
        for row, old, new in zip(rows, ["", *texts], texts, strict=False)
    ]
    context = {"course": course, "column": column_row, "pupil": pupil, "changes": changes[::-1]}
    return render(request, "gradebook/cell_history.html", context)


def _load(request: AuthenticatedHttpRequest, pk: int, semester: int = 1) -> Course:
    if semester not in PERIODS_OF:
        raise Http404
    if course := visible_course(pk, request.user):
        return course
    raise Http404


def _page(
    request: AuthenticatedHttpRequest, course: Course, semester: int, outcome: Outcome | None = None
) -> HttpResponse:
    sheet = read_sheet(course, semester=semester, user=request.user)
    problems = _problems(outcome) if outcome else {}
    context = {
        "course": course,
        "sheet": sheet,
        "rows": rows_html(sheet, problems),
        "problems": len(problems),
        "may_appoint": request.user.may(Permission.SET_UP_YEAR),
    }
    return render(request, "gradebook/marks.html", context, status=422 if problems else 200)


def _problems(outcome: Outcome) -> dict[tuple[int, int], Problem]:
    return {
        refusal.edit.cell: Problem(
            refusal.edit.typed, sentence(refusal), "conflict" if refusal.code == "conflict" else "refused"
        )
        for refusal in outcome.refused
    }


def _answer_page(
    request: AuthenticatedHttpRequest, course: Course, semester: int, outcome: Outcome
) -> HttpResponse:
    if saved := len(outcome.saved):
        text = ngettext("%(count)d cell saved.", "%(count)d cells saved.", saved) % {"count": saved}
        messages.success(request, text)
    elif not outcome.refused:
        messages.info(request, _("Nothing was changed."))
    if outcome.refused:
        return _page(request, course, semester, outcome)
    return redirect_to(reverse("gradebook:marks", args=[course.pk, semester]))


def _answer_cells(
    request: AuthenticatedHttpRequest, course: Course, semester: int, outcome: Outcome
) -> HttpResponse:
    touched = {mark.enrolment_id for mark in outcome.saved}
    sheet = read_sheet(course, semester=semester, user=request.user, pupils=touched)
    return JsonResponse(
        {
            "saved": [
                {
                    "cell": f"{mark.enrolment_id}-{mark.column_id}",
                    "name": field_name(mark.enrolment_id, mark.column_id, mark.version),
                    "text": entry_of(mark).text,
                }
                for mark in outcome.saved
            ],
            "unchanged": [_cell(edit) for edit in outcome.unchanged],
            "refused": [_refused(refusal) for refusal in outcome.refused],
            "results": {
                row.enrolment_id: row.results[:1] if semester == 1 else row.results[1:] for row in sheet.rows
            },
        }
    )


def _refused(refusal: Refusal) -> dict[str, str]:
    answer = {
        "cell": _cell(refusal.edit),
        "code": refusal.code,
        "text": sentence(refusal),
        "name": field_name(*refusal.edit.cell, refusal.current.version if refusal.current else 0),
    }
    if refusal.code == "locked":
        # The page was opened before the lock: what was typed goes along to the request.
        answer["request"] = reverse(
            "corrections:new", args=refusal.edit.cell, query={"new": refusal.edit.typed}
        )
    return answer


def _cell(edit: Edit) -> str:
    return f"{edit.enrolment_id}-{edit.column_id}"
