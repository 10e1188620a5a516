"""Whose sheet an Excel file is: sealed into it at the download, so that it goes back to no other sheet.

The seal is made with the installation's own key: no other school's file and nobody's hand-made one passes. What each
cell said then is sealed too: a cell that still says so is no wish to change anything, however old the file is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from django.core import signing

from gradebook.import_rows import FileReason, Misplaced
from gradebook.models import Course
from gradebook.sheet import EMPTY_CELL, Cell

SALT = "gradebook.sheet-file"


@dataclass(frozen=True, slots=True)
class Identity:
    """`cells` by enrolment, in the order of `columns`; `taken_at` is the moment of the download, in words."""

    course: int
    semester: int
    subject: str
    class_name: str
    year: str
    school: str
    taken_at: str
    columns: tuple[int, ...]
    cells: Mapping[int, tuple[Cell, ...]]

    @property
    def place(self) -> dict[str, object]:
        return {
            "subject": self.subject,
            "name": self.class_name,
            "semester": "I" * self.semester,
            "year": self.year,
            "taken_at": self.taken_at,
        }


def seal(identity: Identity) -> str:
    """The identity as signed text; a cell that was empty and never filled is a 0."""
    facts = {each.name: getattr(identity, each.name) for each in fields(identity)}
    facts["cells"] = {
        enrolment: [[cell.text, cell.version] if cell.version else 0 for cell in cells]
        for enrolment, cells in identity.cells.items()
    }
    return signing.dumps(facts, salt=SALT, compress=True)


def unseal(text: str) -> Identity:
    """Raises Misplaced: FORGED when the text is not what this installation once sealed."""
    try:
        facts = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        raise Misplaced(FileReason.FORGED) from None
    cells = {
        int(enrolment): tuple(Cell(*each) if each else EMPTY_CELL for each in found)
        for enrolment, found in facts["cells"].items()
    }
    return Identity(**{**facts, "columns": tuple(facts["columns"]), "cells": cells})


def check_identity(identity: Identity, course: Course, semester: int) -> None:
    """`course` has its subject, class and year loaded.

    Raises Misplaced: OTHER_SHEET with the course and semester that the file is of, or OUTDATED_SHEET when the same
    subject was laid out anew meanwhile.
    """
    if (identity.course, identity.semester) == (course.pk, semester):
        return
    here = {
        "subject": course.subject.name,
        "name": course.school_class.name,
        "semester": "I" * semester,
        "year": str(course.school_class.year),
        "taken_at": identity.taken_at,
    }
    if here == identity.place:
        raise Misplaced(FileReason.OUTDATED_SHEET, **here)
    known = {"course": identity.course, "number": identity.semester}
    expected = {f"here_{name}": value for name, value in here.items()}
    raise Misplaced(FileReason.OTHER_SHEET, **identity.place, **expected, **known)
