"""The register of pupils: its lines, its numbers, its print."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.roles import Permission
from gradebook import policies, register
from gradebook.actions.register import (
    LARGEST_VOLUME,
    NothingToPrint,
    RegisterChanged,
    TooMuchToPrint,
    number_pupils,
    print_register,
)
from gradebook.downloads import private_file
from gradebook.forms.register import FirstNumberForm, PrintForm, RegisterForm
from gradebook.register_print import render_register

PAGE_SIZE = 50


@require_safe
@permission_required(Permission.READ_SCHOOL)
def page(request: AuthenticatedHttpRequest) -> HttpResponse:
    return _page(request, RegisterForm(request.GET))


@require_POST
@permission_required(Permission.READ_SCHOOL)
def print_part(request: AuthenticatedHttpRequest) -> HttpResponse:
    if not policies.may_print_register(request.user):
        raise PermissionDenied
    form = PrintForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    paper = form.cleaned_data["paper"]
    try:
        lines = print_register(**form.part, paper=paper, by=request.user)
    except NothingToPrint:
        form.add_error(None, _("No line of the register is in this part."))
        return _page(request, form, status=422)
    except TooMuchToPrint:
        text = _("A volume holds at most %(limit)d lines. Choose a smaller range of numbers.")
        form.add_error(None, text % {"limit": LARGEST_VOLUME})
        return _page(request, form, status=422)
    content = render_register(lines, paper=paper, printed_by=str(request.user), at=timezone.localtime())
    name = f"so-dang-bo-{lines[0].number}-{lines[-1].number}.pdf"
    return private_file(content, name=name, content_type="application/pdf")


@require_safe
@permission_required(Permission.MANAGE_PUPILS)
def numbering(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Who would get which number. The first one is asked for only while the register is empty."""
    is_empty = not register.last_number()
    form = FirstNumberForm(request.GET if "first" in request.GET else {"first": "1"})
    first = form.cleaned_data["first"] if form.is_valid() else 1
    candidates = register.unnumbered(first)
    context = {
        "form": form if is_empty else None,
        "first": first,
        "candidates": candidates,
        "seen": register.fingerprint(candidates),
    }
    return render(request, "gradebook/register_numbering.html", context)


@require_POST
@permission_required(Permission.MANAGE_PUPILS)
def number(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = FirstNumberForm(request.POST)
    try:
        if not form.is_valid():
            raise RegisterChanged
        count = number_pupils(
            first=form.cleaned_data["first"], seen=request.POST.get("seen", ""), by=request.user
        )
    except RegisterChanged:
        messages.error(request, _("Nothing was numbered: the list has changed. Look at it once more."))
        return redirect_to(reverse("gradebook:register_numbering"))
    text = ngettext("%(count)d pupil has a number now.", "%(count)d pupils have a number now.", count)
    messages.success(request, text % {"count": count})
    return redirect_to(reverse("gradebook:register"))


def _page(request: AuthenticatedHttpRequest, form: RegisterForm, status: int = 200) -> HttpResponse:
    part = form.part if form.is_valid() else {}
    found = register.registered(**part)
    shown = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": shown,
        "lines": register.read_lines(found[max(shown.start_index() - 1, 0) : shown.end_index()]),
        "count": shown.paginator.count,
        "largest": LARGEST_VOLUME,
        "part": part,
        "may_print": policies.may_print_register(request.user),
        "may_number": request.user.may(Permission.MANAGE_PUPILS),
    }
    return render(request, "gradebook/register.html", context, status=status)
