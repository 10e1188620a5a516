"""A pupil's year over all subjects, and the editions issued of it."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.roles import Permission
from gradebook.labels import labels_of
from gradebook.models import Enrolment, Outcome
from transcripts.actions import Incomplete, NothingNew, issue_transcript
from transcripts.models import Transcript
from transcripts.payload import fingerprint, payload_of


@require_safe
def transcript(request: AuthenticatedHttpRequest, enrolment: int) -> HttpResponse:
    pupil = _load(request, enrolment)
    payload = payload_of(pupil)
    editions = Transcript.objects.filter(enrolment=pupil).select_related("issued_by").order_by("-number")
    context = {
        "pupil": pupil,
        **_shown(json.loads(payload)),
        "editions": editions,
        "fingerprint": fingerprint(payload),
        "may_issue": request.user.may(Permission.ISSUE_TRANSCRIPT),
    }
    return render(request, "transcripts/transcript.html", context)


@require_safe
def edition(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """An issued edition as it was issued, whatever the records say today."""
    visible = Transcript.objects.visible_to(request.user).select_related(
        "enrolment__student", "enrolment__school_class", "issued_by", "superseded_by"
    )
    issued = get_object_or_404(visible, pk=pk)
    content = json.loads(issued.payload)
    intact = fingerprint(issued.payload) == issued.fingerprint
    context = {"edition": issued, "content": content, "intact": intact, **_shown(content)}
    return render(request, "transcripts/edition.html", context)


@require_POST
@permission_required(Permission.ISSUE_TRANSCRIPT)
def issue(request: AuthenticatedHttpRequest, enrolment: int) -> HttpResponse:
    pupil = _load(request, enrolment)
    try:
        issued = issue_transcript(enrolment=pupil, by=request.user)
    except Incomplete as incomplete:
        text = _("Not issued. The year has no result yet in: %(subjects)s.")
        messages.error(request, text % {"subjects": ", ".join(incomplete.subjects)})
    except NothingNew:
        messages.info(request, _("Nothing changed since the last edition."))
    else:
        messages.success(request, _("Edition %(number)d issued.") % {"number": issued.number})
    return redirect_to(reverse("transcripts:transcript", args=[pupil.pk]))


def _shown(content: dict[str, Any]) -> dict[str, Any]:
    """The book with the words of its scheme, and where its pupil goes; editions of version 1 do not say that."""
    book = content["book"]
    code = book["summary"][0].get("outcome", "")
    outcome = Outcome(code).label if code else ""
    return {"book": book, "labels": labels_of(content["scheme"]), "outcome": outcome}


def _load(request: AuthenticatedHttpRequest, pk: int) -> Enrolment:
    visible = Enrolment.objects.whole_record_visible_to(request.user)
    pupil: Enrolment = get_object_or_404(visible.select_related("student", "school_class__year"), pk=pk)
    return pupil
