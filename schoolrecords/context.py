"""What every page shows: the school, its year and where this person can go."""

from typing import Any

from django.http import HttpRequest

from gradebook.models import School, SchoolYear


def portal(request: HttpRequest) -> dict[str, Any]:
    school, year = School.objects.first(), SchoolYear.objects.first()
    return {"portal": {"school_name": school.name if school else "", "year_name": str(year or "")}}
