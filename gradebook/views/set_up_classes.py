"""Setting up a year: its classes."""

from django.contrib import messages
from django.db.models import Count, Q
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.roles import Permission
from gradebook.actions.classes import (
    ClassInUse,
    NameTaken,
    add_classes,
    copy_classes,
    rename_class,
    withdraw_class,
)
from gradebook.class_names import BadName
from gradebook.forms.set_up import BAD_NAMES, ClassNamesForm, CopyClassesForm, RenameForm
from gradebook.models import SchoolClass, SchoolYear
from gradebook.views.set_up import load_year, page, refuse_closed
from gradebook.years import YearClosed


@require_safe
@permission_required(Permission.SET_UP_YEAR)
def classes(request: AuthenticatedHttpRequest, name: str) -> HttpResponse:
    year = load_year(name)
    return _page(request, year, ClassNamesForm(), CopyClassesForm(year=year))


@require_POST
@permission_required(Permission.SET_UP_YEAR)
def add(request: AuthenticatedHttpRequest, name: str) -> HttpResponse:
    year = load_year(name)
    form = ClassNamesForm(request.POST)
    if form.is_valid():
        try:
            opened = add_classes(year=year, names=form.cleaned_data["names"], by=request.user)
        except NameTaken as problem:
            text = _("The year has these classes already: %(names)s.")
            form.add_error("names", text % {"names": ", ".join(problem.names)})
        except YearClosed:
            return refuse_closed(request, "set_up_classes", name)
        else:
            return _added(request, year, len(opened))
    return _page(request, year, form, CopyClassesForm(year=year), status=422)


@require_POST
@permission_required(Permission.SET_UP_YEAR)
def copy(request: AuthenticatedHttpRequest, name: str) -> HttpResponse:
    year = load_year(name)
    form = CopyClassesForm(request.POST, year=year)
    if not form.is_valid():
        return _page(request, year, ClassNamesForm(), form, status=422)
    try:
        opened = copy_classes(year=year, **form.cleaned_data, by=request.user)
    except YearClosed:
        return refuse_closed(request, "set_up_classes", name)
    return _added(request, year, len(opened))


@require_POST
@permission_required(Permission.SET_UP_YEAR)
def rename(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    school_class = _load(request, pk)
    form = RenameForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["name"])))
        return _back(school_class.year)
    before = school_class.name
    try:
        renamed = rename_class(school_class=school_class, name=form.cleaned_data["name"], by=request.user)
    except BadName as problem:
        messages.error(request, BAD_NAMES[problem.code] % {"name": problem.text})
    except NameTaken:
        messages.error(request, _("The year has a class of this name already."))
    except (ClassInUse, YearClosed):
        messages.error(request, _("Nothing was changed: the class has pupils, or its year is closed."))
    else:
        text = _("Class %(before)s is now called %(name)s.")
        messages.success(request, text % {"before": before, "name": renamed.name})
    return _back(school_class.year)


@require_POST
@permission_required(Permission.SET_UP_YEAR)
def withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    school_class = _load(request, pk)
    try:
        withdraw_class(school_class=school_class, by=request.user)
    except (ClassInUse, YearClosed):
        messages.error(request, _("Nothing was changed: the class has pupils, or its year is closed."))
    else:
        messages.success(request, _("Class %(name)s is withdrawn.") % {"name": school_class.name})
    return _back(school_class.year)


def _load(request: AuthenticatedHttpRequest, pk: int) -> SchoolClass:
    visible = SchoolClass.objects.visible_to(request.user).select_related("year")
    school_class: SchoolClass = get_object_or_404(visible, pk=pk)
    return school_class


def _added(request: AuthenticatedHttpRequest, year: SchoolYear, count: int) -> HttpResponse:
    text = ngettext("%(count)d class was added.", "%(count)d classes were added.", count)
    messages.success(request, text % {"count": count})
    return _back(year)


def _back(year: SchoolYear) -> HttpResponse:
    return redirect_to(reverse("gradebook:set_up_classes", args=[year.name]))


def _page(
    request: AuthenticatedHttpRequest,
    year: SchoolYear,
    form: Form,
    copy_form: CopyClassesForm,
    status: int = 200,
) -> HttpResponse:
    rows = year.classes.select_related("homeroom_teacher").annotate(
        pupils=Count("enrolments", filter=Q(enrolments__status="enrolled"), distinct=True),
        ever=Count("enrolments", distinct=True),
        subjects=Count(
            "courses", filter=Q(courses__is_withdrawn=False) & ~Q(courses__kind="homeroom"), distinct=True
        ),
    )
    rows = rows.order_by("grade", "name")  # what is counted loses the order of the model
    may_copy = copy_form.fields["source"].queryset.exists()  # type: ignore[attr-defined]
    context = {"form": form, "copy_form": copy_form if may_copy else None, "rows": rows}
    return page(request, "classes", "classes", year, status=status, **context)
