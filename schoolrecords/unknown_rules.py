"""A class whose assessment rules nobody knows: nothing of it is computed, and the page says so."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from gradebook.assessment.schemes import UnknownScheme


class UnknownRules(MiddlewareMixin):
    """Answers 409 wherever results would have had to be guessed."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, UnknownScheme):
            return None
        return render(request, "gradebook/unknown_scheme.html", {"problem": exception}, status=409)
