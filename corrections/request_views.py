"""Asking for cells of a locked book: choose them, type the new values, look at the effect, hand in."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import User
from corrections import actions, policies
from corrections.cells import Standing, lines_of, standing
from corrections.choosing import read_choice
from corrections.dossiers import NotAccepted, last_day_of, policy_of
from corrections.effect_words import ShownEffects, shown_effects
from corrections.effects import effects_of
from corrections.impasse import who_would_decide
from corrections.models import CorrectionRequest
from corrections.request_form import CellsForm, asked_cells, name_of, posted_cells
from corrections.sentences import reason
from corrections.waiting_cells import waiting_on_sheet
from gradebook import policies as book
from gradebook.actions.marks import Cell
from gradebook.attachments import BadFile
from gradebook.grid_facts import MOST_REQUESTED
from gradebook.layout import PERIODS_OF
from gradebook.models import Column, Course


@require_safe
def choose(request: AuthenticatedHttpRequest, pk: int, semester: int) -> HttpResponse:
    """The pupils and the locked columns of one's own: which cells is it about?"""
    if semester not in PERIODS_OF:
        raise Http404
    course = _course(request.user, pk)
    context = {"course": course, "semester": semester, "sheet": read_choice(course, semester, request.user)}
    return render(request, "corrections/choose.html", context)


@require_safe
def new(request: AuthenticatedHttpRequest, enrolment_pk: int, column_pk: int) -> HttpResponse:
    """One cell, from where it stands; `?new=` is what was typed into it after it had been locked."""
    columns = Column.objects.select_related("course")
    column = get_object_or_404(columns, pk=column_pk, course__in=Course.objects.visible_to(request.user))
    course = _course(request.user, column.course_id)
    cell = (enrolment_pk, column_pk)
    cells = _cells(request.user, course, [cell])
    typed = {name_of("new", cell): request.GET.get("new", "")}
    return _form_page(request, course, _form(course, cells, initial=typed))


@require_safe
def waiting(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """For the mark grid, which lies below and knows of no requests: whose cells wait, and where that is read."""
    course = get_object_or_404(Course.objects.visible_to(request.user), pk=pk)
    found = waiting_on_sheet(course, request.user).items()
    cells = [{"cell": "-".join(map(str, cell)), "words": each.words, "url": each.url} for cell, each in found]
    return JsonResponse({"cells": cells})


@require_http_methods(["GET", "HEAD", "POST"])
def new_cells(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Many cells of one course at once."""
    course = _course(request.user, pk)
    if request.method != "POST":
        asked = asked_cells(request.GET)
        if not asked:
            return redirect_to(reverse("corrections:choose", args=[pk, 1]))
        if len(asked) > MOST_REQUESTED:
            messages.error(request, reason("too-many-cells"))
            return redirect_to(reverse("corrections:choose", args=[pk, 1]))
        typed = {name: text for name, text in request.GET.items() if name.startswith("new-")}
        return _form_page(request, course, _form(course, _cells(request.user, course, asked), initial=typed))
    form = _posted(request, course)
    correction = _submit(form, course, by=request.user) if form.is_valid() else None
    if correction is None:
        return _form_page(request, course, form, status=422)
    messages.success(request, _("Request %(number)s is handed in.") % {"number": correction.reference})
    return redirect_to(reverse("corrections:dossier", args=[correction.pk]))


@require_POST
def effect(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What the new values would change; nothing is written. Without htmx the whole page, with what was typed."""
    course = _course(request.user, pk)
    form = _posted(request, course)
    shown = _effects(form, course)
    if request.htmx:
        return render(request, "corrections/_look.html", _effect_context(request.user, course, form, shown))
    return _form_page(request, course, form, shown=shown, status=200 if shown else 422)


def _posted(request: AuthenticatedHttpRequest, course: Course) -> CellsForm:
    asked = posted_cells(request.POST)[:MOST_REQUESTED]
    cells = _cells(request.user, course, asked)
    return _form(course, cells, request.POST, request.FILES, lost=len(asked) - len(cells))


def _form(course: Course, cells: Sequence[Standing], *posted: Any, **more: Any) -> CellsForm:
    policy = policy_of({"course": course}, course.school_class.year)
    return CellsForm(*posted, cells=cells, policy=policy, **more)


def _effects(form: CellsForm, course: Course) -> ShownEffects | None:
    """Only the values have to be right for that: why, and the proof, may still be missing."""
    form.full_clean()
    for name in ("kind", "reason", "evidence"):
        form.errors.pop(name, None)
    if form.errors:
        return None
    try:
        return shown_effects(effects_of(course.school_class, lines_of(course, form.edits())))
    except NotAccepted as refused:
        form.explain(refused)
        return None


def _submit(form: CellsForm, course: Course, by: User) -> CorrectionRequest | None:
    """Hand the request in, or leave on the form why it is not accepted."""
    said = form.cleaned_data
    try:
        return actions.submit(
            course=course,
            edits=form.edits(),
            kind=said["kind"],
            reason=said["reason"],
            is_oral=said.get("is_oral", False),
            uploads=said["evidence"],
            by=by,
        )
    except (NotAccepted, BadFile) as refused:
        form.explain(refused)
        return None


def _form_page(
    request: AuthenticatedHttpRequest,
    course: Course,
    form: CellsForm,
    *,
    shown: ShownEffects | None = None,
    status: int = 200,
) -> HttpResponse:
    columns = [cell.column for cell in form.cells]
    last_day, year = last_day_of(course, columns), course.school_class.year
    context = {
        **_effect_context(request.user, course, form, shown),
        **who_would_decide(request.user, {"course": course}, year, columns, is_late=last_day.is_over),
        "rows": list(form.rows()),
        "known": _known(request.user, form.cells),
        "last_day": last_day,
    }
    return render(request, "corrections/new.html", context, status=status)


def _effect_context(
    user: User, course: Course, form: CellsForm, shown: ShownEffects | None
) -> dict[str, Any]:
    reads_whole = policies.reads_whole(user, course.school_class)
    return {
        "course": course,
        "form": form,
        "effects": shown,
        "effects_class": course.school_class,
        "reads_whole": reads_whole,
    }


def _known(user: User, cells: Iterable[Standing]) -> set[int]:
    """The waiting requests about these cells that this reader may open."""
    waiting = [cell.pending.pk for cell in cells if cell.pending]
    if not waiting:
        return set()
    return set(CorrectionRequest.objects.visible_to(user).filter(pk__in=waiting).values_list("pk", flat=True))


def _course(user: User, pk: int) -> Course:
    """404 for a course one may not know of, 403 where nothing in it is one's own."""
    visible = Course.objects.visible_to(user).select_related("school_class__year", "subject")
    course: Course = get_object_or_404(visible, pk=pk)
    if not book.owned_columns(user, course, list(course.columns.all())):
        raise PermissionDenied
    return course


def _cells(user: User, course: Course, asked: Iterable[Cell]) -> list[Standing]:
    """In the order of the sheet, without those that are not on it; 403 where a column belongs to somebody else."""
    found = standing(course, asked)
    if not found:
        raise Http404
    if not policies.may_request(user, course, list({cell.column for cell in found.values()})):
        raise PermissionDenied
    return sorted(found.values(), key=lambda cell: (cell.enrolment.number, cell.column.order, cell.column.pk))
