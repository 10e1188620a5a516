"""Printing transcripts: of one pupil, also long after the pupil left, and of a whole class."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.roles import Permission
from archive import actions, handing_over, wording
from archive.answers import to_edition
from archive.booklets import NothingIssued
from archive.freezing import StillRendering
from archive.models import Edition
from archive.order_actions import order_papers
from archive.wanted import Wanted, may_ask
from gradebook import policies
from gradebook.downloads import private_file
from gradebook.models import Enrolment, SchoolClass


@require_safe
def transcripts_of_pupil(request: AuthenticatedHttpRequest, enrolment: int) -> HttpResponse:
    """The printed transcripts of a pupil; the pupil's page below fetches the list alone."""
    pupil = _load(request, enrolment)
    wanted = wanted_of(pupil)
    readable = Edition.objects.readable_by(request.user).without_payload()
    editions = readable.filter(kind=Edition.Kind.TRANSCRIPT, student=pupil.student_id)
    found = list(editions.select_related("rendering", "requested_by", "student").order_by("part", "-number"))
    context = {
        "pupil": pupil,
        "editions": found,
        "may_ask": may_ask(request.user, wanted),
        "may_hand_over": request.user.may(Permission.REQUEST_BOOK)
        and any(edition.is_issued for edition in found),
    }
    page = "archive/_transcripts_of_pupil.html" if request.htmx else "archive/transcripts_of_pupil.html"
    return render(request, page, context)


@require_POST
def request_transcript(request: AuthenticatedHttpRequest, enrolment: int) -> HttpResponse:
    pupil = _load(request, enrolment)
    back = reverse("transcripts:transcript", args=[pupil.pk])
    try:
        edition = actions.request_paper(wanted=wanted_of(pupil), by=request.user)
    except NothingIssued:
        messages.error(request, _("No year of this pupil is issued yet: there is nothing to print."))
        return redirect_to(back)
    except StillRendering:
        messages.warning(request, _("It is still being printed from before and was not asked for again."))
        return redirect_to(back)
    return to_edition(request, edition)


@require_POST
def request_class_transcripts(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One booklet a pupil, of everybody of whom a year is issued; of a closed year too."""
    classes = SchoolClass.objects.whole_book_visible_to(request.user).select_related("year")
    school_class = get_object_or_404(classes, pk=pk)
    if not (request.user.may(Permission.REQUEST_BOOK) or policies.may_propose(request.user, school_class)):
        raise PermissionDenied
    choice = {
        "kind": Edition.Kind.TRANSCRIPT,
        "scope": f"class-{school_class.pk}",
        "period": "",
        "signatures": False,
    }
    order = order_papers(year=school_class.year, choice=choice, by=request.user)
    left_out = school_class.enrolments.listed().count() - order.papers
    text = ngettext("%(count)d transcript ordered.", "%(count)d transcripts ordered.", order.papers)
    messages.success(request, text % {"count": order.papers})
    if left_out:
        text = ngettext(
            "Of %(count)d pupil no year is issued yet: nothing is printed.",
            "Of %(count)d pupils no year is issued yet: nothing is printed.",
            left_out,
        )
        messages.warning(request, text % {"count": left_out})
    return redirect_to(reverse("archive:paper_order", args=[order.pk]))


@require_POST
@permission_required(Permission.REQUEST_BOOK)
def hand_over_transcript(request: AuthenticatedHttpRequest, enrolment: int) -> HttpResponse:
    """POST, because that a transcript leaves the school is noted."""
    pupil = _load(request, enrolment)
    try:
        file = handing_over.hand_over(pupil=pupil, by=request.user)
    except (handing_over.NothingPrinted, NothingIssued):
        messages.error(request, _("Print the transcript first; the file for the next school is made of it."))
    except handing_over.Outdated:
        text = _(
            "The records changed since the last edition. Print the transcript again, then make the file."
        )
        messages.error(request, text)
    except OSError:
        messages.error(request, wording.FAULTS["file-missing"])
    else:
        return private_file(file.content, name=file.name, content_type="application/zip")
    return redirect_to(reverse("transcripts:transcript", args=[pupil.pk]))


def wanted_of(pupil: Enrolment) -> Wanted:
    return Wanted(Edition.Kind.TRANSCRIPT, pupil.school_class, student=pupil.student)


def _load(request: AuthenticatedHttpRequest, pk: int) -> Enrolment:
    visible = Enrolment.objects.whole_record_visible_to(request.user)
    pupil: Enrolment = get_object_or_404(visible.select_related("student", "school_class__year"), pk=pk)
    return pupil
