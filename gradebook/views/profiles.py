"""How complete the profiles are: the board of the school, and the table in which a class is finished."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import User
from accounts.roles import Permission
from gradebook import policies
from gradebook.actions.profiles import fill_profiles
from gradebook.completeness import DEMANDS, read_progress, with_lacks
from gradebook.forms.class_profiles import Row, missing_rows, posted_rows, typed_in
from gradebook.models import SchoolClass
from gradebook.models.roster import EnrolmentQuerySet
from gradebook.spreadsheets.ethnicities import GROUPS
from gradebook.years import chosen_year, years


@require_safe
@permission_required(Permission.READ_SCHOOL)
def board(request: AuthenticatedHttpRequest) -> HttpResponse:
    year = chosen_year(request)
    context = {
        "year": year,
        "years": years(),
        "rows": read_progress(year),
        "demands": [demand.label for demand in DEMANDS.values()],
    }
    return render(request, "gradebook/profiles.html", context)


@require_safe
def class_profiles(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _page(request, _load(request.user, pk), {})


@require_POST
def save_class(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    school_class = _load(request.user, pk)
    if not policies.may_fill_profiles(request.user, school_class):
        raise PermissionDenied
    rows = posted_rows(_pupils(school_class), request.POST)
    typed = typed_in(rows)
    students = {pk: rows[pk].enrolment.student for pk in typed}
    problems = fill_profiles(students=students, typed=typed, by=request.user)
    for number, problem in problems.items():
        rows[number].explain(problem)
    saved = len(typed) - len(problems)
    if saved:
        text = ngettext("%(count)d profile saved.", "%(count)d profiles saved.", saved)
        messages.success(request, text % {"count": saved})
    if refused := {number: row for number, row in rows.items() if row.form.errors or row.conflicts}:
        return _page(request, school_class, refused, status=422)
    return redirect_to(reverse("gradebook:class_profiles", args=[pk]))


def _page(
    request: AuthenticatedHttpRequest,
    school_class: SchoolClass,
    refused: Mapping[int, Row],
    status: int = 200,
) -> HttpResponse:
    """The pupils whose profiles lack something; those just refused with what was typed."""
    pupils = list(with_lacks(_pupils(school_class)))
    missing = {row.enrolment.pk: row for row in missing_rows(pupils)}
    rows = {**missing, **refused}
    context = {
        "school_class": school_class,
        "rows": [rows[pupil.pk] for pupil in pupils if pupil.pk in rows],
        "total": len(pupils),
        "complete": len(pupils) - len(missing),
        "demands": [demand.label for demand in DEMANDS.values()],
        "groups": GROUPS,
        "refused": len(refused),
        "deadline": policies.profile_deadline(school_class),
        "may_fill": policies.may_fill_profiles(request.user, school_class),
    }
    return render(request, "gradebook/class_profiles.html", context, status=status)


def _pupils(school_class: SchoolClass) -> EnrolmentQuerySet:
    pupils: EnrolmentQuerySet = school_class.enrolments.on_roll().in_list_order()
    return pupils


def _load(user: User, pk: int) -> SchoolClass:
    visible = SchoolClass.objects.whole_book_visible_to(user).select_related("year", "homeroom_teacher")
    found: SchoolClass = get_object_or_404(visible, pk=pk)
    return found
