"""Transcripts of other schools: received, looked at, taken out again."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, posted, redirect_to
from accounts.roles import Permission
from gradebook.attachments import Upload
from gradebook.downloads import private_file
from gradebook.scans import content_type
from transcripts.forms import ReceivingForm, WithdrawalForm
from transcripts.models import ReceivedTranscript
from transcripts.received_actions import UnnamedScan, receive_transcript, withdraw_received
from transcripts.receiving import STORE, NotReceived
from transcripts.views import load_pupil, shown_book


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: AuthenticatedHttpRequest, enrolment: int) -> HttpResponse:
    pupil = load_pupil(request.user, enrolment)
    if not request.user.may(Permission.RECORD_MOVEMENTS):
        raise PermissionDenied
    form = ReceivingForm(posted(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        upload = Upload(file.name, file.size, file.read)
        texts = {name: form.cleaned_data[name] for name in ("from_school", "years")}
        try:
            received = receive_transcript(student=pupil.student, upload=upload, by=request.user, **texts)
        except UnnamedScan:
            form.ask_of_scan()
        except NotReceived as refused:
            form.add_error("file", refused.sentence)
        else:
            messages.success(request, _("The transcript is received. Look whether it is the right one."))
            return redirect_to(reverse("transcripts:received", args=[received.pk]))
    context = {"pupil": pupil, "form": form}
    return render(request, "transcripts/receive.html", context, status=422 if form.errors else 200)


@require_safe
def received(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = _load(request, pk)
    context = {
        "received": found,
        "place": found.student.enrolments.listed().order_by("-since", "-pk").first(),
        "years": list(_years(found)),
        "form": WithdrawalForm(),
        "may_withdraw": not found.withdrawn_at and request.user.may(Permission.RECORD_MOVEMENTS),
    }
    return render(request, "transcripts/received.html", context)


@require_safe
def received_file(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = _load(request, pk)
    try:
        data = STORE.genuine(found.path, found.sha256)
    except OSError:
        messages.error(
            request, _("The kept file is no longer the one that was received. Tell the administrator.")
        )
        return redirect_to(reverse("transcripts:received", args=[pk]))
    return private_file(data, name=found.name, content_type=content_type(found.path))


@require_POST
@permission_required(Permission.RECORD_MOVEMENTS)
def withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = _load(request, pk)
    form = WithdrawalForm(request.POST)
    if form.is_valid():
        withdraw_received(received=found, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("It is taken out. The file stays here."))
    else:
        messages.error(request, _("Say why it is taken out."))
    return redirect_to(reverse("transcripts:received", args=[pk]))


def _load(request: AuthenticatedHttpRequest, pk: int) -> ReceivedTranscript:
    visible = ReceivedTranscript.objects.visible_to(request.user)
    with_people = visible.select_related("student", "received_by", "withdrawn_by")
    found: ReceivedTranscript = get_object_or_404(with_people, pk=pk)
    return found


def _years(found: ReceivedTranscript) -> "list[dict[str, Any]]":
    if not found.data:
        return []
    contents = [json.loads(year["payload"]) for year in json.loads(found.data)["book"]["years"]]
    return [{"content": content, **shown_book(content)} for content in contents]
