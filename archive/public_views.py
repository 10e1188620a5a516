"""What anybody may ask who holds a printed page or its file: no account, no JavaScript, no pupil's data."""

import re

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.origin import address_of
from accounts.throttle import tries
from archive.models import Edition
from archive.recognising import Recognised, recognise
from archive.signing import turns

MOST_FILES, SECONDS = 30, 600
"""How many files one address may have checked in ten minutes, by each web process."""


class CodeForm(forms.Form):
    """The code typed from paper: with blanks, in capitals, or as the whole address."""

    code = forms.CharField(
        label=_("Code at the foot of the page"),
        help_text=_("16 characters: the digits 0 to 9 and the letters a to f."),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        typed = "".join(self.cleaned_data["code"].lower().split()).rstrip("/").rpartition("/")[-1]
        if not re.fullmatch("[0-9a-f]{16}", typed):
            raise forms.ValidationError(_("This is not a code: it has 16 characters, 0 to 9 and a to f."))
        return typed


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("The file to check"),
        help_text=_("Choose the PDF file, or drop it here. It is compared and not kept."),
        widget=forms.FileInput({"accept": ".pdf,application/pdf"}),
        error_messages={"empty": _("The file is empty.")},
    )

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX_BYTES:
            limit = filesizeformat(settings.UPLOAD_MAX_BYTES)
            raise forms.ValidationError(
                _("The file is larger than %(size)s, and the school issues none that large.")
                % {"size": limit}
            )
        return file


@login_not_required
@require_safe
def enter_code(request: HttpRequest) -> HttpResponse:
    """For whoever holds the paper and has nothing to scan its code with."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("archive:public", code=form.cleaned_data["code"])
    return render(request, "archive/enter_code.html", {"form": form}, status=422 if form.is_bound else 200)


@login_not_required
@require_safe
def public(request: HttpRequest, code: str) -> HttpResponse:
    """That it was issued, by whom it is signed, and whether it still counts."""
    edition = _issued(code)
    return _unknown(request, code) if edition is None else _page(request, edition, FileForm())


@login_not_required
@require_POST
def check_file(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a file is the one that the page speaks of; nothing of it stays here."""
    edition = _issued(code)
    if edition is None:
        return _unknown(request, code)
    form = FileForm(request.POST, request.FILES)
    if tries(f"checked-files-{address_of(request)}", SECONDS) > MOST_FILES:
        form.add_error(None, _("Too many files were checked from here. Wait ten minutes."))
        return _page(request, edition, form, status=429)
    if not form.is_valid():
        return _page(request, edition, form, status=422)
    found = recognise(form.cleaned_data["file"].chunks(), edition)
    return _page(request, edition, FileForm(), found=found)


def _page(
    request: HttpRequest,
    edition: Edition,
    form: FileForm,
    *,
    found: Recognised | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "edition": edition,
        "newer": edition.newer,
        "form": form,
        "found": found,
        "signatures": turns.signatures_of(edition),
        "is_signed_here": edition.kind in turns.ORDER and not edition.is_interim,
    }
    return render(request, "archive/public.html", context, status=status)


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    context = {"code": code, "form": CodeForm(initial={"code": code})}
    return render(request, "archive/unknown_code.html", context, status=404)


def _issued(code: str) -> Edition | None:
    about = ("school_class__year", "course__subject", "teacher", "year")
    editions = Edition.objects.issued().without_payload().select_related(*about)
    found: Edition | None = editions.filter(code=code).first()
    return found
