"""The register of copies: media with bags, where each is kept, who took it, when it was checked last."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.roles import Permission
from archive import policies
from archive.bag_views import INDEX_TYPES, index_file
from archive.bags import index, sealing, shelf
from archive.bags.media import note, record_medium
from archive.forms import MediumEventForm, MediumForm
from archive.models import Bag, Medium
from gradebook.years import chosen_year, years


@require_safe
@permission_required(Permission.READ_ARCHIVE)
def media(request: AuthenticatedHttpRequest) -> HttpResponse:
    return _register(request, MediumForm())


@require_POST
@permission_required(Permission.READ_ARCHIVE)
def record(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A copy of the year's last bags that somebody has put on a medium by hand."""
    year = chosen_year(request, years())
    if year is None:
        raise Http404
    form = MediumForm(request.POST)
    if not (form.is_valid() and policies.may_keep(request.user)):
        return _register(request, form, status=422 if policies.may_keep(request.user) else 403)
    bags = Bag.objects.latest(year).select_related("school_class__year", "previous")
    made = record_medium(year=year, bags=bags, by=request.user, **form.cleaned_data)
    return redirect_to(reverse("archive:medium", args=[made.pk]))


@require_safe
@permission_required(Permission.READ_ARCHIVE)
def medium(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _medium(request, _found(pk), MediumEventForm())


@require_POST
@permission_required(Permission.READ_ARCHIVE)
def note_medium(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    shown, form = _found(pk), MediumEventForm(request.POST)
    if not form.is_valid():
        return _medium(request, shown, form, status=422 if policies.may_keep(request.user) else 403)
    note(medium=shown, facts=form.cleaned_data, by=request.user)
    return redirect_to(reverse("archive:medium", args=[pk]))


@require_safe
@permission_required(Permission.READ_ARCHIVE)
def sealing_form(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = _found(pk)
    headers = {"Content-Disposition": f'attachment; filename="{sealing.file_name(found)}"'}
    return HttpResponse(sealing.render(found), content_type="application/pdf", headers=headers)


@require_safe
@permission_required(Permission.READ_ARCHIVE)
def medium_index(request: AuthenticatedHttpRequest, pk: int, name: str) -> HttpResponse:
    if name not in INDEX_TYPES:
        raise Http404
    return index_file(name, index.files(_found(pk).contents))


def _register(request: AuthenticatedHttpRequest, form: MediumForm, status: int = 200) -> HttpResponse:
    found = years()
    year = chosen_year(request, found)
    context = {
        "years": found,
        "year": year,
        "form": form,
        "media": shelf.media(year),
        "may_keep": policies.may_keep(request.user),
        "without_bag": list(shelf.without_bag(year)) if year else [],
        "bags": Bag.objects.latest(year).count() if year else 0,
    }
    return render(request, "archive/media.html", context, status=status)


def _medium(
    request: AuthenticatedHttpRequest, shown: Medium, form: MediumEventForm, status: int = 200
) -> HttpResponse:
    context = {
        "medium": shown,
        "form": form,
        "said": shown.said,
        "may_keep": policies.may_keep(request.user),
        "index_names": list(INDEX_TYPES),
    }
    return render(request, "archive/medium.html", context, status=status)


def _found(pk: int) -> Medium:
    found: Medium = get_object_or_404(Medium.objects.select_related("made_by", "year"), pk=pk)
    return found
