"""Pupils: found by name or number, and the page of one with the profile and its history."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import User
from accounts.roles import Permission
from gradebook import policies
from gradebook.actions.profiles import ProfileChanged, ProfileRefused, save_profile
from gradebook.completeness import DEMANDS, lacks_of, with_lacks
from gradebook.forms.profiles import ProfileForm
from gradebook.models import Enrolment
from gradebook.profile_fields import FIELDS, SECTIONS, Profile
from gradebook.profile_history import read_history
from gradebook.search import find_pupils
from gradebook.spreadsheets.ethnicities import GROUPS
from gradebook.weekly_remarks import on_pupil

PAGE_SIZE = 30


@require_safe
def pupils(request: AuthenticatedHttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "")
    page = Paginator(find_pupils(typed, request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"typed": typed, "page": page, **_doors(request.user)}
    return render(request, "gradebook/pupils.html", context)


def _doors(user: User) -> dict[str, bool]:
    return {
        "may_manage": user.may(Permission.MANAGE_PUPILS),
        "may_read_school": user.may(Permission.READ_SCHOOL),
    }


@require_safe
def pupil(request: AuthenticatedHttpRequest, enrolment: int) -> HttpResponse:
    found = _load(request.user, enrolment)
    whole = Enrolment.objects.profile_visible_to(request.user).filter(pk=enrolment)
    context: dict[str, Any] = {
        "pupil": found,
        "may_read_results": Enrolment.objects.whole_record_visible_to(request.user)
        .filter(pk=enrolment)
        .exists(),
        "remarks": on_pupil(found, request.user),
    }
    if whole.exists():
        context |= _whole(found, request.user)
    return render(request, "gradebook/pupil.html", context)


def _whole(pupil: Enrolment, user: User) -> dict[str, Any]:
    """What only the readers of the profile get."""
    profile = Profile(pupil.student)
    counted = with_lacks(Enrolment.objects.filter(pk=pupil.pk)).get()
    return {
        "sections": list(_sections(profile)),
        "lacking": [DEMANDS[name].label for name in lacks_of(counted)],
        "enrolments": pupil.student.enrolments.select_related("school_class__year").order_by("-since", "-pk"),
        "may_read_school": user.may(Permission.READ_SCHOOL),
        "may_edit": policies.may_edit_profile(user, pupil.student),
    }


def _sections(profile: Profile) -> Iterator[tuple[Any, list[tuple[str, str]]]]:
    """What the profile says, without a section of which it says nothing."""
    for title, keys in SECTIONS.values():
        texts = {FIELDS[key]: profile.text(key) for key in keys}
        if any(texts.values()):
            pairs = [
                (str(field.column.verbose_name), field.shown(text) or "–") for field, text in texts.items()
            ]
            yield title, [(capfirst(label), text) for label, text in pairs]


@require_safe
def history(request: AuthenticatedHttpRequest, enrolment: int) -> HttpResponse:
    """Every value the profile ever had."""
    visible = Enrolment.objects.profile_visible_to(request.user).select_related("student", "school_class")
    found = get_object_or_404(visible, pk=enrolment)
    return render(
        request, "gradebook/pupil_history.html", {"pupil": found, "entries": read_history(found.student)}
    )


@require_safe
def edit(request: AuthenticatedHttpRequest, enrolment: int) -> HttpResponse:
    found = _load_editable(request.user, enrolment)
    profile = Profile(found.student)
    return _edit_page(request, found, ProfileForm(keys=_open_keys(profile), profile=profile))


@require_POST
def save(request: AuthenticatedHttpRequest, enrolment: int) -> HttpResponse:
    found = _load_editable(request.user, enrolment)
    # Every field that was posted: one that was empty on the page may be filled by now, and what was typed stays.
    keys = [key for key in FIELDS if key in request.POST]
    form = ProfileForm(request.POST, keys=keys)
    if not form.is_valid():
        return _edit_page(request, found, form, status=422)
    try:
        changed = save_profile(student=found.student, changes=form.changes, seen=form.seen, by=request.user)
    except ProfileRefused as refused:
        form.explain(refused)
        return _edit_page(request, found, form, status=422)
    except ProfileChanged as changed_meanwhile:
        return _edit_page(request, found, form, form.show_changed(changed_meanwhile), status=409)
    if changed:
        messages.success(request, _("The profile is saved."))
    else:
        messages.info(request, _("Nothing was changed."))
    return redirect_to(reverse("gradebook:pupil", args=[enrolment]))


def _open_keys(profile: Profile) -> list[str]:
    """All fields until the deadline; after it those that are still empty."""
    if policies.profile_is_free(profile.student, timezone.localdate()):
        return list(FIELDS)
    return [key for key in FIELDS if not profile.text(key)]


def _edit_page(
    request: AuthenticatedHttpRequest,
    pupil: Enrolment,
    form: ProfileForm,
    conflicts: list[dict[str, Any]] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "pupil": pupil,
        "form": form,
        "conflicts": conflicts or [],
        "groups": GROUPS,
        "is_free": policies.profile_is_free(pupil.student, timezone.localdate()),
        "deadline": policies.profile_deadline(pupil.school_class),
    }
    return render(request, "gradebook/pupil_edit.html", context, status=status)


def _load(user: User, pk: int) -> Enrolment:
    visible = Enrolment.objects.visible_to(user).select_related("student", "school_class__year")
    found: Enrolment = get_object_or_404(visible, pk=pk)
    return found


def _load_editable(user: User, pk: int) -> Enrolment:
    found = _load(user, pk)
    if not policies.may_edit_profile(user, found.student):
        raise PermissionDenied
    return found
