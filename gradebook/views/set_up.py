"""Setting up a year: where it stands, the school, and the calendar."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, posted, redirect_to
from accounts.roles import Permission
from gradebook.actions.school import describe_school, open_year, set_calendar
from gradebook.forms.set_up import CalendarForm, SchoolForm, YearDatesForm
from gradebook.models import School, SchoolYear
from gradebook.set_up.checks import missing, read_checks
from gradebook.set_up.facts import proposed_dates, school_changes
from gradebook.set_up.steps import read_steps
from gradebook.year_dates import BadDates
from gradebook.years import YearClosed, chosen_year, years


def load_year(name: str) -> SchoolYear:
    year: SchoolYear = get_object_or_404(SchoolYear, name=name)
    return year


def grades_of(year: SchoolYear) -> list[int]:
    return sorted(set(year.classes.values_list("grade", flat=True)))


def page(
    request: AuthenticatedHttpRequest,
    template: str,
    step: str,
    year: SchoolYear | None,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page of the set-up with its steps; a closed year is shown, and not changed."""
    checks = read_checks(year) if year else []
    context |= {
        "year": year,
        "is_closed": year is not None and not year.is_open,
        "steps": read_steps(year, checks, step),
        "checks": [check for check in checks if check.step == step],
    }
    return render(request, f"gradebook/set_up/{template}.html", context, status=status)


def refuse_closed(request: AuthenticatedHttpRequest, address: str, *args: Any) -> HttpResponse:
    messages.error(request, _("Nothing was changed: the school year is closed."))
    return redirect_to(reverse(f"gradebook:{address}", args=args))


@require_safe
@permission_required(Permission.SET_UP_YEAR)
def overview(request: AuthenticatedHttpRequest) -> HttpResponse:
    found = years()
    year = chosen_year(request, found)
    checks = read_checks(year) if year else []
    context = {
        "year": year,
        "years": found,
        "steps": read_steps(year, checks, ""),
        "missing": missing(checks),
        "advice": [check for check in checks if check.is_advice and not check.is_fine],
        "fine": [check for check in checks if check.is_fine],
    }
    return render(request, "gradebook/set_up/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.SET_UP_YEAR)
def school(request: AuthenticatedHttpRequest) -> HttpResponse:
    standing = get_object_or_404(School)
    form = SchoolForm(posted(request), initial=model_to_dict(standing))
    if form.is_valid():
        describe_school(**form.cleaned_data, by=request.user)
        messages.success(request, _("The school's facts are saved."))
        return redirect_to(reverse("gradebook:set_up_school"))
    status = 422 if form.is_bound else 200
    changes = school_changes()
    return page(request, "school", "school", chosen_year(request), status=status, form=form, changes=changes)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.SET_UP_YEAR)
def new_year(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = YearDatesForm(posted(request), initial=asdict(proposed_dates()))
    if form.is_valid():
        try:
            year = open_year(name=form.dates.name, **form.cleaned_data, by=request.user)
        except BadDates as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("The school year %(year)s is open.") % {"year": year})
            return redirect_to(reverse("gradebook:set_up_calendar", args=[year.name]))
    return page(request, "new_year", "year", None, status=422 if form.is_bound else 200, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.SET_UP_YEAR)
def calendar(request: AuthenticatedHttpRequest, name: str) -> HttpResponse:
    year = load_year(name)
    form = CalendarForm(posted(request), year=year)
    if form.is_valid():
        try:
            set_calendar(year=year, calendar=form.calendar, by=request.user)
        except BadDates as problem:
            form.refuse(problem)
        except YearClosed:
            return refuse_closed(request, "set_up_calendar", name)
        else:
            messages.success(request, _("The calendar is saved."))
            return redirect_to(reverse("gradebook:set_up_calendar", args=[name]))
    return page(request, "calendar", "year", year, status=422 if form.is_bound else 200, form=form)
