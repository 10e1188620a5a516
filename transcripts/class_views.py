"""The transcripts of a class: whose year is issued, whose can be, and what stands against the others."""

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.roles import Permission
from gradebook import policies
from gradebook.models import SchoolClass
from transcripts import wording
from transcripts.actions import issue_class
from transcripts.readiness import ISSUABLE, read_class


@require_safe
def class_transcripts(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    school_class = _load(request, pk)
    lines = read_class(school_class)
    counts = Counter(line.state for line in lines)
    context = {
        "school_class": school_class,
        "lines": [
            (line, wording.STATES[line.state], wording.KINDS[line.state], wording.reason(line))
            for line in lines
        ],
        "counts": [(wording.STATES[state], counts[state]) for state in wording.STATES if counts[state]],
        "issuable": sum(counts[state] for state in ISSUABLE),
        "standing": sum(line.standing is not None for line in lines),
        "may_issue": request.user.may(Permission.ISSUE_TRANSCRIPT),
        "may_print": request.user.may(Permission.REQUEST_BOOK)
        or policies.may_propose(request.user, school_class),
    }
    return render(request, "transcripts/class.html", context)


@require_POST
@permission_required(Permission.ISSUE_TRANSCRIPT)
def issue_whole_class(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    school_class = _load(request, pk)
    issued = issue_class(school_class=school_class, by=request.user)
    if issued:
        text = ngettext("%(count)d transcript issued.", "%(count)d transcripts issued.", len(issued))
        messages.success(request, text % {"count": len(issued)})
    else:
        messages.info(request, _("Nobody's year is ready to be issued, or all are issued already."))
    return redirect_to(reverse("transcripts:class_transcripts", args=[pk]))


def _load(request: AuthenticatedHttpRequest, pk: int) -> SchoolClass:
    visible = SchoolClass.objects.whole_book_visible_to(request.user)
    found: SchoolClass = get_object_or_404(visible.select_related("year", "homeroom_teacher"), pk=pk)
    return found
