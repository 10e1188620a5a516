"""The comment bank: find, add, edit, withdraw and share phrases; what the picker of a sheet offers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, posted, redirect_to
from accounts.roles import Permission
from gradebook import phrases, policies
from gradebook.actions.phrases import (
    PhraseRefused,
    PhraseWithdrawn,
    add_phrases,
    edit_phrase,
    share_phrase,
    withdraw_phrase,
)
from gradebook.forms.phrases import OWN, REASONS, SHARED, NewPhraseForm, PhraseForm, SearchForm
from gradebook.layout import PERIODS_OF
from gradebook.models import Course, Phrase, PhraseOffer
from gradebook.models.phrases import PhraseQuerySet
from gradebook.sheets import read_sheet

PAGE_SIZE = 50


@require_safe
def bank(request: AuthenticatedHttpRequest) -> HttpResponse:
    _check_keeps(request)
    form = SearchForm(request.GET)
    form.is_valid()
    found = phrases.containing(_searched(request, form), form.cleaned_data.get("q", ""))
    page = Paginator(phrases.in_order(found), PAGE_SIZE).get_page(request.GET.get("page"))
    may_share = request.user.may(Permission.SHARE_PHRASES)
    offers = phrases.last_offers(page)
    lines = [
        {
            "phrase": each,
            "example": phrases.example(each),
            "may_change": may_share or not each.is_shared,
            "offer": offers.get(each.pk),
        }
        for each in page
    ]
    context = {
        "page": page,
        "lines": lines,
        "form": form,
        "may_share": may_share,
        "offered": PhraseOffer.objects.to_answer(request.user) if may_share else [],
        "is_searched": bool(request.GET),
    }
    return render(request, "gradebook/phrases.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AuthenticatedHttpRequest) -> HttpResponse:
    _check_keeps(request)
    may_share = request.user.may(Permission.SHARE_PHRASES)
    form = NewPhraseForm(posted(request), may_share=may_share)
    if request.method == "POST" and form.is_valid():
        try:
            add_phrases(wordings=[form.wording], shared=form.is_shared, by=request.user)
        except PhraseRefused as refused:
            form.refuse(refused)
        else:
            return _back(request, _("The phrase is in the bank."))
    return _form(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    phrase = load_phrase(request, pk)
    initial = {"text": phrase.text, "subject": phrase.subject_id, "level": phrase.level}
    initial |= {"standing": phrase.standing, "need": phrase.need}
    form = PhraseForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            edit_phrase(phrase=phrase, wording=form.wording, by=request.user)
        except PhraseRefused as refused:
            form.refuse(refused)
        except PhraseWithdrawn:
            form.add_error(None, _("Somebody withdrew this phrase meanwhile."))
        else:
            return _back(request, _("The phrase is changed."))
    return _form(request, form, phrase)


@require_POST
def withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    phrase = load_phrase(request, pk)
    try:
        withdraw_phrase(phrase=phrase, by=request.user)
    except PhraseWithdrawn:
        messages.info(request, _("Somebody withdrew this phrase meanwhile."))
        return back_to_bank()
    return _back(request, _("The phrase is withdrawn. Comments written with it stay."))


@require_POST
def share(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    phrase = load_phrase(request, pk)
    try:
        share_phrase(phrase=phrase, by=request.user)
    except PhraseRefused as refused:
        messages.error(request, REASONS[refused.code] % {"found": refused.found})
        return back_to_bank()
    return _back(request, _("Every teacher is offered the phrase now."))


@require_safe
def offered(request: AuthenticatedHttpRequest, pk: int, semester: int) -> HttpResponse:
    """For the picker beside the comments of a sheet."""
    if semester not in PERIODS_OF:
        raise Http404
    courses = Course.objects.visible_to(request.user).select_related("subject", "school_class__year")
    course: Course = get_object_or_404(courses, pk=pk)
    if not policies.may_enter_marks(request.user, course):
        raise PermissionDenied
    sheet = read_sheet(course, semester=semester, user=request.user)
    return JsonResponse(phrases.offer(sheet, request.user))


def _check_keeps(request: AuthenticatedHttpRequest) -> None:
    if not policies.may_keep_phrases(request.user):
        raise PermissionDenied


def load_phrase(request: AuthenticatedHttpRequest, pk: int) -> Phrase:
    _check_keeps(request)
    visible = Phrase.objects.visible_to(request.user).select_related("subject")
    phrase: Phrase = get_object_or_404(visible, pk=pk)
    if not phrase.may_be_changed_by(request.user):
        raise PermissionDenied
    return phrase


def _searched(request: AuthenticatedHttpRequest, form: SearchForm) -> PhraseQuerySet:
    found: PhraseQuerySet = Phrase.objects.visible_to(request.user).select_related("subject")
    for name in ("subject", "level", "standing", "need"):
        if wanted := form.cleaned_data.get(name):
            found = found.filter(**{name: wanted})
    whose = form.cleaned_data.get("whose")
    return found.filter(owner__isnull=whose == SHARED) if whose in (OWN, SHARED) else found


def _back(request: HttpRequest, text: str) -> HttpResponse:
    messages.success(request, text)
    return back_to_bank()


def back_to_bank() -> HttpResponse:
    return redirect_to(reverse("gradebook:phrases"))


def _form(request: HttpRequest, form: PhraseForm, phrase: Phrase | None = None) -> HttpResponse:
    context = {"form": form, "phrase": phrase}
    return render(request, "gradebook/phrase_form.html", context, status=422 if form.errors else 200)
