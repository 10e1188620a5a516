"""One import: what it would do, the decision, and what it did."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, redirect_to
from gradebook.actions.import_marks import confirm_marks, rehearse_marks
from gradebook.actions.import_pupils import confirm_pupils, read_pupils
from gradebook.actions.imports import AlreadySettled, discard_import
from gradebook.import_problems import lines
from gradebook.import_rows import RefusedRow
from gradebook.models import Import

PER_PAGE = 100


@require_safe
def preview(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    upload = _load(request, pk)
    context = {"upload": upload, "back": _back(upload)}
    if upload.state != Import.State.PREVIEWED:
        context |= _settled(upload)
    elif upload.kind == Import.Kind.PUPILS:
        context |= _pupils(request, upload)
    else:
        context |= _marks(request, upload)
    return render(request, "gradebook/import.html", context)


@require_POST
def confirm(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    upload = _load(request, pk)
    try:
        if upload.kind == Import.Kind.PUPILS:
            done = confirm_pupils(upload=upload, by=request.user, today=timezone.localdate())
        else:
            done = confirm_marks(upload=upload, by=request.user)
    except AlreadySettled:
        messages.error(request, _("This import was confirmed or discarded before."))
    else:
        messages.success(request, _said(done))
    return redirect_to(reverse("gradebook:import", args=[pk]))


@require_POST
def discard(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    upload = _load(request, pk)
    try:
        discard_import(upload=upload, by=request.user)
    except AlreadySettled:
        messages.error(request, _("This import was confirmed or discarded before."))
    else:
        messages.success(request, _("Discarded. Nothing was changed."))
    return redirect_to(_back(upload))


def _load(request: AuthenticatedHttpRequest, pk: int) -> Import:
    visible = Import.objects.visible_to(request.user).select_related(
        "uploaded_by", "confirmed_by", "school_class", "course__subject", "course__school_class__year"
    )
    upload: Import = get_object_or_404(visible, pk=pk)
    return upload


def _back(upload: Import) -> str:
    if upload.kind == Import.Kind.PUPILS:
        return reverse("gradebook:imports")
    return reverse("gradebook:marks_import", args=[upload.course_id, upload.semester])


def _settled(upload: Import) -> dict[str, Any]:
    refused = [RefusedRow(**row) for row in upload.refused]
    return {"counts": upload.counts, "refused": lines(refused), "settled": True}


def _pupils(request: AuthenticatedHttpRequest, upload: Import) -> dict[str, Any]:
    plan = read_pupils(upload)
    return {
        "counts": plan.counts,
        "source": plan.source,
        "refused": lines(plan.refused),
        "page": Paginator(plan.adding, PER_PAGE).get_page(request.GET.get("page")),
        "present": plan.present,
        "writes": len(plan.adding),
        "earlier": _earlier(upload),
    }


def _marks(request: AuthenticatedHttpRequest, upload: Import) -> dict[str, Any]:
    outcome = rehearse_marks(upload, by=request.user)
    return {
        "counts": outcome.counts,
        "source": outcome.plan.source,
        "refused": lines(outcome.refused),
        "changes": outcome.changes,
        "writes": len(outcome.changes),
        "earlier": _earlier(upload),
    }


def _earlier(upload: Import) -> Import | None:
    """The same file, confirmed before."""
    same = Import.objects.confirmed().filter(
        sha256=upload.sha256, kind=upload.kind, course=upload.course_id, semester=upload.semester
    )
    found: Import | None = same.select_related("confirmed_by").order_by("-confirmed_at").first()
    return found


def _said(done: Import) -> str:
    written = done.counts["added"] if done.kind == Import.Kind.PUPILS else done.counts["saved"]
    if not written:
        return _("Nothing was changed: everything that can be taken over is in the records already.")
    if done.kind == Import.Kind.PUPILS:
        return ngettext("%(count)d pupil added.", "%(count)d pupils added.", written) % {"count": written}
    return ngettext("%(count)d cell saved.", "%(count)d cells saved.", written) % {"count": written}
