"""Ask for half-days of a closed month to be changed: the month's own sheet, with why and the proof below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import User
from corrections.attendance_requests import submit_attendance
from corrections.dossiers import NotAccepted
from corrections.effect_words import ShownEffects, shown_effects
from corrections.effects import effects_of
from corrections.impasse import who_would_decide
from corrections.models import CorrectionRequest
from corrections.proof import KINDS_OF_FACTS
from corrections.request_form import AboutForm
from corrections.rolls import Total, half_day_lines, totals_of
from corrections.sentences import reason
from gradebook import policies
from gradebook.actions.attendance import Edit
from gradebook.attachments import BadFile
from gradebook.attendance_grid import Place, Typed, rows_html
from gradebook.attendance_import import Proposal
from gradebook.attendance_sheet import EMPTY, MonthSheet, read_month
from gradebook.attendance_terms import CLOSED, halves_of, policy_of
from gradebook.attendance_words import total_heads
from gradebook.forms.attendance import posted_cells
from gradebook.grid import Problem
from gradebook.models import SchoolClass
from gradebook.views.attendance_months import asked_month
from gradebook.views.attendance_page import columns_of


class RollForm(AboutForm):
    with_totals = forms.BooleanField(
        label=gettext_lazy("Let the totals of the homeroom sheet change along"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Those that agree with the roll today; others are named, and stay."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, kinds=KINDS_OF_FACTS, **kwargs)
        self.fields["reason"].help_text = _("It stays in the history of the roll for good.")
        self.fields["evidence"].help_text = reason("evidence-help-roll")


@dataclass(frozen=True, slots=True)
class Looked:
    """What the typed letters would change."""

    totals: Sequence[Total]
    effects: ShownEffects


@require_http_methods(["GET", "HEAD", "POST"])
def new_attendance(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    school_class = _load(request.user, pk)
    if request.method != "POST":
        return _page(request, school_class, RollForm())
    form, edits = RollForm(request.POST, request.FILES), list(posted_cells(request.POST))
    problems: Mapping[Place, str] = {}
    if form.is_valid():
        done = _submit(form, school_class, edits, request.user)
        if isinstance(done, CorrectionRequest):
            messages.success(request, _("Request %(number)s is handed in.") % {"number": done.reference})
            return redirect_to(reverse("corrections:dossier", args=[done.pk]))
        problems = done
    else:
        problems = _refused(school_class, edits)
    return _page(request, school_class, form, edits, problems, status=422)


@require_POST
def attendance_effect(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The totals and results that the letters would change; nothing is written."""
    school_class = _load(request.user, pk)
    edits = list(posted_cells(request.POST))
    form = RollForm(request.POST, request.FILES)
    form.full_clean()
    form.errors.clear()
    try:
        totals = totals_of(school_class, half_day_lines(school_class, edits))
    except NotAccepted as refused:
        form.explain(refused)
        return _page(request, school_class, form, edits, refused.problems, status=422)
    effects = effects_of(school_class, [total.line() for total in totals if total.follows])
    return _page(request, school_class, form, edits, looked=Looked(totals, shown_effects(effects)))


def _submit(
    form: RollForm, school_class: SchoolClass, edits: Sequence[Edit], by: User
) -> CorrectionRequest | Mapping[Place, str]:
    """The request, or where the half-days are refused; why stands on the form."""
    said = form.cleaned_data
    try:
        return submit_attendance(
            school_class=school_class,
            edits=edits,
            with_totals=said["with_totals"],
            kind=said["kind"],
            reason=said["reason"],
            uploads=said["evidence"],
            by=by,
        )
    except NotAccepted as refused:
        form.explain(refused)
        return refused.problems
    except BadFile as bad:
        form.explain(bad)
        return {}


def _refused(school_class: SchoolClass, edits: Sequence[Edit]) -> Mapping[Place, str]:
    """Where the half-days are refused, said together with what is missing beside them."""
    try:
        half_day_lines(school_class, edits)
    except NotAccepted as refused:
        return refused.problems
    return {}


def _page(
    request: AuthenticatedHttpRequest,
    school_class: SchoolClass,
    form: RollForm,
    edits: Sequence[Edit] = (),
    problems: Mapping[Place, str] = {},
    *,
    looked: Looked | None = None,
    status: int = 200,
) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    sheet = _closed_days(read_month(school_class, asked_month(asked.get("month", ""), school_class)))
    context = {
        "school_class": school_class,
        "sheet": sheet,
        "columns": columns_of(sheet),
        "totals": total_heads(sheet.semester),
        "rows": rows_html(sheet, may_write=True, links=False, typed=_typed(sheet, edits, problems)),
        "may_ask": any(column.is_open for column in sheet.columns),
        "form": form,
        "looked": looked,
        "effects": looked.effects if looked else None,
        "reads_whole": True,
        **who_would_decide(request.user, {"school_class": school_class}, school_class.year),
    }
    return render(request, "corrections/new_attendance.html", context, status=status)


def _closed_days(sheet: MonthSheet) -> MonthSheet:
    """The sheet as one asks about it: the days that are closed take letters, the open ones do not."""
    halves = halves_of(policy_of(sheet.school_class))
    columns = (
        replace(column, is_open=column.half_day in halves and sheet.term.refusal(column.day) in CLOSED)
        for column in sheet.columns
    )
    return replace(sheet, columns=tuple(columns))


def _typed(sheet: MonthSheet, edits: Sequence[Edit], problems: Mapping[Place, str]) -> Typed:
    """What was typed stays in its cell, with the reason where it is refused."""
    standing = {(row.enrolment.pk, *at): cell.letter for row in sheet.rows for at, cell in row.cells.items()}
    changed = {edit.cell: edit for edit in edits if edit.typed != standing.get(edit.cell, EMPTY.letter)}
    refused = {
        place: Problem(changed[place].typed, reason(code), "refused")
        for place, code in problems.items()
        if place in changed
    }
    kept = {place: Proposal(edit.typed) for place, edit in changed.items() if place not in refused}
    return Typed(refused, kept)


def _load(user: User, pk: int) -> SchoolClass:
    """404 for a class one may not know of, 403 where somebody else keeps the roll."""
    visible = SchoolClass.objects.visible_to(user).select_related("year")
    school_class: SchoolClass = get_object_or_404(visible, pk=pk)
    if not policies.may_keep_attendance(user, school_class):
        raise PermissionDenied
    return school_class
