"""Confirm columns against the own book, and how far a class is with it."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, redirect_to
from gradebook import policies
from gradebook.actions.confirmations import NotConfirmed, confirm_columns
from gradebook.confirmations import read_class
from gradebook.forms.confirmations import ConfirmForm
from gradebook.models import Course, Period, SchoolClass
from gradebook.years import YearClosed

REFUSED = {
    "nothing-chosen": gettext_lazy("No column was chosen."),
    "empty": gettext_lazy("%(column)s has no value yet: there is nothing to confirm."),
    "stale": gettext_lazy(
        "Somebody else changed %(column)s after you opened the sheet. Nothing was confirmed: look at it once more."
    ),
}


@require_POST
def confirm(request: AuthenticatedHttpRequest, pk: int, semester: int) -> HttpResponse:
    course = _course(request, pk)
    if not policies.may_enter_marks(request.user, course):
        raise PermissionDenied
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    _confirm(request, course, form)
    return redirect_to(reverse("gradebook:marks", args=[pk, semester]) + "#checks")


def _confirm(request: AuthenticatedHttpRequest, course: Course, form: ConfirmForm) -> None:
    try:
        done = confirm_columns(course=course, by=request.user, **form.cleaned_data)
    except NotConfirmed as refused:
        messages.error(request, str(REFUSED[refused.code]) % {"column": refused.column})
    except YearClosed:
        messages.error(request, _("The school year is closed; the principal has to reopen it first."))
    else:
        text = ngettext("%(count)d column confirmed.", "%(count)d columns confirmed.", len(done))
        messages.success(request, text % {"count": len(done)})


@require_safe
def class_confirmations(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """For the leaders and the homeroom teacher: who has confirmed what (S0-46, S1-51, S3-43)."""
    visible = SchoolClass.objects.whole_book_visible_to(request.user).select_related(
        "year", "homeroom_teacher"
    )
    school_class = get_object_or_404(visible, pk=pk)
    context = {
        "school_class": school_class,
        "courses": read_class(school_class),
        "periods": [label for code, label in Period.Code.choices if code != Period.Code.HE],
    }
    return render(request, "gradebook/class_confirmations.html", context)


def _course(request: AuthenticatedHttpRequest, pk: int) -> Course:
    courses = Course.objects.visible_to(request.user).select_related("subject", "school_class__year")
    course: Course = get_object_or_404(courses, pk=pk)
    return course
