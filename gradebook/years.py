"""Which school year a page is about: the latest, or the one asked for."""

from django.http import HttpRequest

from gradebook.models import SchoolYear


def chosen_year(request: HttpRequest) -> SchoolYear | None:
    """`?year=2025-2026` asks for an older year; one that does not exist gives the latest."""
    asked = SchoolYear.objects.filter(name=request.GET.get("year", "")[:9].replace("\x00", "")).first()
    year: SchoolYear | None = asked or SchoolYear.objects.first()
    return year


def open_year() -> SchoolYear | None:
    """The year that lists are imported into."""
    return SchoolYear.objects.filter(status=SchoolYear.Status.OPEN).first()


def years() -> list[SchoolYear]:
    return list(SchoolYear.objects.all())
