"""Add a pupil to a class by hand."""

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, is_key, redirect_to
from accounts.roles import Permission
from gradebook.actions.admission import ClassWithdrawn, PossibleDuplicate, add_pupil
from gradebook.actions.profiles import ProfileRefused
from gradebook.duplicates import TOLD_APART_BY
from gradebook.forms.profiles import ProfileForm
from gradebook.models import SchoolClass, Student
from gradebook.profile_fields import FIELDS
from gradebook.spreadsheets.ethnicities import GROUPS
from gradebook.years import YearClosed


@require_safe
@permission_required(Permission.MANAGE_PUPILS)
def form(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    today = f"{timezone.localdate():%d/%m/%Y}"
    empty = ProfileForm(keys=FIELDS)
    empty.initial.update(ethnicity=GROUPS[0], admitted_on=today)
    return _page(request, _load(request, pk), empty)


@require_POST
@permission_required(Permission.MANAGE_PUPILS)
def admit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    school_class = _load(request, pk)
    typed = ProfileForm(request.POST, keys=FIELDS)
    if not typed.is_valid():
        return _page(request, school_class, typed, status=422)
    answered = [int(each) for each in request.POST.getlist("different") if is_key(each)]
    try:
        enrolment = add_pupil(
            school_class=school_class,
            typed={key: typed.cleaned_data[key] for key in FIELDS},
            today=timezone.localdate(),
            different_from=answered,
            by=request.user,
        )
    except ProfileRefused as refused:
        typed.explain(refused)
    except PossibleDuplicate as duplicate:
        prefetch_related_objects(duplicate.known, *TOLD_APART_BY)
        return _page(request, school_class, typed, duplicate.known, status=422)
    except YearClosed:
        typed.add_error(None, _("The school year is closed."))
    except ClassWithdrawn:
        typed.add_error(None, _("This class was withdrawn meanwhile. Choose another."))
    else:
        messages.success(request, _("%(name)s is in the class.") % {"name": enrolment.student})
        return redirect_to(reverse("gradebook:pupil", args=[enrolment.pk]))
    return _page(request, school_class, typed, status=422)


def _page(
    request: AuthenticatedHttpRequest,
    school_class: SchoolClass,
    form: ProfileForm,
    known: list[Student] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"school_class": school_class, "form": form, "known": known or [], "groups": GROUPS}
    return render(request, "gradebook/pupil_add.html", context, status=status)


def _load(request: AuthenticatedHttpRequest, pk: int) -> SchoolClass:
    visible = SchoolClass.objects.visible_to(request.user).select_related("year")
    found: SchoolClass = get_object_or_404(visible, pk=pk)
    return found
