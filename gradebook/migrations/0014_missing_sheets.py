"""Open years from before there was a summer, and classes from before there was a homeroom sheet, get theirs.

They become what they would be if they were opened today; what is there already stays, so running it twice changes
nothing. Closed years stay as they were kept.
"""

from typing import Any

from django.db import migrations
from django.utils import timezone

from gradebook import layout
from gradebook.assessment import schemes

SUMMER, HOMEROOM = "HE", "chu-nhiem"
RETESTED = ("scored", "comment")


class Writer:
    """Writes rows with their history; nobody is their author but the upgrade."""

    def __init__(self, apps: Any) -> None:
        self.apps = apps

    def model(self, name: str) -> Any:
        return self.apps.get_model("gradebook", name)

    def add(self, model: str, /, **fields: Any) -> Any:
        row = self.model(model).objects.create(**fields)
        values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        self.model(f"Historical{model}").objects.create(
            **values, history_date=timezone.now(), history_type="+", history_origin="upgrade"
        )
        return row


def complete(apps: Any, schema_editor: Any) -> None:
    write = Writer(apps)
    for year in write.model("SchoolYear").objects.filter(status="open"):
        periods = _periods(write, year)
        for school_class in write.model("SchoolClass").objects.filter(year=year):
            _sheet(write, school_class, periods)
            for course in write.model("Course").objects.filter(school_class=school_class):
                _windows(write, course, periods)
                if course.kind in RETESTED:
                    _columns(write, course, [layout.Place(SUMMER, "retest")], periods)


def _periods(write: Writer, year: Any) -> dict[str, Any]:
    period = write.model("Period")
    periods = {each.code: each for each in period.objects.filter(semester__year=year)}
    if SUMMER not in periods and "CN" in periods:
        last = periods["CN"]
        periods[SUMMER] = write.add(
            "Period", semester_id=last.semester_id, code=SUMMER, order=last.order + 1
        )
    return periods


def _sheet(write: Writer, school_class: Any, periods: dict[str, Any]) -> None:
    courses = write.model("Course").objects
    if courses.filter(school_class=school_class, kind="homeroom").exists():
        return
    try:
        circular = schemes.parse(school_class.scheme).circular
    except schemes.UnknownScheme:
        return
    subject = write.model("Subject").objects.filter(code=HOMEROOM).first() or write.add(
        "Subject", code=HOMEROOM, name="Chủ nhiệm", order=1000
    )
    sheet = write.add(
        "Course", school_class=school_class, subject=subject, kind="homeroom", lessons_per_year=0
    )
    _columns(write, sheet, layout.homeroom(school_class.grade, circular), periods)
    if school_class.homeroom_teacher_id is not None:
        _give(write, sheet, school_class)


def _give(write: Writer, sheet: Any, school_class: Any) -> None:
    """The class's teacher holds its sheet, with the grant that follows from it."""
    teacher = school_class.homeroom_teacher_id
    write.add(
        "TeachingAssignment", course=sheet, teacher_id=teacher, strand="", since=school_class.year.starts_on
    )
    permission = write.apps.get_model("auth", "Permission").objects.get(
        codename="enter_marks", content_type__app_label="gradebook"
    )
    write.model("CourseUserObjectPermission").objects.create(
        permission=permission, user_id=teacher, content_object=sheet
    )


def _columns(write: Writer, course: Any, places: Any, periods: dict[str, Any]) -> None:
    columns = write.model("Column").objects.filter(course=course)
    standing = set(columns.values_list("period__code", "kind", "ordinal"))
    order = max(columns.values_list("order", flat=True), default=0)
    for place in places:
        if (place.period, str(place.kind), place.ordinal) in standing or place.period not in periods:
            continue
        order += 1
        write.add(
            "Column",
            course=course,
            period=periods[place.period],
            kind=str(place.kind),
            trait=place.trait,
            ordinal=place.ordinal,
            order=order,
        )


def _windows(write: Writer, course: Any, periods: dict[str, Any]) -> None:
    standing = set(write.model("Window").objects.filter(course=course).values_list("period", flat=True))
    for period in periods.values():
        if period.pk not in standing:
            write.add("Window", course=course, period=period)


class Migration(migrations.Migration):
    dependencies = [
        ("gradebook", "0013_pupils_answers"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(complete, migrations.RunPython.noop)]
