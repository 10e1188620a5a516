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
from accounts.models import User
from accounts.roles import Permission
from gradebook.labels import labels_of
from gradebook.models import Enrolment, Level
from gradebook.outcomes import outcome_words
from transcripts import wording
from transcripts.actions import (
    NothingNew,
    NotReady,
    WithdrawnAlready,
    issue_transcript,
    withdraw_transcript,
)
from transcripts.certificates import certificate_of
from transcripts.forms import WithdrawalForm
from transcripts.models import ReceivedTranscript, Transcript
from transcripts.payload import fingerprint
from transcripts.readiness import read_pupil

LAST_GRADES = {level.grades[-1] for level in Level}


@require_safe
def transcript(request: AuthenticatedHttpRequest, enrolment: int) -> HttpResponse:
    pupil = load_pupil(request.user, enrolment)
    line = read_pupil(pupil)
    editions = Transcript.objects.visible_to(request.user).filter(enrolment__student=pupil.student_id)
    context = {
        "pupil": pupil,
        "line": line,
        "reason": wording.reason(line),
        **shown_book(json.loads(line.payload)),
        "editions": editions.in_page_order(),
        "received": ReceivedTranscript.objects.standing().filter(student=pupil.student_id).defer("data"),
        "certificate": certificate_of(pupil.student, pupil.school_class.level.value),
        "may_record": pupil.school_class.grade in LAST_GRADES and request.user.may(Permission.MANAGE_PUPILS),
        "may_receive": request.user.may(Permission.RECORD_MOVEMENTS),
        "may_issue": line.is_issuable and request.user.may(Permission.ISSUE_TRANSCRIPT),
    }
    return render(request, "transcripts/transcript.html", context)


@require_safe
def edition(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """An issued edition as it was issued, whatever the records say today."""
    return _edition_page(request, _load_edition(request, pk), WithdrawalForm())


@require_POST
@permission_required(Permission.ISSUE_TRANSCRIPT)
def issue(request: AuthenticatedHttpRequest, enrolment: int) -> HttpResponse:
    pupil = load_pupil(request.user, enrolment)
    try:
        issued = issue_transcript(enrolment=pupil, by=request.user)
    except NotReady as not_ready:
        messages.error(request, _("Not issued. %(reason)s") % {"reason": wording.reason(not_ready.line)})
    except NothingNew:
        messages.info(request, _("Nothing changed since the last edition."))
    else:
        messages.success(request, _("Edition %(number)d issued.") % {"number": issued.number})
    return redirect_to(reverse("transcripts:transcript", args=[pupil.pk]))


@require_POST
@permission_required(Permission.ISSUE_TRANSCRIPT)
def withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    issued = _load_edition(request, pk)
    form = WithdrawalForm(request.POST)
    if not form.is_valid():
        return _edition_page(request, issued, form)
    try:
        withdraw_transcript(transcript=issued, reason=form.cleaned_data["reason"], by=request.user)
    except WithdrawnAlready:
        messages.info(request, _("This edition was withdrawn before."))
    else:
        messages.success(request, _("The edition is withdrawn. It stays readable here."))
    return redirect_to(reverse("transcripts:edition", args=[pk]))


def load_pupil(user: User, pk: int) -> Enrolment:
    """With student, class, year and homeroom teacher; 404 for whom this person may not know of."""
    visible = Enrolment.objects.whole_record_visible_to(user)
    pupil: Enrolment = get_object_or_404(
        visible.select_related("student", "school_class__year", "school_class__homeroom_teacher"), pk=pk
    )
    return pupil


def _load_edition(request: AuthenticatedHttpRequest, pk: int) -> Transcript:
    visible = Transcript.objects.visible_to(request.user).select_related(
        "enrolment__student",
        "enrolment__school_class",
        "issued_by",
        "superseded_by",
        "withdrawal__withdrawn_by",
    )
    found: Transcript = get_object_or_404(visible, pk=pk)
    return found


def _edition_page(
    request: AuthenticatedHttpRequest, issued: Transcript, form: WithdrawalForm
) -> HttpResponse:
    content = json.loads(issued.payload)
    context = {
        "edition": issued,
        "content": content,
        "intact": fingerprint(issued.payload) == issued.fingerprint,
        "form": form,
        "may_withdraw": not issued.is_withdrawn and request.user.may(Permission.ISSUE_TRANSCRIPT),
        **shown_book(content),
    }
    return render(request, "transcripts/edition.html", context, status=422 if form.errors else 200)


def shown_book(content: dict[str, Any]) -> dict[str, Any]:
    """The book with the words of its scheme, and where its pupil goes; editions of version 1 do not say that."""
    book = content["book"]
    outcome = outcome_words(book["summary"][0].get("outcome", ""), content.get("grade", 0))
    return {"book": book, "labels": labels_of(content["scheme"]), "outcome": outcome}
