"""Where a page goes on after a paper was asked for."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.http import AuthenticatedHttpRequest, redirect_to
from archive.models import Edition


def to_edition(request: AuthenticatedHttpRequest, asked: Edition) -> HttpResponse:
    """To the edition; whoever hoped for a new one is told why there is none."""
    if asked.is_issued:
        text = _("Already printed, nothing changed since: edition %(number)s.")
        messages.info(request, text % {"number": asked.number})
    return redirect_to(reverse("archive:edition", args=[asked.pk]))
