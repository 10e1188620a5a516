"""A pupil's transcript of one level of school, as it is printed: frozen years inside a frozen booklet.

A year is the text that was issued, byte for byte, with its fingerprint. Who the pupil is and which way through the
school led here are of the day of printing.
"""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from archive.payload import Facts, of_school
from archive.wanted import Wanted
from gradebook.models import Enrolment, School, SchoolClass, Student
from transcripts.models import Transcript


class NothingIssued(ValueError):
    """No year of the pupil at this level is issued: there is nothing to print."""


def freeze_booklet(wanted: Wanted) -> Facts:
    """Raises NothingIssued."""
    student, school_class = wanted.student, wanted.school_class
    assert student is not None and school_class is not None  # noqa: S101  archive_edition_about
    years = [_year(each) for each in issued_years(student, school_class)]
    if not years:
        raise NothingIssued
    return {
        **of_school(),
        "year": school_class.year.name,
        "level": school_class.level.value,
        "class": school_class.name,
        "pupil": _pupil(student),
        "way": list(_way(student, school_class)),
        "years": years,
        "interim": False,
    }


def issued_years(student: Student, school_class: SchoolClass) -> Iterable[Transcript]:
    """What counts of each year at the level of the class, the earliest first."""
    standing = Transcript.objects.standing().filter(
        enrolment__student=student, enrolment__school_class__grade__in=school_class.level.grades
    )
    found: Iterable[Transcript] = standing.select_related("issued_by").order_by(
        "enrolment__school_class__year__starts_on", "enrolment"
    )
    return found


def _year(issued: Transcript) -> Facts:
    return {
        "number": issued.number,
        "issued_on": timezone.localdate(issued.issued_at).isoformat(),
        "issued_by": issued.issued_by.full_name,
        "fingerprint": issued.fingerprint,
        "payload": issued.payload,
    }


def _pupil(student: Student) -> Facts:
    guardians = {each.relation: each for each in student.guardians.all()}
    return {
        "full_name": student.full_name,
        "birth_date": student.birth_date.isoformat(),
        "sex": student.sex,
        "ministry_code": student.ministry_code,
        "register_number": student.register_number,
        "admitted_on": student.admitted_on.isoformat() if student.admitted_on else "",
        "ethnicity": student.ethnicity_name,
        "birthplace": student.birthplace,
        "hometown": student.hometown,
        "address": student.address or student.permanent_address,
        **{relation: _guardian(guardians.get(relation)) for relation in ("father", "mother", "guardian")},
    }


def _guardian(guardian: Any) -> Facts:
    return {
        "name": guardian.full_name if guardian else "",
        "occupation": guardian.occupation if guardian else "",
    }


def _way(student: Student, school_class: SchoolClass) -> Iterable[Facts]:
    """The classes at this level, the earliest first."""
    school = School.objects.get()
    places = student.enrolments.listed().filter(school_class__grade__in=school_class.level.grades)
    for place in places.select_related("school_class__year").order_by("since", "pk"):
        yield {
            "year": place.school_class.year.name,
            "class": place.school_class.name,
            "school": school.name,
            "place": school.place,
            "register_number": student.register_number,
            "since": place.since.isoformat(),
            "until": place.until.isoformat() if place.until else "",
            "left": place.status == Enrolment.Status.LEFT,
        }
