"""Who sits on the board of the electronic records, and whom to ask for what."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, posted, redirect_to
from accounts.roles import Permission
from gradebook.actions.board import NotAppointed, NotEnded, appoint, end_seat
from gradebook.forms.board import EndForm, SeatForm
from gradebook.models import BoardMember
from gradebook.years import YearClosed

ORDER = [choice.value for choice in BoardMember.Position]


@require_safe
def board(request: AuthenticatedHttpRequest) -> HttpResponse:
    today = timezone.localdate()
    rows = list(BoardMember.objects.select_related("user", "decision").order_by("since", "pk"))
    former = [row for row in rows if row.until and row.until < today]
    seated = sorted((row for row in rows if row not in former), key=lambda row: ORDER.index(row.position))
    context = {
        "seated": seated,
        "former": former[::-1],
        "today": today,
        "may_appoint": request.user.may(Permission.ISSUE_DECISIONS),
    }
    return render(request, "gradebook/board.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.ISSUE_DECISIONS)
def seat(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = SeatForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            member = appoint(**form.cleaned_data, by=request.user)
        except NotAppointed as problem:
            form.refuse(problem)
        except YearClosed:
            form.add_error(None, _("The school year is closed."))
        else:
            messages.success(request, _("%(name)s sits on the board.") % {"name": member.user})
            return redirect_to(reverse("gradebook:board"))
    context = {"form": form, "title": _("Appoint to the board")}
    return render(request, "gradebook/board_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.ISSUE_DECISIONS)
def end(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(BoardMember.objects.select_related("user"), pk=pk)
    form = EndForm(posted(request), initial={"until": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            end_seat(member=member, until=form.cleaned_data["until"], by=request.user)
        except NotEnded as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("The seat of %(name)s is ended.") % {"name": member.user})
            return redirect_to(reverse("gradebook:board"))
    context = {"form": form, "title": _("End the seat of %(name)s") % {"name": member.user}}
    return render(request, "gradebook/board_form.html", context, status=422 if form.errors else 200)
