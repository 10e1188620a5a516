"""The classes of the year, and one class with its pupils and courses."""

from django.db.models import Count, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from accounts.roles import Permission
from gradebook import policies
from gradebook.models import Course, SchoolClass, TeachingAssignment, Window, still_open
from gradebook.now import current_semester
from gradebook.policies import may_keep_attendance
from gradebook.years import chosen_year, years


@require_safe
def classes(request: AuthenticatedHttpRequest) -> HttpResponse:
    on_roll = Count("enrolments", filter=Q(enrolments__status="enrolled"))
    found = years()
    year = chosen_year(request, found)
    rows = (
        SchoolClass.objects.visible_to(request.user)
        .filter(year=year)
        .select_related("homeroom_teacher")
        .annotate(pupils=on_roll)
        .order_by("grade", "name")  # what is counted loses the order of the model
    )
    context = {
        "classes": rows,
        "year": year,
        "years": found,
        "may_read_year": request.user.may(Permission.READ_SCHOOL),
        "may_set_up": request.user.may(Permission.SET_UP_YEAR),
        "writes": policies.courses_written_by(request.user).exists(),
        "may_keep_phrases": policies.may_keep_phrases(request.user),
    }
    return render(request, "gradebook/classes.html", context)


@require_safe
def school_class(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    visible = SchoolClass.objects.visible_to(request.user).select_related("year", "homeroom_teacher")
    chosen = get_object_or_404(visible, pk=pk)
    teaching = Prefetch(
        "assignments", TeachingAssignment.objects.current().select_related("teacher", "acting_for")
    )
    open_windows = Prefetch(
        "windows",
        Window.objects.filter(still_open()).select_related("period").order_by("period__order", "pk"),
    )
    courses = (
        Course.objects.visible_to(request.user)
        .filter(school_class=chosen)
        .select_related("subject")
        .prefetch_related(teaching, open_windows)
    )
    context = {
        "school_class": chosen,
        "pupils": chosen.enrolments.in_list_order().select_related("school_class__year"),
        "courses": courses,
        "semester": current_semester(chosen),
        "may_record": request.user.may(Permission.RECORD_MOVEMENTS),
        "may_manage_pupils": request.user.may(Permission.MANAGE_PUPILS),
        "may_import": request.user.may(Permission.IMPORT_PUPILS),
        "may_keep_attendance": may_keep_attendance(request.user, chosen),
        "may_read_whole": SchoolClass.objects.whole_book_visible_to(request.user).filter(pk=pk).exists(),
    }
    return render(request, "gradebook/school_class.html", context)
