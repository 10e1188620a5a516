"""The sheet of a month: see it, fill it in, close it, take its totals over, reopen it."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, redirect_to
from gradebook import policies
from gradebook.actions.attendance import save_attendance
from gradebook.actions.attendance_months import (
    AlreadyClosed,
    ClosedMonth,
    NotCalled,
    NotClosed,
    NotOver,
    close_month,
    reopen_month,
    take_over,
)
from gradebook.attendance_rules import first_of, months
from gradebook.attendance_totals import compare
from gradebook.attendance_words import day_text
from gradebook.forms.attendance import (
    ReopenForm,
    parse_month,
    posted_calls,
    posted_cells,
    posted_versions,
)
from gradebook.layout import PERIODS_OF
from gradebook.models import Course, SchoolClass
from gradebook.views.attendance import load_class
from gradebook.views.attendance_page import Filled, month_page


@require_safe
def month(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    school_class = load_class(request, pk)
    return month_page(request, school_class, asked_month(request.GET.get("month", ""), school_class))


@require_POST
def save_month(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    school_class, first_day = _kept(request, pk)
    origin = "month-file" if request.POST.get("from_file") else "month"
    outcome = save_attendance(
        school_class=school_class,
        edits=posted_cells(request.POST),
        calls=posted_calls(request.POST),
        by=request.user,
        origin=origin,
    )
    if outcome.saved:
        count = len(outcome.saved)
        text = ngettext("%(count)d half-day saved.", "%(count)d half-days saved.", count)
        messages.success(request, text % {"count": count})
    if outcome.called:
        count = len(outcome.called)
        text = ngettext("%(count)d roll call noted.", "%(count)d roll calls noted.", count)
        messages.success(request, text % {"count": count})
    if outcome.refused or outcome.not_called:
        return month_page(request, school_class, first_day, Filled(outcome=outcome))
    if not (outcome.saved or outcome.called):
        messages.info(request, _("Nothing was changed."))
    return redirect_to(month_url(school_class, first_day))


@require_POST
def close(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    school_class, first_day = _kept(request, pk)
    confirmed = "without_call" in request.POST
    try:
        closed = close_month(
            school_class=school_class, first_day=first_day, by=request.user, without_call=confirmed
        )
    except NotOver:
        messages.error(request, _("A month is closed from its last day on."))
    except AlreadyClosed:
        messages.error(request, _("This month is closed already."))
    except NotCalled as missing:
        text = _("These days have no roll call: %(days)s. Confirm them first.")
        messages.error(request, text % {"days": ", ".join(map(day_text, missing.days))})
    else:
        messages.success(request, _closed_text(closed))
    return redirect_to(month_url(school_class, first_day))


@require_POST
def reopen(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    school_class = load_class(request, pk)
    if not policies.may_reopen_attendance(request.user):
        raise PermissionDenied
    first_day = asked_month(request.POST.get("month", ""), school_class)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return month_page(request, school_class, first_day, Filled(reopening=form))
    try:
        reopen_month(
            school_class=school_class,
            first_day=first_day,
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
    except NotClosed:
        messages.error(request, _("This month is open already."))
    else:
        messages.success(request, _("The month is open again. Who reopened it and why is recorded."))
    return redirect_to(month_url(school_class, first_day))


@require_safe
def totals(request: AuthenticatedHttpRequest, pk: int, semester: int) -> HttpResponse:
    """The homeroom sheet beside the roll: what taking over would change."""
    school_class = load_class(request, pk)
    if semester not in PERIODS_OF or not _reads_whole(request, pk):
        raise Http404
    context = {
        "school_class": school_class,
        "comparison": compare(school_class, semester),
        "roman": "I" * semester,
        "may_write": policies.may_keep_attendance(request.user, school_class),
    }
    return render(request, "gradebook/attendance_totals.html", context)


@require_POST
def take(request: AuthenticatedHttpRequest, pk: int, semester: int) -> HttpResponse:
    school_class = load_class(request, pk)
    if semester not in PERIODS_OF:
        raise Http404
    if not policies.may_keep_attendance(request.user, school_class):
        raise PermissionDenied
    outcome = take_over(
        school_class=school_class, semester=semester, versions=posted_versions(request.POST), by=request.user
    )
    count = len(outcome.saved)
    text = ngettext("%(count)d cell taken over.", "%(count)d cells taken over.", count) % {"count": count}
    messages.success(request, text)
    if count := len(outcome.refused):
        text = ngettext(
            "%(count)d cell was not taken over: the sheet is locked, or somebody changed it meanwhile.",
            "%(count)d cells were not taken over: the sheet is locked, or somebody changed them meanwhile.",
            count,
        )
        messages.error(request, text % {"count": count})
    return redirect_to(_taken_from(request, school_class, semester))


def _taken_from(request: AuthenticatedHttpRequest, school_class: SchoolClass, semester: int) -> str:
    """Back to the homeroom sheet, where the totals were taken on it."""
    sheet = school_class.courses.filter(kind=Course.Kind.HOMEROOM).first()
    if sheet is not None and request.POST.get("back") == "sheet":
        return reverse("gradebook:marks", args=[sheet.pk, semester])
    return reverse("gradebook:attendance_totals", args=[school_class.pk, semester])


def month_url(school_class: SchoolClass, first_day: date) -> str:
    return reverse("gradebook:attendance", args=[school_class.pk], query={"month": f"{first_day:%Y-%m}"})


def asked_month(text: str, school_class: SchoolClass) -> date:
    """The month asked for, where the year has it; else the current one, or the nearest."""
    year = school_class.year
    known = list(months(year.starts_on, year.ends_on))
    asked = parse_month(text) or first_of(timezone.localdate())
    return min(max(asked, known[0]), known[-1])


def _kept(request: AuthenticatedHttpRequest, pk: int) -> tuple[SchoolClass, date]:
    """The class and month of a form that only the homeroom teacher sends."""
    school_class = load_class(request, pk)
    if not policies.may_keep_attendance(request.user, school_class):
        raise PermissionDenied
    return school_class, asked_month(request.POST.get("month", ""), school_class)


def _reads_whole(request: AuthenticatedHttpRequest, pk: int) -> bool:
    return bool(SchoolClass.objects.whole_book_visible_to(request.user).filter(pk=pk).exists())


def _closed_text(closed: ClosedMonth) -> str:
    text = _("Month %(month)s is closed.") % {"month": date_format(closed.month.first_day, "m/Y")}
    taken = sum(len(outcome.saved) for outcome in closed.taken.values())
    if not taken:
        return text
    return text + " " + _("Taken over to the homeroom sheet: %(count)d cells.") % {"count": taken}
