"""The remarks of a class, week by week, and one remark with everything it ever said."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import User
from gradebook import policies
from gradebook.actions.remarks import (
    ChangedMeanwhile,
    NotWritten,
    change_remark,
    export_remarks,
    withdraw_remark,
    write_remarks,
)
from gradebook.forms.remarks import ChangeForm, SeenForm, WriteForm
from gradebook.layout import PERIODS_OF
from gradebook.models import Enrolment, Remark, SchoolClass
from gradebook.remark_pages import of_remark, of_week
from gradebook.views.workbooks import workbook
from gradebook.weeks import Weeks
from gradebook.years import YearClosed


@require_safe
def week(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    school_class = _load(request.user, pk)
    weeks = Weeks.of(school_class.year)
    return _page(request, school_class, weeks.chosen(request.GET.get("week", ""), timezone.localdate()))


@require_POST
def write(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    school_class = _load(request.user, pk)
    courses = list(policies.taught_courses(request.user, school_class).select_related("subject"))
    if not courses:
        raise PermissionDenied
    for course in courses:
        course.school_class = school_class
    form = WriteForm(request.POST, courses=courses, pupils=_pupils(school_class))
    if form.is_valid():
        try:
            written = write_remarks(**form.asked, by=request.user, today=timezone.localdate())
        except (NotWritten, YearClosed) as problem:
            form.refuse(problem)
        else:
            _say_written(request, len(written))
            return redirect_to(_address(school_class.pk, form.cleaned_data["week"]))
    today = timezone.localdate()
    chosen = Weeks.of(school_class.year).chosen(request.POST.get("week", ""), today)
    return _page(request, school_class, chosen, form)


@require_POST
def export(request: AuthenticatedHttpRequest, pk: int, semester: int) -> HttpResponse:
    school_class = _load(request.user, pk)
    number = semester if semester in PERIODS_OF else 1
    content = export_remarks(school_class=school_class, semester=number, by=request.user)
    return workbook(content, f"Nhận xét hằng tuần {school_class.name} HK{'I' * number}.xlsx")


@require_safe
def remark(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _remark(request, _visible(request.user, pk))


@require_POST
def change(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = _own(request.user, pk)
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return _remark(request, found, form, status=422)
    try:
        change_remark(remark=found, words=form.words, seen=form.cleaned_data["version"], by=request.user)
    except ChangedMeanwhile as conflict:
        return _conflict(request, found, conflict.current)
    except (NotWritten, YearClosed) as problem:
        form.refuse(problem)
        return _remark(request, found, form, status=422)
    messages.success(request, _("The remark is changed."))
    return redirect_to(_address(found.school_class_id, found.week))


@require_POST
def withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = _own(request.user, pk)
    seen = SeenForm(request.POST)
    if not seen.is_valid():
        return _remark(request, found, status=422)
    try:
        withdraw_remark(remark=found, seen=seen.cleaned_data["version"], by=request.user)
    except ChangedMeanwhile:
        messages.error(
            request, _("The remark was changed or withdrawn meanwhile; this is how it stands now.")
        )
        return _remark(request, _visible(request.user, pk), status=409)
    except (NotWritten, YearClosed) as problem:
        form = ChangeForm(_standing(found))
        form.is_valid()
        form.refuse(problem)
        return _remark(request, found, form, status=422)
    messages.success(request, _("The remark is withdrawn."))
    return redirect_to(_address(found.school_class_id, found.week))


def _conflict(request: AuthenticatedHttpRequest, found: Remark, current: Remark) -> HttpResponse:
    """Both texts: what stands now, and in the form what was typed. Sent again it replaces what was shown."""
    typed = request.POST.copy()
    typed["version"] = str(current.version)
    return _remark(request, _visible(request.user, found.pk), ChangeForm(typed), conflict=True, status=409)


def _standing(remark: Remark) -> dict[str, object]:
    return {"kind": remark.kind, "text": remark.text, "version": remark.version}


def _remark(
    request: AuthenticatedHttpRequest,
    found: Remark,
    form: ChangeForm | None = None,
    *,
    conflict: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = of_remark(found, request.user)
    context |= {"form": form or ChangeForm(initial=_standing(found)), "conflict": conflict}
    return render(request, "gradebook/remark.html", context, status=status)


def _page(
    request: AuthenticatedHttpRequest, school_class: SchoolClass, chosen: date, form: WriteForm | None = None
) -> HttpResponse:
    context = of_week(school_class, chosen, request.user, timezone.localdate())
    if form is None and context["courses"]:
        initial = {"week": chosen, "course": context["first_course"]}
        form = WriteForm(initial=initial, courses=context["courses"], pupils=_pupils(school_class))
    context |= {"form": form}
    return render(request, "gradebook/remarks.html", context, status=422 if form and form.errors else 200)


def _say_written(request: AuthenticatedHttpRequest, count: int) -> None:
    if count:
        text = ngettext("%(count)d remark written.", "%(count)d remarks written.", count) % {"count": count}
        messages.success(request, text)
    else:
        messages.info(request, _("This remark stands there already."))


def _address(school_class: int, week: date) -> str:
    return reverse("gradebook:remarks", args=[school_class], query={"week": week.isoformat()})


def _load(user: User, pk: int) -> SchoolClass:
    visible = SchoolClass.objects.visible_to(user).select_related("year")
    found: SchoolClass = get_object_or_404(visible, pk=pk)
    return found


def _pupils(school_class: SchoolClass) -> list[Enrolment]:
    return list(school_class.enrolments.on_roll().in_list_order())


def _visible(user: User, pk: int) -> Remark:
    rows = Remark.objects.visible_to(user).with_what_is_shown()
    found: Remark = get_object_or_404(rows.readable_by(user), pk=pk)
    return found


def _own(user: User, pk: int) -> Remark:
    found = _visible(user, pk)
    if found.written_by_id != user.pk:
        raise PermissionDenied
    return found
