"""The certificate of a completed level: number and day."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest, posted, redirect_to
from accounts.roles import Permission
from transcripts.certificates import certificate_of, record_certificate
from transcripts.forms import CertificateForm
from transcripts.views import load_pupil


@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: AuthenticatedHttpRequest, enrolment: int) -> HttpResponse:
    """Of the level of this place."""
    pupil = load_pupil(request.user, enrolment)
    if not request.user.may(Permission.MANAGE_PUPILS):
        raise PermissionDenied
    level = pupil.school_class.level
    known = certificate_of(pupil.student, level.value)
    form = CertificateForm(posted(request), initial=model_to_dict(known) if known else None)
    if form.is_valid():
        record_certificate(student=pupil.student, level=level, by=request.user, **form.cleaned_data)
        messages.success(request, _("The certificate is recorded; the next printed transcript names it."))
        return redirect_to(reverse("transcripts:transcript", args=[pupil.pk]))
    context = {"pupil": pupil, "level": level, "form": form}
    return render(request, "transcripts/certificate.html", context, status=422 if form.errors else 200)
