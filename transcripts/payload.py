"""A pupil's year as canonical JSON: the same records always give the same bytes.

What belongs to the pupil and not to the year (birthplace, parents, address) stays out: it may change long after the
year, and is frozen with the booklet that prints it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils import timezone

from gradebook.book import read_book
from gradebook.colleagues import principals_names
from gradebook.corrected import corrected_places
from gradebook.models import Enrolment, School, SchoolClass

VERSION = 3
"""Version 2 adds conduct, absences, the summer and what was decided; version 3 who leads the class and the school, the
grade and level, the place, the mean of all subjects (TT 58/2011), and the cells corrected after they were locked."""

Facts = dict[str, Any]


def payload_of(enrolment: Enrolment) -> str:
    """`enrolment` needs its student, class and year loaded."""
    return payloads_of(enrolment.school_class, [enrolment])[enrolment.pk]


def payloads_of(school_class: SchoolClass, pupils: Iterable[Enrolment] | None = None) -> dict[int, str]:
    """By enrolment, of these pupils or of everybody in the list; a number of queries that does not grow with them.

    `school_class` needs its year, and its homeroom teacher where there is one.
    """
    alone = list(pupils) if pupils is not None else None
    listed = list(school_class.enrolments.in_list_order()) if alone is None else alone
    book = asdict(read_book(school_class, pupil=alone[0] if alone else None))
    common, corrected = _of_class(school_class), corrected_places(listed)
    decided = {row["number"]: row["decided_on"] for row in book["summary"]}
    principals = _principals(decided)
    return {
        pupil.pk: canonical(
            {
                **common,
                "principal": principals[decided[pupil.number]],
                "pupil": _pupil(pupil),
                "corrections": [
                    {"subject": subject, "places": places} for subject, places in corrected.get(pupil.pk, [])
                ],
                "book": _part(book, pupil.number),
            }
        )
        for pupil in listed
    }


def canonical(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(payload: str) -> str:
    return hashlib.sha256(payload.encode()).hexdigest()


def _of_class(school_class: SchoolClass) -> Facts:
    school, homeroom = School.objects.get(), school_class.homeroom_teacher
    return {
        "version": VERSION,
        "school": school.name,
        "governing_body": school.governing_body,
        "place": school.place,
        "year": school_class.year.name,
        "class": school_class.name,
        "grade": school_class.grade,
        "level": school_class.level.value,
        "scheme": school_class.scheme,
        "homeroom_teacher": homeroom.full_name if homeroom else "",
    }


def _principals(decided: Mapping[int, str]) -> dict[str, str]:
    """Who led the school on the day of each decision: a later principal changes nothing that was decided."""
    days = {text: date.fromisoformat(text) if text else timezone.localdate() for text in decided.values()}
    names = principals_names(set(days.values()))
    return {text: names[day] for text, day in days.items()}


def _pupil(enrolment: Enrolment) -> Facts:
    student = enrolment.student
    return {
        "ministry_code": student.ministry_code,
        "full_name": student.full_name,
        "birth_date": student.birth_date.isoformat(),
        "sex": student.sex,
        "number": enrolment.number,
    }


def _part(book: Facts, number: int) -> Facts:
    """One pupil's lines of the class's book."""
    return {
        "courses": [_own(course, number) for course in book["courses"]],
        "homeroom": _own(book["homeroom"], number) if book["homeroom"] else None,
        "summary": [row for row in book["summary"] if row["number"] == number],
    }


def _own(course: Facts, number: int) -> Facts:
    return {**course, "rows": [row for row in course["rows"] if row["number"] == number]}
