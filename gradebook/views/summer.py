"""Whom the year's decisions call back in summer: training, retests, support."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from gradebook.summer import read_summer
from gradebook.years import chosen_year, years


@require_safe
def summer(request: AuthenticatedHttpRequest) -> HttpResponse:
    found = years()
    year = chosen_year(request, found)
    context = {"year": year, "years": found, "lines": read_summer(year, request.user)}
    return render(request, "gradebook/summer.html", context)
