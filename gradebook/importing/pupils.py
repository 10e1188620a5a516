"""What an uploaded pupil list would do to the records, decided row by row. Reads only.

Of whoever is already there, empty values are filled and others are only compared. Who may be somebody already
there is asked about, never merged silently.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from gradebook.import_rows import Reason, RefusedRow, RowRefused, Source, same_name
from gradebook.importing.plans import Entry, Plan, Question
from gradebook.importing.pupil_records import PupilRecords, newcomer
from gradebook.importing.pupil_values import (
    RELATIONS,
    Values,
    check_lengths,
    compare,
    shown,
    told_of_guardian,
    told_of_student,
)
from gradebook.models import Guardian, Import, SchoolClass, SchoolYear, Student
from gradebook.spreadsheets.pupil_columns import PUPIL_HEADINGS
from gradebook.spreadsheets.pupil_list import PupilRow, Status
from gradebook.spreadsheets.rows import Result

NOT_STUDYING = {Status.MOVED_OUT, Status.DROPPED_OUT, Status.DEFERRED}
YOUNGER, OLDER = 3, 15
AT_A_TIME = 1000
"""How many rows are looked up together: the statements are the same for each thousand."""


@dataclass(slots=True)
class PupilFate:
    """What is to be written: a new pupil (`student` is None) or values of a known one, and a place in the class."""

    row: PupilRow
    school_class: SchoolClass
    student: Student | None = None
    enrols: bool = True
    values: Values = field(default_factory=dict)
    guardians: dict[Guardian.Relation, tuple[Guardian | None, Values]] = field(default_factory=dict)


def plan_pupils(
    result: Result[PupilRow], upload: Import, year: SchoolYear | None, *, locking: bool = False
) -> Plan:
    """`locking` when the plan is written in this transaction: nobody else changes the pupils meanwhile."""
    plan = Plan(Source.of(result, ()))
    plan.refused.extend(map(RefusedRow.of_problem, result.problems))
    for start in range(0, len(result.rows), AT_A_TIME):
        _plan_some(plan, result.rows[start : start + AT_A_TIME], upload, year, locking=locking)
    return plan.sort()


def _plan_some(
    plan: Plan, rows: Sequence[PupilRow], upload: Import, year: SchoolYear | None, *, locking: bool
) -> None:
    known = PupilRecords.of(rows, year, upload.school_class, locking=locking)
    meant: dict[int, int] = {}
    for row in rows:
        try:
            entry = _Decision(row, known, upload.answers.get(str(row.row_number))).entry()
            _check_once(entry, meant)
        except RowRefused as refusal:
            plan.refused.append(
                RefusedRow(row.row_number, row.full_name, refusal.code, details=refusal.details)
            )
            if refusal.code == Reason.POSSIBLE_DUPLICATE:
                plan.questions.append(
                    Question(row.row_number, row.full_name, _facts(row), known.candidates(row))
                )
        else:
            fate = entry.fate
            new = fate.student is None or fate.enrols
            (plan.added if new else plan.filled if entry.fills else plan.present).append(entry)


def _check_once(entry: Entry, meant: dict[int, int]) -> None:
    """Two rows may name one pupil by different identifiers. Raises RowRefused for the later one."""
    student = entry.fate.student
    if student is not None and meant.setdefault(student.pk, entry.row) != entry.row:
        raise RowRefused(Reason.SAME_PUPIL, other_row=meant[student.pk])


@dataclass(frozen=True, slots=True)
class _Decision:
    """One row against what the records know; `answer` is what a person said of a possible duplicate."""

    row: PupilRow
    known: PupilRecords
    answer: dict[str, Any] | None

    def entry(self) -> Entry:
        """Raises RowRefused."""
        row, school_class = self.row, self.known.class_of(self.row)
        if row.status in NOT_STUDYING:
            raise RowRefused(Reason.NOT_STUDYING)
        student = self._student(school_class)
        self.known.check_free(row, student)
        check_lengths(row)
        if student is None:
            _check_age(row, school_class)
            return Entry(row.row_number, row.full_name, _facts(row), fate=_new(row, school_class))
        return self._of_known(student, school_class)

    def _of_known(self, student: Student, school_class: SchoolClass) -> Entry:
        row = self.row
        fate = PupilFate(row, school_class, student, enrols=not self.known.is_enrolled(student, school_class))
        found = compare(student, told_of_student(row))
        fate.values, fills, differences = found.values, found.fills, found.differences
        for relation in RELATIONS:
            told = told_of_guardian(row, relation)
            guardian = self.known.guardians.get((student.pk, relation))
            of_guardian = compare(guardian or Guardian(), told, relation)
            if of_guardian.values:
                fate.guardians[relation] = (guardian, of_guardian.values)
            fills, differences = fills + of_guardian.fills, differences + of_guardian.differences
        note = "known" if fate.enrols else ""
        return Entry(row.row_number, row.full_name, _facts(row), note, fills, differences, fate)

    def _student(self, school_class: SchoolClass) -> Student | None:
        """Whom the row means: by identifier, else by name and birth date, else by what a person has said."""
        row, pupils = self.row, self.known.pupils
        student = pupils.owner("ministry_code", row.ministry_code) or pupils.owner(
            "school_code", row.school_code
        )
        if student is not None:
            _check_agreement(row, student)
            return student
        alike = pupils.alike(newcomer(row))
        if not alike:
            return None
        if obvious := self._obvious(alike, school_class):
            return obvious
        if self.answer is None or self.answer["student"] not in [None, *(student.pk for student in alike)]:
            codes = ", ".join(student.ministry_code or "–" for student in alike)
            raise RowRefused(Reason.POSSIBLE_DUPLICATE, known=codes, value=row.ministry_code or "–")
        return next((student for student in alike if student.pk == self.answer["student"]), None)

    def _obvious(self, alike: Sequence[Student], school_class: SchoolClass) -> Student | None:
        """The only one written like the row, in its class, with no identifier that says otherwise."""
        row = self.row
        same = [student for student in alike if same_name(row.full_name, student.full_name)]
        if len(same) != 1 or newcomer(row).disagrees(same[0]):
            return None
        return same[0] if self.known.was_in(same[0], school_class) else None


def _new(row: PupilRow, school_class: SchoolClass) -> PupilFate:
    guardians: dict[Guardian.Relation, tuple[Guardian | None, Values]] = {
        relation: (None, told) for relation in RELATIONS if (told := told_of_guardian(row, relation))
    }
    return PupilFate(row, school_class, values=told_of_student(row), guardians=guardians)


def _facts(row: PupilRow) -> tuple[str, ...]:
    return f"{row.birth_date:%d/%m/%Y}", row.class_name, row.ministry_code or "–"


def _check_agreement(row: PupilRow, student: Student) -> None:
    """A code that belongs to somebody else is an error in the file or in the records; people decide which."""
    for key, agrees, known in _compared(row, student):
        if not agrees:
            value = shown(student, key, getattr(row, key))
            raise RowRefused(Reason.DISAGREES, heading=PUPIL_HEADINGS.official(key), value=value, known=known)


def _compared(row: PupilRow, student: Student) -> Iterator[tuple[str, bool, str]]:
    yield "full_name", same_name(row.full_name, student.full_name), student.full_name
    yield "birth_date", row.birth_date == student.birth_date, f"{student.birth_date:%d/%m/%Y}"
    code = student.ministry_code
    yield "ministry_code", not code or row.ministry_code in (None, code), code


def _check_age(row: PupilRow, school_class: SchoolClass) -> None:
    """Grade 1 is entered in the year of the sixth birthday; wide margins for early and late pupils."""
    age = school_class.year.starts_on.year - row.birth_date.year
    if not YOUNGER <= age - school_class.grade <= OLDER:
        raise RowRefused(Reason.UNLIKELY_AGE, year=row.birth_date.year, grade=school_class.grade)
