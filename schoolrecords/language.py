"""The language of a page: the one that the person chose, otherwise the school's."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Handler = Callable[[HttpRequest], HttpResponse]


def chosen_language(get_response: Handler) -> Handler:
    """Not what the browser asks for: those of a school are often set to English, and nobody chose that."""

    def answer(request: HttpRequest) -> HttpResponse:
        with translation.override(_supported(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))):
            return get_response(request)

    return answer


def _supported(code: str) -> str:
    try:
        return translation.get_supported_language_variant(code)
    except LookupError:
        return settings.LANGUAGE_CODE
