"""Ask for a change of a closed profile; the dossier's own pages are those of every request."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import User
from corrections.dossiers import NotAccepted
from corrections.forms import ProfileRequestForm
from corrections.impasse import who_would_decide
from corrections.profile_requests import submit_profile
from corrections.sentences import reason
from gradebook import policies
from gradebook.actions.profiles import ProfileChanged, ProfileRefused
from gradebook.attachments import BadFile
from gradebook.models import Enrolment
from gradebook.profile_fields import FIELDS, Profile
from gradebook.spreadsheets.ethnicities import GROUPS
from gradebook.years import current_year


@require_http_methods(["GET", "HEAD", "POST"])
def new_profile(request: AuthenticatedHttpRequest, enrolment: int) -> HttpResponse:
    pupil = _load(request.user, enrolment)
    if request.method != "POST":
        profile = Profile(pupil.student)
        filled = [key for key in FIELDS if profile.text(key)]
        return _page(request, pupil, ProfileRequestForm(keys=filled, profile=profile))
    form = ProfileRequestForm(
        request.POST, request.FILES, keys=[key for key in FIELDS if key in request.POST]
    )
    if not form.is_valid():
        return _page(request, pupil, form, status=422)
    try:
        correction = submit_profile(student=pupil.student, **form.asked, by=request.user)
    except (ProfileRefused, NotAccepted, BadFile) as refused:
        form.explain(refused)
        return _page(request, pupil, form, status=422)
    except ProfileChanged as changed:
        return _page(request, pupil, form, form.show_changed(changed), status=409)
    messages.success(request, _("Request %(number)s is handed in.") % {"number": correction.reference})
    return redirect_to(reverse("corrections:dossier", args=[correction.pk]))


def _page(
    request: AuthenticatedHttpRequest,
    pupil: Enrolment,
    form: ProfileRequestForm,
    conflicts: list[dict[str, Any]] | None = None,
    status: int = 200,
) -> HttpResponse:
    is_free = policies.profile_is_free(pupil.student, timezone.localdate())
    context = {
        "pupil": pupil,
        "form": form,
        "conflicts": conflicts or [],
        "groups": GROUPS,
        **who_would_decide(request.user, {"student": pupil.student}, current_year()),
        "obstacle": reason("profile-open") if is_free else "",
    }
    return render(request, "corrections/new_profile.html", context, status=status)


def _load(user: User, pk: int) -> Enrolment:
    """404 for a pupil one may not know of, 403 for one whose profile somebody else keeps."""
    visible = Enrolment.objects.visible_to(user).select_related("student", "school_class")
    pupil: Enrolment = get_object_or_404(visible, pk=pk)
    if not policies.may_edit_profile(user, pupil.student):
        raise PermissionDenied
    return pupil
