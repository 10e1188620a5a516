"""One order: drawn up, looked at with what is still missing, proposed, ordered, declined, executed, withdrawn."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import User
from accounts.roles import Permission
from gradebook import policies
from gradebook.actions.windows import (
    AlreadyExecuted,
    NotDue,
    NotOrdered,
    OwnOrder,
    decline_proposal,
    execute_lock_order,
    order_lock,
    order_proposal,
    propose_lock,
    withdraw_lock_order,
)
from gradebook.forms.windows import DeclineForm, LockOrderForm, problem
from gradebook.lock_readiness import read_readiness
from gradebook.models import LockOrder
from gradebook.years import chosen_year


@require_safe
@permission_required(Permission.READ_LOCK_BOARD)
def new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The form, empty or filled in by the address; asked to look, what the order would find, and the way to give it."""
    if not policies.may_draw_up_orders(request.user):
        raise PermissionDenied
    year = chosen_year(request)
    if "look" not in request.GET:
        return _form(request, LockOrderForm(year=year, initial=request.GET.dict()))
    form = LockOrderForm(request.GET, year=year)
    return _form(request, form, form.draft if form.is_valid() else None)


@require_POST
@permission_required(Permission.ORDER_LOCK)
def order(request: AuthenticatedHttpRequest) -> HttpResponse:
    return _draw_up(request, order_lock)


@require_POST
@permission_required(Permission.EXECUTE_LOCK)
def propose(request: AuthenticatedHttpRequest) -> HttpResponse:
    return _draw_up(request, propose_lock)


@require_safe
@permission_required(Permission.READ_LOCK_BOARD)
def lock_order(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request.user, pk), DeclineForm())


@require_POST
@permission_required(Permission.ORDER_LOCK)
def approve(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = _visible(request.user, pk)
    return _act(request, found, lambda: order_proposal(order=found, by=request.user), _("Ordered."))


@require_POST
@permission_required(Permission.ORDER_LOCK)
def decline(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = _visible(request.user, pk)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    reason = form.cleaned_data["reason"]
    return _act(
        request, found, lambda: decline_proposal(order=found, reason=reason, by=request.user), _("Declined.")
    )


@require_POST
@permission_required(Permission.EXECUTE_LOCK)
def execute(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = _visible(request.user, pk)

    def carry_out() -> str:
        changed = execute_lock_order(order=found, by=request.user)
        text = ngettext(
            "Order %(number)d executed: %(count)d book changed.",
            "Order %(number)d executed: %(count)d books changed.",
            changed,
        )
        return text % {"number": found.number, "count": changed}

    return _act(request, found, carry_out)


@require_POST
@permission_required(Permission.READ_LOCK_BOARD)
def withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = _visible(request.user, pk)
    text = _("Order %(number)d is withdrawn.") % {"number": found.number}
    return _act(request, found, lambda: withdraw_lock_order(order=found, by=request.user), text)


def _visible(user: User, pk: int) -> LockOrder:
    found: LockOrder = get_object_or_404(LockOrder.objects.visible_to(user).with_words(), pk=pk)
    return found


def _draw_up(request: AuthenticatedHttpRequest, action: Callable[..., LockOrder]) -> HttpResponse:
    form = LockOrderForm(request.POST, year=chosen_year(request))
    if not form.is_valid():
        return _form(request, form)
    try:
        drawn_up = action(**form.terms, by=request.user)
    except NotOrdered as refused:
        form.refuse(refused.code)
        return _form(request, form)
    given = _("The order is given.") if drawn_up.ordered_at else _("The proposal is with the principal.")
    messages.success(request, given)
    return redirect_to(reverse("gradebook:lock_order_page", args=[drawn_up.pk]))


def _form(
    request: AuthenticatedHttpRequest, form: LockOrderForm, draft: LockOrder | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "year": form.year,
        "draft": draft,
        "readiness": read_readiness(draft) if draft and not draft.opens else (),
        "may_order": request.user.may(Permission.ORDER_LOCK),
        "may_enter_decisions": request.user.may(Permission.ISSUE_DECISIONS),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "gradebook/lock_order_form.html", context, status=status)


def _page(request: AuthenticatedHttpRequest, found: LockOrder, form: DeclineForm) -> HttpResponse:
    user = request.user
    is_settled = bool(found.executed_at or found.withdrawn_at or found.declined_at)
    sees_cells = user.may(Permission.READ_SCHOOL) and not is_settled
    context = {
        "order": found,
        "year": found.period.semester.year,
        "is_settled": is_settled,
        "readiness": read_readiness(found) if sees_cells and not found.opens else (),
        "decline_form": form,
        "may_order": user.may(Permission.ORDER_LOCK),
        "may_execute": user.may(Permission.EXECUTE_LOCK),
        # Another's proposal is declined with a reason, not withdrawn.
        "may_withdraw": user.may(Permission.ORDER_LOCK) if found.ordered_at else found.proposed_by == user,
    }
    return render(request, "gradebook/lock_order.html", context, status=422 if form.errors else 200)


def _act(
    request: AuthenticatedHttpRequest, found: LockOrder, act: Callable[[], object], done: str = ""
) -> HttpResponse:
    try:
        said = act()
    except (AlreadyExecuted, OwnOrder, NotDue, NotOrdered) as refused:
        messages.error(request, _refusal(refused))
    else:
        messages.success(request, done or str(said))
    return redirect_to(reverse("gradebook:lock_order_page", args=[found.pk]))


def _refusal(refused: ValueError) -> str:
    if isinstance(refused, NotOrdered):
        return problem(refused.code)
    return {
        AlreadyExecuted: _("Somebody else settled this order before, or it is not ordered yet."),
        OwnOrder: _("Who gives an order may not execute it, and who proposes one may not give it."),
        NotDue: _("The hour of this order has not come."),
    }[type(refused)]
