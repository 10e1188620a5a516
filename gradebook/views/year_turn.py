"""The turn of the year: looked at as often as one likes, carried out once, undone while nothing rests on it."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.roles import Permission
from gradebook.actions.decisions import DateOutside, NumberTaken
from gradebook.actions.undo_turn import InUse, undo_turn
from gradebook.actions.year_turn import (
    AlreadyTurned,
    NotReady,
    NotTurned,
    PlanChanged,
    carry_late,
    turn_year,
)
from gradebook.forms.years import OpeningTurnForm, ReasonForm, TurnForm, posted_choices
from gradebook.models import SchoolYear, YearTurn
from gradebook.set_up.facts import following_dates
from gradebook.turn_choices import Choices
from gradebook.views.years import load_year
from gradebook.year_dates import BadDates
from gradebook.year_plan import next_year, read_plan
from gradebook.years import YearClosed

NOT_READY = {
    "problems": gettext_lazy("Some classes or pupils cannot be placed; see below."),
    "waiting": gettext_lazy(
        "Pupils wait for a decision. Leave them for later, or have them decided on first."
    ),
    "nothing": gettext_lazy("Nobody is left to be carried."),
}
CHANGED = gettext_lazy(
    "This is what would be done now, not what you looked at. Look again, then carry it out."
)
IN_USE = {
    "marks": gettext_lazy("The new year has marks of these pupils already."),
    "proposals": gettext_lazy("The new year has results of these pupils already."),
    "movements": gettext_lazy("Some of these pupils have left the new class or changed it already."),
}


@require_safe
@permission_required(Permission.READ_SCHOOL)
def turn(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _page(request, load_year(pk))


@require_POST
@permission_required(Permission.TURN_YEAR)
def preview(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The plan with other choices. Nothing is written; what was typed stays."""
    chosen = load_year(pk)
    form = _form_class(chosen)(initial=request.POST.dict())
    return _page(request, chosen, form=form, choices=posted_choices(request.POST))


@require_POST
@permission_required(Permission.TURN_YEAR)
def carry(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    chosen = load_year(pk)
    choices, seen = posted_choices(request.POST), request.POST.get("seen", "")
    form = _form_class(chosen)(request.POST)
    if not form.is_valid():
        return _page(request, chosen, form=form, choices=choices)
    try:
        turn_year(year=chosen, choices=choices, seen=seen, paper=form.paper, by=request.user)
    except (BadDates, NumberTaken, DateOutside, YearClosed) as problem:
        form.refuse(problem)
    except (AlreadyTurned, NotReady, PlanChanged) as problem:
        form.add_error(None, _sentence(problem))
    else:
        messages.success(
            request, _("The pupils of %(year)s are carried to the next year.") % {"year": chosen}
        )
        return redirect_to(reverse("gradebook:year_turn", args=[pk]))
    return _page(request, chosen, form=form, choices=choices)


@require_POST
@permission_required(Permission.TURN_YEAR)
def late(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Those decided on since the turn."""
    chosen = load_year(pk)
    choices, seen = posted_choices(request.POST), request.POST.get("seen", "")
    try:
        carry_late(year=chosen, choices=choices, seen=seen, by=request.user)
    except (NotTurned, NotReady, PlanChanged) as problem:
        messages.error(request, _sentence(problem))
        return _page(request, chosen, choices=choices, refused=True)
    messages.success(request, _("Those decided on since are carried to the next year."))
    return redirect_to(reverse("gradebook:year_turn", args=[pk]))


@require_POST
@permission_required(Permission.TURN_YEAR)
def undo(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    standing = get_object_or_404(
        YearTurn.objects.select_related("year", "next_year"), year=pk, undone_at=None
    )
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, load_year(pk), undoing=form)
    try:
        count = undo_turn(turn=standing, reason=form.cleaned_data["reason"], by=request.user)
    except InUse as problem:
        form.add_error(None, IN_USE[problem.code])
        return _page(request, load_year(pk), undoing=form)
    except NotTurned:
        messages.error(request, _("The turn was undone before."))
    else:
        text = ngettext(
            "Undone: %(count)d place is cancelled.", "Undone: %(count)d places are cancelled.", count
        )
        messages.success(request, text % {"count": count})
    return redirect_to(reverse("gradebook:year_turn", args=[pk]))


def _form_class(year: SchoolYear) -> type[TurnForm]:
    return TurnForm if next_year(year) else OpeningTurnForm


def _sentence(problem: ValueError) -> str:
    if isinstance(problem, NotReady):
        return str(NOT_READY[problem.code])
    if isinstance(problem, AlreadyTurned):
        return _("The year was turned before.")
    if isinstance(problem, NotTurned):
        return _("The year is not turned yet.")
    return str(CHANGED)


def _page(
    request: AuthenticatedHttpRequest,
    chosen: SchoolYear,
    *,
    form: TurnForm | None = None,
    choices: Choices | None = None,
    undoing: ReasonForm | None = None,
    refused: bool = False,
) -> HttpResponse:
    plan = read_plan(chosen, choices)
    if form is None:
        opens = None if plan.next_year else following_dates(chosen)
        form = OpeningTurnForm(initial=asdict(opens)) if opens else TurnForm()
    context = {
        "year": chosen,
        "plan": plan,
        "choices": plan.choices,
        "form": form,
        "undoing": undoing or ReasonForm(),
        "may_turn": request.user.may(Permission.TURN_YEAR),
        "names": sorted({each.name for each in plan.next_classes}),
    }
    refused = refused or form.is_bound or undoing is not None
    return render(request, "gradebook/year_turn.html", context, status=422 if refused else 200)
