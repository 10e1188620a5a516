"""The school's own rules by year and level: what stands, who changed it, and five regulations to start from."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, is_key, posted, redirect_to
from accounts.roles import Permission
from gradebook.actions.policy import PolicyChanged, apply_preset, set_policy
from gradebook.actions.rules import RulesInUse, is_in_use
from gradebook.forms.policy import PolicyForm
from gradebook.models import Policy
from gradebook.policy_history import entries, version_of
from gradebook.policy_pages import comparison, overview
from gradebook.policy_presets import PRESETS, Preset
from gradebook.years import YearClosed, chosen_year, years


@require_safe
def policy(request: AuthenticatedHttpRequest) -> HttpResponse:
    found = years()
    year = chosen_year(request, found)
    is_open = year is not None and year.is_open
    context = {
        "year": year,
        "years": found,
        "overview": overview(year),
        "may_change": is_open and request.user.may(Permission.ISSUE_DECISIONS),
    }
    return render(request, "gradebook/policy.html", context)


@require_safe
def history(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = _policy(pk)
    return render(request, "gradebook/policy_history.html", {"policy": found, "entries": entries(found)})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.ISSUE_DECISIONS)
def edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = _policy(pk)
    form = PolicyForm(posted(request), instance=found)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            changes = set_policy(policy=found, values=form.values, seen=seen, by=request.user)
        except (RulesInUse, PolicyChanged, YearClosed, ValidationError) as problem:
            form.refuse(problem)
        else:
            return _changed(request, found, len(changes))
    context = {"policy": found, "form": form}
    return render(request, "gradebook/policy_form.html", context, status=422 if form.errors else 200)


@require_safe
@permission_required(Permission.ISSUE_DECISIONS)
def presets(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    found = _policy(pk)
    context = {"policy": found, "presets": PRESETS.values(), "chapters": comparison(found)}
    return render(request, "gradebook/policy_presets.html", context)


@require_safe
@permission_required(Permission.ISSUE_DECISIONS)
def preset(request: AuthenticatedHttpRequest, pk: int, code: str) -> HttpResponse:
    """What would change, before it does."""
    found, chosen = _policy(pk), _preset(code)
    changes = chosen.changes(found, in_use=is_in_use(found))
    context = {
        "policy": found,
        "preset": chosen,
        "rows": [(change, chosen.clause(change.setting.name)) for change in changes],
        "any": any(not change.fixed for change in changes),
        "seen": version_of(found),
    }
    return render(request, "gradebook/policy_preset.html", context)


@require_POST
@permission_required(Permission.ISSUE_DECISIONS)
def apply(request: AuthenticatedHttpRequest, pk: int, code: str) -> HttpResponse:
    found, chosen, seen = _policy(pk), _preset(code), request.POST.get("seen", "")
    if not is_key(seen):
        return HttpResponseBadRequest()
    try:
        changes = apply_preset(policy=found, preset=chosen, seen=int(seen), by=request.user)
    except PolicyChanged:
        messages.error(
            request, _("Somebody changed these rules meanwhile. Look at them again before you save.")
        )
        return redirect_to(reverse("gradebook:policy_preset", args=[pk, code]))
    except YearClosed:
        messages.error(request, _("The school year is closed."))
        return redirect_to(_address(found))
    return _changed(request, found, len(changes))


def _changed(request: AuthenticatedHttpRequest, policy: Policy, count: int) -> HttpResponse:
    text = ngettext("%(count)d rule changed.", "%(count)d rules changed.", count)
    messages.success(request, text % {"count": count})
    return redirect_to(_address(policy))


def _address(policy: Policy) -> str:
    return reverse("gradebook:policy", query={"year": policy.year.name})


def _policy(pk: int) -> Policy:
    found: Policy = get_object_or_404(Policy.objects.select_related("year"), pk=pk)
    return found


def _preset(code: str) -> Preset:
    if code not in PRESETS:
        raise Http404
    return PRESETS[code]
