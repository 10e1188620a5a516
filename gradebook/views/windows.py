"""The lock board, the principal's orders and their execution by the administrator."""

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
from gradebook.actions.windows import (
    AlreadyExecuted,
    NotOrdered,
    OwnOrder,
    execute_lock_order,
    order_lock,
    withdraw_lock_order,
)
from gradebook.forms.windows import LockOrderForm
from gradebook.lockboard import read_board
from gradebook.models import LockOrder
from gradebook.years import chosen_year, years

NOT_ORDERED = {
    "waiting": gettext_lazy("Another order for these books waits. Have it executed, or withdraw it first."),
    "no-change": gettext_lazy("These books are in that state already."),
}


@require_safe
@permission_required(Permission.READ_LOCK_BOARD)
def lock_board(request: AuthenticatedHttpRequest) -> HttpResponse:
    return _board(request, LockOrderForm(year=chosen_year(request)))


@require_POST
@permission_required(Permission.ORDER_LOCK)
def order(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = LockOrderForm(request.POST, year=chosen_year(request))
    if not form.is_valid():
        return _board(request, form)
    try:
        ordered = order_lock(**form.ordered, by=request.user)
    except NotOrdered as problem:
        form.add_error(None, NOT_ORDERED[problem.code])
        return _board(request, form)
    messages.success(request, _("Order %(number)d waits for the administrator.") % {"number": ordered.number})
    return redirect_to(reverse("gradebook:lock_board"))


@require_POST
@permission_required(Permission.EXECUTE_LOCK)
def execute(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    lock_order = get_object_or_404(LockOrder.objects.visible_to(request.user), pk=pk)
    try:
        changed = execute_lock_order(order=lock_order, by=request.user)
    except AlreadyExecuted:
        messages.error(request, _("This order was executed or withdrawn before."))
    except OwnOrder:
        messages.error(request, _("Who gives an order may not execute it."))
    else:
        text = ngettext(
            "Order %(number)d executed: %(count)d course changed.",
            "Order %(number)d executed: %(count)d courses changed.",
            changed,
        )
        messages.success(request, text % {"number": lock_order.number, "count": changed})
    return redirect_to(reverse("gradebook:lock_board"))


@require_POST
@permission_required(Permission.ORDER_LOCK)
def withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    lock_order = get_object_or_404(LockOrder.objects.visible_to(request.user), pk=pk)
    try:
        withdraw_lock_order(order=lock_order, by=request.user)
    except AlreadyExecuted:
        messages.error(request, _("This order was executed or withdrawn before."))
    else:
        messages.success(request, _("Order %(number)d is withdrawn.") % {"number": lock_order.number})
    return redirect_to(reverse("gradebook:lock_board"))


def _board(request: AuthenticatedHttpRequest, form: LockOrderForm) -> HttpResponse:
    found = years()
    year = chosen_year(request, found)
    orders = LockOrder.objects.visible_to(request.user).select_related(
        "period", "school_class", "ordered_by", "executed_by", "withdrawn_by"
    )
    context = {
        "board": read_board(year),
        "year": year,
        "years": found,
        "waiting": orders.waiting(),
        "settled": orders.exclude(executed_at=None, withdrawn_at=None)[:20],
        "form": form if request.user.may(Permission.ORDER_LOCK) else None,
        "may_order": request.user.may(Permission.ORDER_LOCK),
        "may_execute": request.user.may(Permission.EXECUTE_LOCK),
    }
    return render(request, "gradebook/lock_board.html", context, status=422 if form.errors else 200)
