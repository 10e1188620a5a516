"""Pupils who may be one child, for a person to look at."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.roles import Permission
from gradebook.actions.admission import answer_different
from gradebook.duplicates import possible_duplicates
from gradebook.forms.duplicates import PairForm
from gradebook.models import Student


@require_safe
@permission_required(Permission.MANAGE_PUPILS)
def duplicates(request: AuthenticatedHttpRequest) -> HttpResponse:
    return render(request, "gradebook/duplicates.html", {"pairs": possible_duplicates()})


@require_POST
@permission_required(Permission.MANAGE_PUPILS)
def different(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = PairForm(request.POST)
    if not form.is_valid():
        return render(request, "gradebook/duplicates.html", {"pairs": possible_duplicates()}, status=422)
    first, second = (get_object_or_404(Student, pk=pk) for pk in form.pair)
    answer_different(first=first, second=second, by=request.user)
    messages.success(request, _("Remembered: two different children."))
    return redirect_to(reverse("gradebook:duplicates"))
