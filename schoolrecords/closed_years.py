"""A write that comes too late: the year was closed. Pages that know beforehand offer no such form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from gradebook.years import YearClosed


class ClosedYears(MiddlewareMixin):
    """Answers 409 with one sentence wherever a view has no better place for it."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, YearClosed):
            return None
        return render(request, "gradebook/year_closed.html", status=409)
