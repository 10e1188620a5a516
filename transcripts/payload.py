"""A pupil's year as canonical JSON: the same records always give the same bytes."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from gradebook.book import read_book
from gradebook.models import Enrolment, School

VERSION = 2
"""Version 2 adds conduct, absences, the summer and what was decided."""


def payload_of(enrolment: Enrolment) -> str:
    """`enrolment` needs its student, class and year loaded."""
    school = School.objects.get()
    student, school_class = enrolment.student, enrolment.school_class
    content: dict[str, Any] = {
        "version": VERSION,
        "school": school.name,
        "governing_body": school.governing_body,
        "year": school_class.year.name,
        "class": school_class.name,
        "scheme": school_class.scheme,
        "pupil": {
            "ministry_code": student.ministry_code,
            "full_name": student.full_name,
            "birth_date": student.birth_date.isoformat(),
            "sex": student.sex,
        },
        "book": asdict(read_book(school_class, pupil=enrolment)),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def without_result(enrolment: Enrolment) -> list[str]:
    """The subjects in which the pupil's year has no result yet."""
    book = read_book(enrolment.school_class, pupil=enrolment)
    return [course.subject for course in book.courses if not course.rows[0].results[-1]]


def fingerprint(payload: str) -> str:
    return hashlib.sha256(payload.encode()).hexdigest()
