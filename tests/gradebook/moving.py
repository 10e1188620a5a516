"""Short calls for the tests of movements."""

from datetime import date
from typing import Any

from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.movement_desk import MovementPaper
from gradebook.actions.movements import change_class, come_back, leave, receive
from gradebook.entries import entry_of
from gradebook.known_pupils import Newcomer
from gradebook.models import Column, Enrolment, Mark, Movement
from tests.cast import Cast

AUTUMN = date(2026, 10, 12)
LATER = date(2026, 11, 16)


def paper(on: date = AUTUMN, number: str = "54/QĐ-THCS", **more: str) -> MovementPaper:
    more.setdefault("other_school", "Trường THCS Suối Mơ")
    return MovementPaper(on, number, on if number else None, **{"reason": "Theo gia đình", **more})


def go(cast: Cast, pupil: Enrolment, kind: str = "transferred", **more: Any) -> Movement:
    more = {"paper": paper(), "by": cast.cuc, "today": LATER, **more}
    return leave(enrolment=pupil, kind=kind, **more)


def change(cast: Cast, pupil: Enrolment, to: str = "6B", **more: Any) -> Movement:
    more = {"paper": paper(), "by": cast.cuc, "today": LATER, **more}
    return change_class(enrolment=pupil, to=cast.classes[to], **more)


def back(cast: Cast, pupil: Enrolment, to: str = "6A", **more: Any) -> Movement:
    more = {"paper": paper(LATER, ""), "by": cast.cuc, "today": LATER, **more}
    return come_back(enrolment=pupil, to=cast.classes[to], **more)


def come(cast: Cast, who: Newcomer | None = None, to: str = "6A", **more: Any) -> Movement:
    who = who or Newcomer("Lý Thảo Chi", date(2015, 1, 9), "female", "0000007777")
    more = {"paper": paper(), "by": cast.cuc, "today": LATER, **more}
    return receive(newcomer=who, school_class=cast.classes[to], **more)


def as_newcomer(pupil: Enrolment, **other: str) -> Newcomer:
    """The papers of a pupil whom the records know."""
    student = pupil.student
    known: dict[str, Any] = {"ministry_code": student.ministry_code, **other}
    return Newcomer(student.full_name, student.birth_date, student.sex, **known)


def enter(cast: Cast, pupil: Enrolment, ordinal: int, text: str, to: str = "6A") -> Mark:
    """A regular mark by the class's own teacher, in the open midterm period."""
    column = regular(cast, to, ordinal)
    teacher = cast.toan if to == "6A" else cast.lan
    before = Mark.objects.filter(enrolment=pupil, column=column).first()
    edit = Edit(pupil.pk, column.pk, text, before.version if before else 0)
    outcome = save_marks(course=cast.maths[to], edits=[edit], by=teacher, origin="page")
    return outcome.saved[0]


def regular(cast: Cast, name: str, ordinal: int) -> Column:
    found: Column = cast.maths[name].columns.get(kind="regular", period__code="GK1", ordinal=ordinal)
    return found


def marks(pupil: Enrolment) -> dict[int, str]:
    """Regular marks of the first half of the semester by ordinal."""
    rows = Mark.objects.filter(enrolment=pupil, column__kind="regular").select_related("column")
    return {mark.column.ordinal: entry_of(mark).text for mark in rows}


def again(pupil: Enrolment) -> Enrolment:
    found: Enrolment = Enrolment.objects.get(pk=pupil.pk)
    return found
