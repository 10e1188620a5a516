"""Archive bags of a year: ordered, made by the worker, taken away."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts import jobs
from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, is_key, redirect_to
from accounts.roles import Permission
from archive import bag_actions, policies, wording
from archive.bags import index, shelf
from archive.models import Bag, BagQuerySet
from archive.store import bags as store
from gradebook.models import SchoolYear
from gradebook.years import chosen_year, years
from transcripts.payload import canonical

INDEX_TYPES = {
    index.NAME: "application/json",
    index.CSV_NAME: "text/csv; charset=utf-8",
    index.HTML_NAME: "text/html; charset=utf-8",
}


@require_safe
@permission_required(Permission.READ_ARCHIVE)
def bags(request: AuthenticatedHttpRequest) -> HttpResponse:
    found = years()
    year = chosen_year(request, found)
    places = shelf.of_year(year)
    context = {
        "years": found,
        "year": year,
        "places": places,
        "made": sum(any(bag.sha256 for bag in place.bags) for place in places),
        "may_keep": policies.may_keep(request.user),
        "index_names": list(INDEX_TYPES),
    }
    return render(request, "archive/bags.html", context)


@require_POST
@permission_required(Permission.READ_ARCHIVE)
def request_bags(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Of one class, or of every class that has a book."""
    year = _year(request)
    chosen = request.POST.get("school_class", "")
    classes = year.classes.filter(pk=chosen) if is_key(chosen) else year.classes.all()
    asked = bag_actions.request_bags(year=year, classes=classes, by=request.user)
    _tell(request, asked)
    return redirect_to(f"{reverse('archive:bags')}?year={year.name}")


def _tell(request: AuthenticatedHttpRequest, asked: bag_actions.Asked) -> None:
    """Counts in = counts out: what is made, and which classes were left out for which reason."""
    count = len(asked.bags)
    if count:
        text = ngettext("%(count)d bag is being made.", "%(count)d bags are being made.", count)
        messages.success(request, text % {"count": count})
    if asked.waiting:
        text = _("Still being made from before: %(classes)s.")
        messages.warning(request, text % {"classes": ", ".join(each.name for each in asked.waiting)})
    if asked.without_book:
        text = _("No class book has been printed yet, so there is nothing to keep: %(classes)s.")
        messages.warning(request, text % {"classes": ", ".join(each.name for each in asked.without_book)})


@require_safe
@permission_required(Permission.READ_ARCHIVE)
def bag_progress(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The cell that asks for itself until the work is finished; then the page is loaded anew."""
    bag = get_object_or_404(_bags(), pk=pk)
    if request.htmx and bag.is_finished:
        return HttpResponseClientRefresh()
    return render(request, "archive/_bag_state.html", {"bag": bag})


@require_safe
@permission_required(Permission.READ_ARCHIVE)
def download_bag(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse | FileResponse:
    bag = get_object_or_404(_bags().made(), pk=pk)
    try:
        file = store.open(bag.path)
    except OSError:
        messages.error(request, wording.FAULTS["file-missing"])
        return redirect("archive:bags")
    if request.method == "GET":
        bag_actions.record_download(bag=bag, by=request.user)
    return FileResponse(file, as_attachment=True, filename=bag.file_name, content_type="application/zip")


@require_POST
@permission_required(Permission.READ_ARCHIVE)
def retry_bag(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    bag = get_object_or_404(_bags(), pk=pk)
    try:
        bag_actions.retry_bag(bag=bag, by=request.user)
    except jobs.NotFailed:
        messages.warning(request, _("This bag has not failed: there is nothing to try again."))
    return redirect_to(f"{reverse('archive:bags')}?year={bag.school_class.year.name}")


@require_safe
@permission_required(Permission.READ_ARCHIVE)
def bag_index(request: AuthenticatedHttpRequest, name: str) -> HttpResponse:
    """The index of the year's last bags, to lie beside them: for programs, as a table, as a page."""
    if name not in INDEX_TYPES:
        raise Http404
    found = Bag.objects.latest(_year(request)).select_related("school_class__year", "previous")
    said = index.facts(_year(request), found)
    return index_file(name, index.files(canonical(said)))


def index_file(name: str, files: dict[str, str]) -> HttpResponse:
    """Handed out, never shown: it lies on the medium byte for byte as it comes."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(files[name], content_type=INDEX_TYPES[name], headers=headers)


def _year(request: AuthenticatedHttpRequest) -> SchoolYear:
    year = chosen_year(request, years())
    if year is None:
        raise Http404
    return year


def _bags() -> BagQuerySet:
    found: BagQuerySet = Bag.objects.select_related("school_class__year", "requested_by")
    return found
