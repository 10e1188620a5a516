"""Proposals of a class: the homeroom teacher proposes, the principal decides."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.roles import Permission
from gradebook import policies
from gradebook.actions.decisions import DateOutside, NumberTaken
from gradebook.actions.proposal_desk import Wish
from gradebook.actions.proposals import (
    Answer,
    BooksOpen,
    NotDecided,
    decide,
    propose,
    reconsider,
)
from gradebook.forms.proposals import DecisionForm, posted_wishes
from gradebook.models import Proposal, SchoolClass, Stage
from gradebook.proposal_problems import sentence
from gradebook.proposal_sheet import read_proposals
from gradebook.years import YearClosed


@require_safe
def proposals(request: AuthenticatedHttpRequest, pk: int, stage: str) -> HttpResponse:
    return _page(request, _load(request, pk, stage), stage)


@require_POST
def propose_results(request: AuthenticatedHttpRequest, pk: int, stage: str) -> HttpResponse:
    school_class = _load(request, pk, stage)
    if not policies.may_propose(request.user, school_class):
        raise PermissionDenied
    wishes = list(posted_wishes(request.POST))
    try:
        answer = propose(school_class=school_class, stage=stage, wishes=wishes, by=request.user)
    except YearClosed:
        messages.error(request, _("The school year is closed."))
        return _page(request, school_class, stage, wishes=wishes)
    text = ngettext("%(count)d pupil proposed.", "%(count)d pupils proposed.", len(answer.saved))
    return _answer(request, school_class, stage, answer, wishes, text % {"count": len(answer.saved)})


@require_POST
@permission_required(Permission.DECIDE_RESULTS)
def decide_results(request: AuthenticatedHttpRequest, pk: int, stage: str) -> HttpResponse:
    school_class = _load(request, pk, stage)
    wishes = list(posted_wishes(request.POST))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _nothing_decided(request, school_class, stage, form, wishes)
    try:
        answer = decide(
            school_class=school_class, stage=stage, wishes=wishes, by=request.user, **form.decision
        )
    except (YearClosed, BooksOpen, NumberTaken, DateOutside) as problem:
        form.refuse(problem)
        return _nothing_decided(request, school_class, stage, form, wishes)
    if answer.refused:
        problems = {pk: sentence(code) for pk, code in answer.refused.items()}
        return _nothing_decided(request, school_class, stage, form, wishes, problems)
    text = ngettext("%(count)d pupil decided.", "%(count)d pupils decided.", len(answer.saved))
    return _answer(request, school_class, stage, answer, wishes, text % {"count": len(answer.saved)})


@require_POST
@permission_required(Permission.DECIDE_RESULTS)
def reconsider_result(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    visible = Proposal.objects.visible_to(request.user).select_related("enrolment__school_class__year")
    proposal = get_object_or_404(visible, pk=pk)
    reason = request.POST.get("reason", "").replace("\x00", "").strip()
    if not reason:
        messages.error(request, _("Nothing was changed: say why the decision is taken back."))
        return redirect_to(reverse("gradebook:pupil_results", args=[proposal.enrolment_id]))
    try:
        reconsider(proposal=proposal, reason=reason, by=request.user)
    except (NotDecided, YearClosed):
        messages.error(request, _("Nothing was changed: there is no decision to take back."))
        return redirect_to(reverse("gradebook:pupil_results", args=[proposal.enrolment_id]))
    messages.success(request, _("Taken back; it waits for a new decision."))
    args = [proposal.enrolment.school_class_id, proposal.stage]
    return redirect_to(reverse("gradebook:proposals", args=args))


def _nothing_decided(
    request: AuthenticatedHttpRequest,
    school_class: SchoolClass,
    stage: str,
    form: DecisionForm,
    wishes: list[Wish],
    problems: dict[int, str] | None = None,
) -> HttpResponse:
    messages.error(request, _("Nothing was decided. See what is marked below."))
    return _page(request, school_class, stage, form=form, wishes=wishes, problems=problems)


def _load(request: AuthenticatedHttpRequest, pk: int, stage: str) -> SchoolClass:
    if stage not in Stage.values:
        raise Http404
    visible = SchoolClass.objects.whole_book_visible_to(request.user).select_related(
        "year", "homeroom_teacher"
    )
    school_class: SchoolClass = get_object_or_404(visible, pk=pk)
    return school_class


def _answer(
    request: AuthenticatedHttpRequest,
    school_class: SchoolClass,
    stage: str,
    answer: Answer,
    wishes: list[Wish],
    text: str,
) -> HttpResponse:
    if answer.saved:
        messages.success(request, text)
    elif not answer.refused:
        messages.info(request, _("Nothing was changed."))
    if not answer.refused:
        return redirect_to(reverse("gradebook:proposals", args=[school_class.pk, stage]))
    refused = [wish for wish in wishes if wish.enrolment_id in answer.refused]
    problems = {pk: sentence(code) for pk, code in answer.refused.items()}
    return _page(request, school_class, stage, wishes=refused, problems=problems)


def _page(
    request: AuthenticatedHttpRequest,
    school_class: SchoolClass,
    stage: str,
    *,
    form: DecisionForm | None = None,
    wishes: list[Wish] | None = None,
    problems: dict[int, str] | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {"school_class": school_class, "stage": stage, "stage_name": Stage(stage).label}
    typed = {wish.enrolment_id: wish for wish in wishes or []}
    sheet = read_proposals(school_class, stage, typed=typed, problems=problems)
    is_open = school_class.year.is_open
    may_propose = is_open and policies.may_propose(request.user, school_class)
    may_decide = is_open and request.user.may(Permission.DECIDE_RESULTS)
    context |= {
        "sheet": sheet,
        "may_propose": may_propose and bool(sheet.proposable),
        "may_decide": may_decide and any(row.proposer != request.user.pk for row in sheet.waiting),
        "may_issue": request.user.may(Permission.ISSUE_TRANSCRIPT) and sheet.has_final,
        "form": form or DecisionForm(),
        "refused": [row for row in sheet.rows if row.problem],
    }
    return render(request, "gradebook/proposals.html", context, status=200 if wishes is None else 422)
