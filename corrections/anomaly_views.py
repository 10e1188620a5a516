"""The report on corrections for those who read all of them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest
from accounts.roles import Permission
from corrections import anomalies
from gradebook.models import Period
from gradebook.years import chosen_year, years


@require_safe
@permission_required(Permission.READ_CORRECTIONS)
def report(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Of a year; `?period=` one of its periods by its code."""
    found = years()
    year = chosen_year(request, found)
    periods = list(Period.objects.filter(semester__year=year).select_related("semester").order_by("order"))
    chosen = next((each for each in periods if each.code == request.GET.get("period")), None)
    context = {
        "year": year,
        "years": found,
        "periods": periods,
        "chosen": chosen,
        "semester": chosen.semester.number if chosen else 1,
        "report": anomalies.read_report(year, chosen) if year else None,
        "many": anomalies.MANY,
        "far": anomalies.FAR,
        "apart": anomalies.APART,
    }
    return render(request, "corrections/report.html", context)
