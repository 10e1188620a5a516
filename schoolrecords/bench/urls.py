"""The portal's addresses, and beside them the floors that its pages are measured against."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import path

from schoolrecords.bench.school import PUPILS, REGULAR
from schoolrecords.urls import urlpatterns as portal

WIDTH = REGULAR + 3


@cache
def _rows() -> list[list[tuple[str, str]]]:
    return [[(f"m-{row}-{column}-1", "8,5") for column in range(WIDTH)] for row in range(PUPILS)]


def bare(request: HttpRequest) -> HttpResponse:
    """The table of the grid from memory, joined with f-strings; served without any middleware."""
    rows = [
        "<tr>" + "".join([f'<td><input name="{n}" value="{t}"></td>' for n, t in row]) + "</tr>"
        for row in _rows()
    ]
    return HttpResponse("<table>" + "".join(rows) + "</table>")


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing, for who is signed in: what every request of the portal costs."""
    return HttpResponse()


urlpatterns = [path("bench/bare/", bare), path("bench/empty/", empty), *portal]
