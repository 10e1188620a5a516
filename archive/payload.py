"""A class as it stands now → the frozen facts of its book, as canonical JSON."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone

from archive import changes
from archive.roll_facts import freeze_roll
from gradebook.book import ClassBook, read_book
from gradebook.colleagues import principals_name
from gradebook.layout import SUMMER
from gradebook.models import Enrolment, School, SchoolClass, Window, still_open

FORMATS = {
    "class_book": ("class-book", 5),
    "check_sheet": ("check-sheet", 1),
    "blank_book": ("blank-book", 2),
    "teacher_book": ("teacher-book", 1),
    "class_summary": ("class-summary", 2),
    "term_sheets": ("term-sheets", 2),
    "transcript": ("transcript", 1),
}
"""By kind of edition. Of the class book, version 2 adds `interim` and `corrections` to the book, version 3 the homeroom
sheet, conduct and decisions, version 4 the day on which a pupil joined a list that had begun, version 5 the roll, the
families, and for TT 58/2011 the means and the titles of the semesters. Papers made from it: version 2 likewise.
Of every kind, the edition may name the newest seal of the history.
"""

Facts = dict[str, Any]


def envelope(book: Facts, edition: Facts, kind: str = "class_book") -> Facts:
    """The payload: the book, and which edition of it this is."""
    name, version = FORMATS[kind]
    return {"format": name, "version": version, "edition": edition, "book": book}


def freeze_class_book(school_class: SchoolClass) -> Facts:
    """Everything that the book says, in a number of queries that does not grow with the class."""
    book = read_book(school_class)
    enrolments = school_class.enrolments.in_list_order().prefetch_related("student__guardians")
    pupils = [_profile(enrolment) for enrolment in enrolments]
    return {
        **of_class(school_class),
        "pupils": pupils,
        **asdict(book),
        "roll": freeze_roll(school_class),
        "corrections": changes.executed(school_class),
        "interim": _is_open(school_class) or not _is_complete(book, pupils),
    }


def of_class(school_class: SchoolClass) -> Facts:
    """What every paper of a class says of it."""
    homeroom = school_class.homeroom_teacher
    return {
        **of_school(),
        "year": school_class.year.name,
        "class": {
            "name": school_class.name,
            "grade": school_class.grade,
            "level": school_class.level.value,
            "scheme": school_class.scheme,
        },
        "homeroom_teacher": homeroom.full_name if homeroom else "",
    }


def of_school() -> Facts:
    school = School.objects.get()
    return {
        "school": {"name": school.name, "governing_body": school.governing_body, "place": school.place},
        "principal": principals_name(timezone.localdate()),
    }


def _is_open(school_class: SchoolClass) -> bool:
    """In the year itself: the summer's sheets open later and belong to a later edition."""
    opened = Window.objects.filter(still_open(), course__school_class=school_class)
    return bool(opened.exclude(period__code=SUMMER).exists())


def _is_complete(book: ClassBook, pupils: list[Facts]) -> bool:
    """Whoever is still in the class has a result of the year in every subject, and the principal has decided.

    Whoever is called back for the summer is decided upon too: what comes of it belongs to a later edition.
    """
    staying = {pupil["number"] for pupil in pupils if not pupil["left_on"]}
    rows = [row for row in book.summary if row.number in staying]
    years = [year for row in rows for _, _, year in row.results]
    return bool(years) and all(years) and all(row.outcome for row in rows)


def pupil_facts(enrolment: Enrolment) -> Facts:
    """A line of the list. `enrolment` needs the pupil, the class and its year."""
    return {
        "number": enrolment.number,
        "name": enrolment.student.full_name,
        "birth_date": enrolment.student.birth_date.isoformat(),
        "sex": enrolment.student.sex,
        "came_on": enrolment.since.isoformat() if enrolment.joined_later else "",
        "left_on": enrolment.until.isoformat() if enrolment.until else "",
    }


def _profile(enrolment: Enrolment) -> Facts:
    student = enrolment.student
    return {
        **pupil_facts(enrolment),
        "birthplace": student.birthplace,
        "ethnicity": student.ethnicity_name,
        "ministry_code": student.ministry_code,
        "address": student.address,
        "phone": student.phone,
        "policy_group": student.policy_group,
        "household": student.household,
        "disability": student.disability,
        "family": [
            {
                "relation": guardian.relation,
                "name": guardian.full_name,
                "occupation": guardian.occupation,
                "phone": guardian.phone,
            }
            for guardian in student.guardians.all()
        ],
    }
