"""The import desk: the lists in the order in which a year is set up, their uploads and empty workbooks."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, redirect_to
from gradebook.actions.import_lists import preview_list
from gradebook.forms.imports import PupilUploadForm, UploadForm
from gradebook.import_rows import Misplaced
from gradebook.import_templates import TEMPLATES
from gradebook.models import Import
from gradebook.models.imports import PERMISSIONS
from gradebook.spreadsheets.problems import Refused
from gradebook.views.workbooks import workbook
from gradebook.wording import LISTS

PER_PAGE = 25


@require_safe
def imports(request: AuthenticatedHttpRequest) -> HttpResponse:
    kinds = [kind for kind, permission in PERMISSIONS.items() if request.user.may(permission)]
    if not kinds:
        raise PermissionDenied
    visible = Import.objects.visible_to(request.user).filter(kind__in=kinds)
    confirmed = (
        visible.confirmed().order_by().values("kind").annotate(files=Count("pk"), last=Max("confirmed_at"))
    )
    done = {row["kind"]: row for row in confirmed}
    cards = [{"kind": kind, "words": LISTS[kind], "done": done.get(kind)} for kind in kinds]
    rows = visible.select_related("school_class", "uploaded_by", "run")
    context = {"cards": cards, "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))}
    return render(request, "gradebook/imports.html", context)


@require_safe
def of_kind(request: AuthenticatedHttpRequest, kind: str) -> HttpResponse:
    """`?class=` comes from the page of a class: the list of pupils is for that class only."""
    return _page(request, kind, _form(request, kind)(initial={"school_class": request.GET.get("class")}))


@require_POST
def upload(request: AuthenticatedHttpRequest, kind: str) -> HttpResponse:
    form = _form(request, kind)(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, kind, form)
    try:
        only = form.cleaned_data.get("school_class")
        kept = preview_list(kind=kind, school_class=only, by=request.user, **form.upload)
    except (Refused, Misplaced) as problem:
        form.refuse(problem)
        return _page(request, kind, form)
    return redirect_to(reverse("gradebook:import", args=[kept.pk]))


@require_safe
def template(request: AuthenticatedHttpRequest, kind: str) -> HttpResponse:
    _form(request, kind)
    name, build = TEMPLATES[kind]
    return workbook(build(), name)


def _form(request: AuthenticatedHttpRequest, kind: str) -> type[UploadForm]:
    """404 for a kind there is not, 403 for one that is not theirs."""
    if kind not in PERMISSIONS:
        raise Http404
    if not request.user.may(PERMISSIONS[Import.Kind(kind)]):
        raise PermissionDenied
    return PupilUploadForm if kind == Import.Kind.PUPILS else UploadForm


def _page(request: AuthenticatedHttpRequest, kind: str, form: UploadForm) -> HttpResponse:
    rows = (
        Import.objects.visible_to(request.user)
        .of_kind(kind)
        .select_related("school_class", "uploaded_by", "run")
    )
    context = {
        "form": form,
        "kind": kind,
        "words": LISTS[kind],
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "gradebook/import_kind.html", context, status=422 if form.errors else 200)
