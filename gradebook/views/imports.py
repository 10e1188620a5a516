"""One import: what it would do, the decision, and what it did."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.http import AuthenticatedHttpRequest, redirect_to
from gradebook.actions.import_lists import (
    NoQuestion,
    NotFailed,
    answer_duplicate,
    confirm_list,
    retry_list,
    set_replacing,
)
from gradebook.actions.import_marks import NothingTicked, confirm_marks, rehearse_marks
from gradebook.actions.imports import AlreadySettled, BeingWritten, discard_import
from gradebook.forms.imports import AnswerForm
from gradebook.forms.marks import chosen_cells
from gradebook.import_preview import preview_of, refused_page, settled_preview
from gradebook.import_problems import file_sentence
from gradebook.import_rows import Misplaced
from gradebook.importing.kinds import plan_of
from gradebook.importing.plans import Plan
from gradebook.importing.refused import refused_workbook
from gradebook.importing.staff import waiting_for_slips
from gradebook.models import Import
from gradebook.spreadsheets.problems import UnreadableTable
from gradebook.views.workbooks import workbook
from gradebook.wording import LISTS


@require_safe
def preview(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    upload = load(request, pk)
    try:
        return _page(request, upload)
    except UnreadableTable:
        return redirect_to(reverse("gradebook:import_columns", args=[pk]))


@require_POST
def confirm(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    upload = load(request, pk)
    try:
        if upload.kind == Import.Kind.MARKS:
            done = confirm_marks(upload=upload, by=request.user, erase=chosen_cells(request.POST, "erase"))
        else:
            done = confirm_list(upload=upload, by=request.user, today=timezone.localdate())
    except (AlreadySettled, BeingWritten, NothingTicked) as problem:
        _refuse(request, problem)
    except (UnreadableTable, Misplaced):
        pass  # the preview says why
    else:
        if done.is_settled:
            messages.success(request, _said(done))
    return redirect_to(reverse("gradebook:import", args=[pk]))


@require_POST
def discard(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    upload = load(request, pk)
    try:
        discard_import(upload=upload, by=request.user)
    except (AlreadySettled, BeingWritten) as problem:
        _refuse(request, problem)
    else:
        messages.success(request, _("Discarded. Nothing was changed."))
    return redirect_to(_back(upload))


@require_POST
def replace_teachers(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Only the preview changes; teachers are replaced when the import is confirmed."""
    upload = load(request, pk, Import.Kind.ASSIGNMENTS)
    try:
        set_replacing(upload=upload, replaces=request.POST.get("replaces") == "yes", by=request.user)
    except (AlreadySettled, BeingWritten) as problem:
        _refuse(request, problem)
    return redirect_to(reverse("gradebook:import", args=[pk]))


@require_POST
def answer(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    upload = load(request, pk, Import.Kind.PUPILS)
    plan = plan_of(upload, request.user)
    question = next((each for each in plan.questions if str(each.row) == request.POST.get("row")), None)
    url = reverse("gradebook:import", args=[pk]) + "?show=questions"
    if question is None or upload.is_settled:
        messages.error(request, _("This row asks nothing any more."))
        return redirect_to(url)
    form = AnswerForm(request.POST, question=question)
    if not form.is_valid():
        return _page(request, upload, plan, form)
    data = form.cleaned_data
    try:
        answer_duplicate(
            upload=upload, row=data["row"], student=form.student, reason=data["reason"], by=request.user
        )
    except (AlreadySettled, BeingWritten, NoQuestion) as problem:
        _refuse(request, problem)
    return redirect_to(url)


@require_safe
def refused(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The refused rows as the file has them, each with its reason: to correct and hand in again."""
    upload = load(request, pk)
    if upload.kind == Import.Kind.MARKS:
        raise Http404
    return workbook(refused_workbook(upload, request.user), f"{_('Refused rows')} {upload.pk}.xlsx")


@require_safe
def progress(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The part of the page that asks for itself until the worker is done; then the page is loaded anew."""
    upload = load(request, pk)
    run = _run(upload)
    if run is None:
        raise Http404
    if request.htmx and run.is_finished:
        return HttpResponseClientRefresh()
    return render(request, "gradebook/_import_progress.html", {"upload": upload, "run": run})


@require_POST
def retry(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    upload = load(request, pk, Import.Kind.PUPILS)
    try:
        retry_list(upload=upload, by=request.user, now=timezone.now())
    except NotFailed:
        messages.warning(request, _("This import has not failed: there is nothing to try again."))
    return redirect_to(reverse("gradebook:import", args=[pk]))


def load(request: AuthenticatedHttpRequest, pk: int, *kinds: str) -> Import:
    visible = Import.objects.visible_to(request.user).select_related(
        "uploaded_by", "confirmed_by", "school_class", "course__subject", "course__school_class__year", "run"
    )
    upload: Import = get_object_or_404(visible.filter(kind__in=kinds) if kinds else visible, pk=pk)
    return upload


def _page(
    request: AuthenticatedHttpRequest,
    upload: Import,
    plan: Plan | None = None,
    form: AnswerForm | None = None,
) -> HttpResponse:
    run = _run(upload)
    words = LISTS.get(upload.kind)
    context: dict[str, Any] = {"upload": upload, "back": _back(upload), "run": run, "words": words}
    asked = request.GET.get("show", ""), request.GET.get("page", "1")
    if upload.is_settled:
        context |= settled_preview(upload, *asked)
        if upload.kind == Import.Kind.STAFF and upload.state == Import.State.CONFIRMED:
            context["waiting"] = waiting_for_slips(plan_of(upload, request.user))
    elif upload.kind == Import.Kind.MARKS:
        context |= _marks(request, upload, asked[1])
    elif run is None:
        plan = plan or plan_of(upload, request.user)
        context |= preview_of(upload, plan, *(("questions", "1") if form else asked))
        context |= {"earlier": _earlier(upload), "answers": _answers(context.get("questions", ()), form)}
    return render(request, "gradebook/import.html", context, status=422 if form else 200)


def _answers(questions: Any, bound: AnswerForm | None) -> list[tuple[Any, AnswerForm]]:
    """Each question with its form; what was typed in the refused one stays."""
    row = bound.data.get("row") if bound else None
    return [
        (each, bound if bound and str(each.row) == row else AnswerForm(question=each)) for each in questions
    ]


def _run(upload: Import) -> Any:
    return getattr(upload, "run", None)


def _back(upload: Import) -> str:
    if upload.kind != Import.Kind.MARKS:
        return reverse("gradebook:import_kind", args=[upload.kind])
    return reverse("gradebook:marks_import", args=[upload.course_id, upload.semester])


def _marks(request: AuthenticatedHttpRequest, upload: Import, page: str) -> dict[str, Any]:
    try:
        outcome = rehearse_marks(upload, by=request.user)
    except (UnreadableTable, Misplaced) as problem:
        return {"misplaced": file_sentence(problem)}
    return {
        "counts": outcome.counts,
        "source": outcome.plan.source,
        "absent": outcome.plan.absent,
        "changes": outcome.changes,
        "erasable": outcome.erased,
        "writes": len(outcome.changes),
        "earlier": _earlier(upload),
        **refused_page(outcome.refused, page),
    }


def _earlier(upload: Import) -> Import | None:
    """The same file, confirmed before."""
    same = Import.objects.confirmed().filter(
        sha256=upload.sha256, kind=upload.kind, course=upload.course_id, semester=upload.semester
    )
    found: Import | None = same.select_related("confirmed_by").order_by("-confirmed_at").first()
    return found


def _refuse(request: AuthenticatedHttpRequest, problem: Exception) -> None:
    if isinstance(problem, BeingWritten):
        messages.error(request, _("The worker is writing this list already."))
    elif isinstance(problem, NoQuestion):
        messages.error(request, _("This row asks nothing any more."))
    elif isinstance(problem, NothingTicked):
        messages.error(request, _("Tick the cells to erase, or discard the import: it changes nothing else."))
    else:
        messages.error(request, _("This import was confirmed or discarded before."))


def _said(done: Import) -> str:
    counts = done.counts
    if done.kind == Import.Kind.MARKS:
        written = counts["saved"] + counts["erased"]
    else:
        written = counts["added"] + counts["filled"]
    if not written:
        return _("Nothing was changed: everything that can be taken over is in the records already.")
    if done.kind == Import.Kind.MARKS:
        return ngettext("%(count)d cell saved.", "%(count)d cells saved.", written) % {"count": written}
    sums = {"added": counts["added"], "filled": counts["filled"]}
    return _("Done: %(added)d added, %(filled)d filled in.") % sums
