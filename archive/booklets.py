"""A pupil's transcript of one level of school, as it is printed: frozen years inside a frozen booklet.

A year is the text that was issued, byte for byte, with its fingerprint. Who the pupil is and which way through the
school led here are of the day of printing.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from archive.payload import Facts, of_school
from archive.wanted import Wanted
from gradebook.models import Enrolment, School, SchoolClass, Student
from transcripts.certificates import certificate_of
from transcripts.models import Certificate, ReceivedTranscript, Transcript
from transcripts.payload import canonical


class NothingIssued(ValueError):
    """No year of the pupil at this level is issued: there is nothing to print."""


def freeze_booklet(wanted: Wanted) -> Facts:
    """Raises NothingIssued."""
    student, school_class = wanted.student, wanted.school_class
    assert student is not None and school_class is not None  # noqa: S101  archive_edition_about
    own = [_year(each) for each in issued_years(student, school_class)]
    brought = list(
        ReceivedTranscript.objects.standing().filter(student=student).select_related("received_by")
    )
    # A year that came back, or came twice, is printed once, where it stood first.
    years = {each["fingerprint"]: each for each in (*_received_years(brought, school_class), *own)}
    way = (*_way_before(brought, school_class), *_way(student, school_class))
    if not years:
        raise NothingIssued
    return {
        **of_school(),
        "year": school_class.year.name,
        "level": school_class.level.value,
        "class": school_class.name,
        "pupil": _pupil(student),
        "way": list({canonical(place): place for place in way}.values()),
        "years": list(years.values()),
        "scans": [_scan(each) for each in brought if not each.has_data],
        "certificate": _certificate(certificate_of(student, school_class.level.value)),
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


def _certificate(known: Certificate | None) -> Facts | None:
    if known is None:
        return None
    return {
        "number": known.number,
        "register_entry": known.register_entry,
        "dated": known.dated.isoformat(),
    }


def _received_years(brought: Iterable[ReceivedTranscript], school_class: SchoolClass) -> Iterable[Facts]:
    """What other schools issued at this level, byte for byte, each saying where it came from."""
    for received in brought:
        for year in json.loads(received.data)["book"]["years"] if received.data else ():
            content = json.loads(year["payload"])
            if content.get("grade") in school_class.level.grades:
                yield {**year, "received": {"school": received.from_school, "sha256": received.sha256}}


def _way_before(brought: Iterable[ReceivedTranscript], school_class: SchoolClass) -> Iterable[Facts]:
    for received in brought:
        book = json.loads(received.data)["book"] if received.data else {}
        if book.get("level") == school_class.level.value:
            yield from book["way"]


def _scan(received: ReceivedTranscript) -> Facts:
    return {
        "school": received.from_school,
        "years": received.years,
        "received_on": timezone.localdate(received.received_at).isoformat(),
        "sha256": received.sha256,
    }


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
