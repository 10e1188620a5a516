"""Doors to the profiles of the small school, for tests."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from accounts.models import User
from gradebook.actions.profiles import save_profile
from gradebook.models import Enrolment, Policy, Student
from tests.cast import Cast, signed_in


def profiles_close(cast: Cast, *, in_days: int) -> None:
    """Profiles may be edited freely until so many days from today."""
    policy = Policy.objects.get(year=cast.year, level="lower_secondary")
    policy.profile_deadline = timezone.localdate() + timedelta(days=in_days)
    policy.save_by(cast.hanh)


def profile_of(pupil: Enrolment) -> Student:
    return Student.objects.get(pk=pupil.student_id)


def write(pupil: Enrolment, by: User, seen: dict[str, str] | None = None, **changes: str) -> list[str]:
    """`father__phone="…"` is the father's telephone."""
    typed = {key.replace("__", "."): value for key, value in changes.items()}
    return save_profile(student=profile_of(pupil), changes=typed, seen=seen or {}, by=by)


def posted(pupil: Enrolment, person: User, fields: dict[str, tuple[str, str]]):
    """Save the page of the profile: for each field what it showed and what was typed."""
    data = {key: typed for key, (_seen, typed) in fields.items()}
    data |= {f"initial-{key}": seen for key, (seen, _typed) in fields.items()}
    return signed_in(Client(), person).post(f"/pupils/{pupil.pk}/save/", data)
