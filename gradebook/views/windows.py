"""The lock board: classes, the courses of one class, and the year's plan of what opens and locks when."""

from collections.abc import Iterable, Mapping

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, is_key
from accounts.models import User
from accounts.roles import Permission
from gradebook.downloads import private_file
from gradebook.lock_plan import render_pdf
from gradebook.lockboard import planned, read_board, read_class_board
from gradebook.models import LockOrder, SchoolClass, SchoolYear
from gradebook.years import chosen_year, years

SETTLED_SHOWN = 20


@require_safe
@permission_required(Permission.READ_LOCK_BOARD)
def lock_board(request: AuthenticatedHttpRequest) -> HttpResponse:
    found = years()
    year = chosen_year(request, found)
    orders = LockOrder.objects.visible_to(request.user).with_words()
    context = {
        "board": read_board(year),
        "year": year,
        "years": found,
        "proposed": orders.proposed(),
        "waiting": orders.not_to_come(timezone.now()),
        "settled": orders.settled()[:SETTLED_SHOWN],
        "may_read_operations": request.user.may(Permission.READ_CORRECTIONS),
        **_powers(request.user),
    }
    return render(request, "gradebook/lock_board.html", context)


@require_safe
@permission_required(Permission.READ_LOCK_BOARD)
def class_board(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    school_class = get_object_or_404(SchoolClass.objects.select_related("year"), pk=pk)
    context = {
        "school_class": school_class,
        "year": school_class.year,
        "board": read_class_board(school_class),
        **_powers(request.user),
    }
    return render(request, "gradebook/lock_board_class.html", context)


@require_safe
@permission_required(Permission.READ_LOCK_BOARD)
def lock_plan(request: AuthenticatedHttpRequest) -> HttpResponse:
    found = years()
    year = chosen_year(request, found)
    classes = list(SchoolClass.objects.filter(year=year))
    asked = _asked(request.GET, classes)
    context = {
        "year": year,
        "years": found,
        "orders": _touching(planned(year), asked),
        "classes": classes,
        "asked": asked,
        **_powers(request.user),
    }
    return render(request, "gradebook/lock_plan.html", context)


@require_safe
@permission_required(Permission.READ_LOCK_BOARD)
def lock_plan_pdf(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Made here and not by the worker: a page or two, some times a year."""
    year = get_object_or_404(SchoolYear, pk=getattr(chosen_year(request), "pk", None))
    content = render_pdf(year, [order for order in planned(year) if order.ordered_at], timezone.localdate())
    return private_file(content, name=f"ke-hoach-khoa-so-{year}.pdf", content_type="application/pdf")


def _powers(user: User) -> dict[str, bool]:
    return {"may_order": user.may(Permission.ORDER_LOCK), "may_execute": user.may(Permission.EXECUTE_LOCK)}


def _asked(data: Mapping[str, str], classes: Iterable[SchoolClass]) -> SchoolClass | None:
    wanted = data.get("class", "")
    return next((each for each in classes if is_key(wanted) and each.pk == int(wanted)), None)


def _touching(orders: list[LockOrder], school_class: SchoolClass | None) -> list[LockOrder]:
    if school_class is None:
        return orders
    return [order for order in orders if order.touches(school_class)]
