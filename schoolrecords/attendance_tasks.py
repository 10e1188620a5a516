"""What attendance asks: today's roll and the months to close, of the homeroom teacher; who is late, of the leaders."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Role
from gradebook.attendance_progress import ClassProgress, read_progress
from gradebook.attendance_rules import FRIDAY, SUNDAY
from gradebook.attendance_totals import near_limit
from gradebook.models import Policy, SchoolClass
from gradebook.years import current_year
from schoolrecords.work_items import Task, task

LEADERS = frozenset({Role.PRINCIPAL, Role.VICE_PRINCIPAL})


def attendance_tasks(user: User) -> Iterator[Task]:
    led = list(user.led_classes.filter(year__status="open", is_withdrawn=False).select_related("year"))
    if not led and not user.roles & LEADERS:
        return
    year, today = current_year(), timezone.localdate()
    if year is None or not year.is_open:
        return
    own = [each for each in led if each.year_id == year.pk]
    in_charge = SchoolClass.objects.filter(year=year) if user.roles & LEADERS else own
    progress = read_progress(year, in_charge, today)
    keys = {each.pk for each in own}
    for row in progress:
        if row.school_class.pk in keys:
            yield from _own(row)
    for school_class in own:
        yield from _near(school_class)
    if user.roles & LEADERS:
        yield from _late(progress)


def _own(row: ClassProgress) -> Iterator[Task]:
    """What the school's rhythm asks now; then the months that are over."""
    school_class, today = row.school_class, timezone.localdate()
    if school_class.year.starts_on <= today <= school_class.year.ends_on:
        yield from _of_rhythm(row, today)
    for month in row.waiting:
        query = {"month": f"{month.first_day:%Y-%m}"}
        text = {"month": date_format(month.first_day, "m/Y"), "name": school_class.name}
        yield task(
            _("Close the attendance of %(month)s, class %(name)s") % text,
            _("overdue") if month.is_overdue else "",
            reverse("gradebook:attendance", args=[school_class.pk], query=query),
            due=month.due,
            kind="conflict" if month.is_overdue else "open",
        )


def _of_rhythm(row: ClassProgress, today: date) -> Iterator[Task]:
    """Today's roll where it is called every day, the week's at its end where it is entered every week."""
    name, weekday = {"name": row.school_class.name}, today.isoweekday()
    if row.rhythm == Policy.Rhythm.DAILY and weekday != SUNDAY and row.called < row.halves:
        text = date_format(today, "l, d/m/Y")
        if weekday > FRIDAY:
            text = _("%(day)s, if there are lessons") % {"day": text}
        yield task(
            _("Call today's roll of class %(name)s") % name,
            text,
            reverse("gradebook:roll", args=[row.school_class.pk]),
        )
    elif row.rhythm == Policy.Rhythm.WEEKLY and weekday >= FRIDAY and row.week_lacks:
        url = reverse("gradebook:attendance", args=[row.school_class.pk])
        yield task(_("Enter this week's absences of class %(name)s") % name, "", url)


def _near(school_class: SchoolClass) -> Iterator[Task]:
    """Early enough to speak with the family: more than 45 half-days and a pupil does not move up."""
    if near := near_limit(school_class):
        names = ", ".join(f"{each.enrolment.student.full_name} ({each.absent})" for each in near[:3])
        yield task(
            ngettext(
                "Pupil of class %(name)s close to 45 half-days absent",
                "Pupils of class %(name)s close to 45 half-days absent",
                len(near),
            )
            % {"name": school_class.name},
            names,
            reverse("gradebook:attendance", args=[school_class.pk]),
            count=len(near),
            kind="conflict",
        )


def _late(progress: list[ClassProgress]) -> Iterator[Task]:
    """For the leaders: months that were to be closed by a day which is past (S3-41)."""
    late = [row for row in progress if row.overdue]
    if late:
        yield task(
            _("Attendance not closed in time"),
            ", ".join(row.school_class.name for row in late[:6]),
            reverse("gradebook:attendance_board"),
            count=len(late),
            kind="waiting",
        )
