"""The signatures of the transcripts of a class: whose is signed, sign all that wait, put the seal on all."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.sign_in import ProofForm
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import User
from archive.models import Edition, Signature
from archive.signing import turns
from archive.signing.forms import REFUSALS, SigningForm, refuse
from gradebook.models import SchoolClass

Role = Signature.Role
ROLES = turns.ORDER[turns.Kind.TRANSCRIPT]


@require_safe
def class_signatures(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _page(request, _load(request, pk))


@require_safe
def signing_progress(request: AuthenticatedHttpRequest, pk: int, role: str, total: int) -> HttpResponse:
    """How many of the `total` that waited are signed by now, while the answer to the form is under way.

    Each signature is committed by itself, so nothing has to be kept to tell it: no key, no row of the work.
    """
    if role not in ROLES:
        raise Http404
    left = len(_waiting(request, _load(request, pk), Role(role)))
    context = {
        "school_class": pk,
        "is_seal": role == Role.SCHOOL,
        "left": left,
        "done": max(total - left, 0),
        "total": total,
    }
    return render(request, "archive/_signing_progress.html", context)


@sensitive_post_parameters("password", "key_password")
@require_POST
def sign_class(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Every transcript whose next signature is this person's, with one key."""
    school_class = _load(request, pk)
    waiting = _waiting(request, school_class, Role.PRINCIPAL)
    form = SigningForm(request.user, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, school_class, form)
    # Imported here: it takes over a second, and few requests sign.
    from archive.signing.acts import sign_edition
    from archive.signing.keys import FileKey

    key = FileKey(form.cleaned_data["key_file"], form.cleaned_data["key_password"])
    return _sign(
        request,
        school_class,
        form,
        waiting,
        lambda each: sign_edition(edition=each, key=key, by=request.user),
    )


@sensitive_post_parameters("password")
@require_POST
def seal_class(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Every transcript that the principal has signed, with the school's own key."""
    school_class = _load(request, pk)
    waiting = _waiting(request, school_class, Role.SCHOOL)
    form = ProofForm(request.user, request.POST)
    if not form.is_valid():
        return _page(request, school_class, form)
    from archive.signing.acts import seal_edition

    return _sign(
        request, school_class, form, waiting, lambda each: seal_edition(edition=each, by=request.user)
    )


def _sign(
    request: AuthenticatedHttpRequest,
    school_class: SchoolClass,
    form: ProofForm,
    waiting: list[Edition],
    sign: Callable[[Edition], Signature],
) -> HttpResponse:
    from archive.signing.acts import NotSigned
    from archive.signing.keys import KeyUnusable
    from archive.signing.many import sign_each

    try:
        outcome = sign_each(waiting, sign)
    except KeyUnusable as refused:
        refuse(form, refused.code)
        return _page(request, school_class, form)
    except NotSigned as refused:
        refuse(form, refused.code, refused.detail)
        return _page(request, school_class, form)
    text = ngettext("%(count)d transcript signed.", "%(count)d transcripts signed.", outcome.signed)
    if outcome.signed:
        messages.success(request, text % {"count": outcome.signed})
    for edition, code in outcome.left:
        messages.warning(request, f"{edition.student}: {REFUSALS[code]}")
    return redirect_to(reverse("archive:class_signatures", args=[school_class.pk]))


def _page(
    request: AuthenticatedHttpRequest, school_class: SchoolClass, form: ProofForm | None = None
) -> HttpResponse:
    editions = turns.transcripts_of(school_class)
    mine = [role for role in ROLES if turns.signs_as(request.user, role) and _due(editions, role)]
    role = mine[0] if mine else None
    context = {
        "school_class": school_class,
        "lines": [(each, turns.turns(each, list(each.signatures.all()))) for each in editions],
        "roles": ROLES,
        "role": role,
        "is_seal": role == Role.SCHOOL,
        "due": _due(editions, role) if role else [],
        "form": (form or _form(request.user, role)) if role else None,
    }
    return render(request, "archive/class_signatures.html", context, status=422 if form else 200)


def _form(user: User, role: Role) -> ProofForm:
    return ProofForm(user) if role == Role.SCHOOL else SigningForm(user)


def _waiting(request: AuthenticatedHttpRequest, school_class: SchoolClass, role: Role) -> list[Edition]:
    """403 for who never signs as this."""
    if not turns.signs_as(request.user, role):
        raise PermissionDenied
    return _due(turns.transcripts_of(school_class), role)


def _due(editions: list[Edition], role: Role) -> list[Edition]:
    return [each for each in editions if turns.missing(each) == role]


def _load(request: AuthenticatedHttpRequest, pk: int) -> SchoolClass:
    classes = SchoolClass.objects.whole_book_visible_to(request.user).select_related("year")
    found: SchoolClass = get_object_or_404(classes, pk=pk)
    return found
