"""Which circular each class follows, and where it leaves room, what the school chose."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.roles import Permission
from gradebook.actions.rules import RulesInUse, choose_rules
from gradebook.models import Policy
from gradebook.rule_choices import read_rules
from gradebook.years import chosen_year, years


@require_safe
def rules(request: AuthenticatedHttpRequest) -> HttpResponse:
    found = years()
    year = chosen_year(request, found)
    context = {
        "year": year,
        "years": found,
        "levels": read_rules(year),
        "may_choose": request.user.may(Permission.CHOOSE_RULES),
    }
    return render(request, "gradebook/rules.html", context)


@require_POST
@permission_required(Permission.CHOOSE_RULES)
def choose(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    policy: Policy = get_object_or_404(Policy.objects.select_related("year"), pk=pk)
    offered = [word for rules in read_rules(policy.year) if rules.policy == policy for word in rules.words]
    if any(word not in request.POST for word in offered):
        return HttpResponseBadRequest()
    words = {word for word in offered if request.POST[word] == word}
    try:
        choose_rules(policy=policy, words=words, by=request.user)
    except RulesInUse:
        messages.error(request, _("Nothing was changed: marks were already entered under these rules."))
    else:
        messages.success(
            request, _("The rules of %(level)s are set.") % {"level": policy.get_level_display()}
        )
    return redirect_to(reverse("gradebook:rules", query={"year": policy.year.name}))
