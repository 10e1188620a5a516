"""Short calls for the tests of attendance."""

from datetime import date
from typing import Any

from django.test import Client

from gradebook.actions.attendance import Edit, Outcome, save_attendance
from gradebook.models import Absence, Enrolment, Policy, SchoolClass
from tests.cast import Cast, signed_in

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
NOTHING: dict[str, str] = {}


def edit(pupil: Enrolment, letter: str, day: date = MONDAY, **more: Any) -> Edit:
    return Edit(pupil.pk, day, more.pop("half", "morning"), letter, more.pop("version", 0), **more)


def save(cast: Cast, *edits: Edit, name: str = "6A", **more: Any) -> Outcome:
    more = {"by": cast.mai, "origin": "roll", **more}
    return save_attendance(school_class=again(cast.classes[name]), edits=edits, **more)


def again(school_class: SchoolClass) -> SchoolClass:
    found: SchoolClass = SchoolClass.objects.select_related("year").get(pk=school_class.pk)
    return found


def letters(pupil: Enrolment) -> dict[tuple[date, str], str]:
    rows = Absence.objects.filter(enrolment=pupil)
    return {(row.day, row.half_day): row.kind for row in rows}


def post_roll(client: Client, cast: Cast, chosen: dict[str, str], **more: Any) -> Any:
    """`chosen`: fields by name, as the page has them."""
    data = {"day": f"{MONDAY}", "half": "morning", **chosen, **more.pop("fields", NOTHING)}
    person = signed_in(client, cast.people[more.pop("by", "mai")])
    return person.post(f"/classes/{cast.classes['6A'].pk}/roll/save/", data)


def rule(cast: Cast, **values: Any) -> None:
    policy = Policy.objects.get(year=cast.year, level="lower_secondary")
    for name, value in values.items():
        setattr(policy, name, value)
    policy.save_by(cast.hanh)
