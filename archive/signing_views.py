"""The signatures of an edition: who has signed, whether it still holds, sign it, put the seal on it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.sign_in import ProofForm
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import User
from accounts.roles import Permission
from archive import actions, files
from archive.models import Edition, Signature
from archive.paper_payloads import is_outdated
from archive.signing import page, turns
from archive.signing.forms import REFUSALS, SigningForm, refuse
from gradebook.downloads import private_file

Role = Signature.Role


@require_safe
def signatures(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _page(request, _edition(request, pk))


@sensitive_post_parameters("password", "key_password")
@require_POST
def sign(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """With a key that is handed in for this one act."""
    edition = _edition_to_sign(request, pk)
    form = SigningForm(request.user, request.POST, request.FILES)
    if form.is_valid():
        # Imported here: it takes over a second, and few requests sign.
        from archive.signing import acts
        from archive.signing.keys import FileKey, KeyUnusable

        key = FileKey(form.cleaned_data["key_file"], form.cleaned_data["key_password"])
        try:
            acts.sign_edition(edition=edition, key=key, by=request.user)
            messages.success(request, _("You have signed. The file with your signature is kept."))
            return redirect_to(_address(pk))
        except KeyUnusable as refused:
            refuse(form, refused.code)
        except acts.NotSigned as refused:
            refuse(form, refused.code, refused.detail)
    return _page(request, edition, form)


@sensitive_post_parameters("password")
@require_POST
def seal(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """With the school's own key, which only the server can use."""
    edition = _edition_to_sign(request, pk)
    form = ProofForm(request.user, request.POST)
    if form.is_valid():
        from archive.signing import acts
        from archive.signing.keys import KeyUnusable

        try:
            acts.seal_edition(edition=edition, by=request.user)
            messages.success(request, _("The seal is on it, and this edition is complete."))
            return redirect_to(_address(pk))
        except (KeyUnusable, acts.NotSigned) as refused:
            refuse(form, refused.code)
    return _page(request, edition, form)


@require_safe
def file_of(request: AuthenticatedHttpRequest, pk: int, number: int) -> HttpResponse:
    """The file after so many signatures; 0 is the edition as it was issued."""
    edition = _edition(request, pk)
    signature = edition.signatures.filter(number=number).first() if number else None
    if number and signature is None:
        raise Http404
    try:
        with files.open_file(edition, signature) as file:
            content = file.read()
    except OSError:
        messages.error(request, _("The file is missing from the store."))
        return redirect("archive:signatures", pk=pk)
    if request.method == "GET":
        actions.record_download(edition=edition, by=request.user)
    name = files.name_of(edition, signature)
    return private_file(content, name=name, content_type="application/pdf")


def _page(request: AuthenticatedHttpRequest, edition: Edition, form: ProofForm | None = None) -> HttpResponse:
    found = turns.signatures_of(edition)
    role = turns.next_role(edition, found)
    outdated = role is not None and is_outdated(edition)
    may_sign = not outdated and turns.may_sign(request.user, edition, role)
    context = {
        "edition": edition,
        "newer": edition.newer,
        "lines": page.lines(edition, found),
        "signatures": found,
        "role": role,
        "is_seal": role == Role.SCHOOL,
        "outdated": REFUSALS["outdated"] if outdated else "",
        "may_request": request.user.may(Permission.REQUEST_BOOK),
        "may_compare": request.user.may(Permission.READ_ARCHIVE),
        "form": (form or _form(request.user, role)) if may_sign else None,
    }
    return render(request, "archive/signatures.html", context, status=422 if form else 200)


def _form(user: User, role: Role | None) -> ProofForm:
    return ProofForm(user) if role == Role.SCHOOL else SigningForm(user)


def _edition(request: AuthenticatedHttpRequest, pk: int) -> Edition:
    readable = Edition.objects.readable_by(request.user).issued().without_payload()
    found: Edition = get_object_or_404(
        readable.filter(kind__in=turns.ORDER).select_related("school_class__year"), pk=pk
    )
    return found


def _edition_to_sign(request: AuthenticatedHttpRequest, pk: int) -> Edition:
    """403 for everybody whose turn it is not."""
    edition = _edition(request, pk)
    if not turns.may_sign(request.user, edition, turns.next_role(edition, turns.signatures_of(edition))):
        raise PermissionDenied
    return edition


def _address(pk: int) -> str:
    return reverse("archive:signatures", args=[pk])
