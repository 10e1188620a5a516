"""Every class at a glance: who has called the roll today, which months are closed, which are late."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest
from accounts.roles import Permission
from gradebook.attendance_progress import read_progress
from gradebook.models import SchoolClass
from gradebook.years import chosen_year, years


@require_safe
@permission_required(Permission.READ_SCHOOL)
def board(request: AuthenticatedHttpRequest) -> HttpResponse:
    found, today = years(), timezone.localdate()
    year = chosen_year(request, found)
    classes = SchoolClass.objects.filter(year=year).select_related("homeroom_teacher")
    rows = read_progress(year, classes, today) if year else []
    context = {
        "rows": rows,
        "months": [month.first_day for month in rows[0].months] if rows else [],
        "year": year,
        "years": found,
        "in_year": bool(year and year.starts_on <= today <= year.ends_on),
    }
    return render(request, "gradebook/attendance_board.html", context)
