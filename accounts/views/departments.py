"""Departments and units of the school: everybody sees them, who sets up the year changes them (S0-08)."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import units
from accounts.decorators import permission_required
from accounts.forms.departments import REFUSALS, EndForm, HeadForm, MemberForm, NameForm
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import Department, Membership
from accounts.names import sort_key
from accounts.roles import Permission


@require_safe
def departments(request: AuthenticatedHttpRequest) -> HttpResponse:
    return _list(request, NameForm())


@require_POST
@permission_required(Permission.SET_UP_YEAR)
def found(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = NameForm(request.POST)
    if form.is_valid():
        try:
            made = units.found_department(name=form.cleaned_data["name"], by=request.user)
        except REFUSALS as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("%(name)s is founded. Add its members.") % {"name": made})
            return redirect_to(reverse("accounts:department", args=[made.pk]))
    return _list(request, form)


@require_safe
def department(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(Department, pk=pk))


@require_POST
@permission_required(Permission.SET_UP_YEAR)
def rename(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Department, pk=pk)
    form = NameForm(request.POST, prefix="rename")
    if form.is_valid():
        try:
            units.rename_department(department=unit, name=form.cleaned_data["name"], by=request.user)
        except REFUSALS as problem:
            form.refuse(problem)
        else:
            return _changed(request, unit, _("The department has its new name."))
    return _page(request, unit, rename=form)


@require_POST
@permission_required(Permission.SET_UP_YEAR)
def add(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Department, pk=pk)
    form = MemberForm(request.POST, department=unit)
    if form.is_valid():
        data = form.cleaned_data
        try:
            units.add_member(department=unit, user=data["person"], since=data["day"], by=request.user)
        except REFUSALS as problem:
            form.refuse(problem)
        else:
            return _changed(request, unit, _("%(name)s is a member now.") % {"name": data["person"]})
    return _page(request, unit, member=form)


@require_POST
@permission_required(Permission.SET_UP_YEAR)
def appoint(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Department, pk=pk)
    form = HeadForm(request.POST, department=unit)
    if form.is_valid():
        try:
            units.appoint_head(membership=form.membership, since=form.cleaned_data["day"], by=request.user)
        except REFUSALS as problem:
            form.refuse(problem)
        else:
            return _changed(request, unit, _("The department has its new head."))
    return _page(request, unit, head=form)


@require_POST
@permission_required(Permission.SET_UP_YEAR)
def end(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Department, pk=pk)
    form = EndForm(request.POST, department=unit)
    if form.is_valid():
        try:
            units.end_membership(membership=form.membership, until=form.cleaned_data["day"], by=request.user)
        except REFUSALS as problem:
            form.refuse(problem)
        else:
            return _changed(request, unit, _("The membership ends on the day you named."))
    return _page(request, unit, end=form)


def _changed(request: AuthenticatedHttpRequest, unit: Department, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect_to(reverse("accounts:department", args=[unit.pk]))


def _list(request: AuthenticatedHttpRequest, form: NameForm) -> HttpResponse:
    members = Membership.objects.on(timezone.localdate()).select_related("user")
    context = {
        "departments": Department.objects.prefetch_related(Prefetch("memberships", members)),
        "form": form if request.user.may(Permission.SET_UP_YEAR) else None,
    }
    return render(request, "accounts/departments.html", context, status=422 if form.errors else 200)


def _page(request: AuthenticatedHttpRequest, unit: Department, **posted: Any) -> HttpResponse:
    """The department with its forms; the one that was posted and refused as it was typed."""
    context = {
        "department": Department.objects.get(pk=unit.pk),  # not what a refused form made of it
        **_members(unit),
        "forms": _forms(unit) | posted if request.user.may(Permission.SET_UP_YEAR) else None,
    }
    refused = any(form.errors for form in posted.values())
    return render(request, "accounts/department.html", context, status=422 if refused else 200)


def _forms(unit: Department) -> dict[str, Any]:
    return {
        "member": MemberForm(department=unit),
        "head": HeadForm(department=unit),
        "end": EndForm(department=unit),
        "rename": NameForm(prefix="rename", initial={"name": unit.name}),
    }


def _members(unit: Department) -> dict[str, list[Membership]]:
    """Those of today and of later, the head first; and those of before, the latest first."""
    today = timezone.localdate()
    rows = list(unit.memberships.select_related("user"))
    standing = [row for row in rows if row.until is None or row.until >= today]
    return {
        "members": sorted(standing, key=lambda row: (not row.is_head, sort_key(row.user.full_name))),
        "former": sorted(
            (row for row in rows if row not in standing), key=lambda row: row.until, reverse=True
        ),
    }
