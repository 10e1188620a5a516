"""What the pages of weekly remarks show."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from accounts.models import User
from gradebook import origins, policies
from gradebook.models import Course, Remark, SchoolClass
from gradebook.weekly_remarks import lacking, open_in, read_week
from gradebook.weeks import DAY, WEEK, Weeks


def of_week(school_class: SchoolClass, week: date, user: User, today: date) -> dict[str, Any]:
    weeks = Weeks.of(school_class.year)
    courses = policies.taught_courses(user, school_class).select_related("subject")
    reads_whole = SchoolClass.objects.whole_book_visible_to(user).filter(pk=school_class.pk).exists()
    writable = list(open_in(courses, week)) if week <= today else []
    mine = Course.objects.filter(pk__in=user.teaching.current().values("course"))
    own_lacking = list(lacking(mine, week))
    return {
        "school_class": school_class,
        "week": week,
        "sunday": week + WEEK - DAY,
        "number": weeks.number(week),
        "semester": weeks.semester(week),
        "earlier": week - WEEK if week > weeks.first else None,
        "later": week + WEEK if week < weeks.latest(today) else None,
        "courses": writable,
        "first_course": _first(writable, own_lacking),
        "teaches": courses.exists(),
        "sheet": read_week(school_class, week, user),
        "reads_whole": reads_whole,
        "lacking": list(lacking(Course.objects.filter(school_class=school_class), week))
        if reads_whole
        else [],
        "own_lacking": own_lacking,
    }


def _first(writable: Sequence[Course], lacking: Sequence[Course]) -> int | None:
    """The subject to write in next: one that lacks its remark, else the homeroom sheet, else any."""
    waiting = {course.pk for course in lacking}
    order = sorted(writable, key=lambda each: (each.pk not in waiting, each.kind != Course.Kind.HOMEROOM))
    return order[0].pk if order else None


def of_remark(remark: Remark, user: User) -> dict[str, Any]:
    """The remark, every version of it, and whether this person may still change it."""
    rows = list(Remark.history.filter(id=remark.pk).select_related("history_user").order_by("version"))
    own = remark.written_by_id == user.pk and not remark.is_withdrawn
    weeks = Weeks.of(remark.school_class.year)
    return {
        "remark": remark,
        "school_class": remark.school_class,
        "number": weeks.number(remark.week),
        "sunday": remark.week + WEEK - DAY,
        "versions": [(row, origins.sentence(row.history_origin)) for row in reversed(rows)],
        "is_own": own,
        "may_change": own and open_in(Course.objects.filter(pk=remark.course_id), remark.week).exists(),
    }
