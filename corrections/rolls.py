"""Half-days of closed months that a request is about, and the totals on the homeroom sheet that hang on them.

Who corrects a half-day expects the totals to say the same afterwards: they were taken over from the roll. So the cells
of the sheet that agree with the roll today go into the same request, and are decided and changed with it. A cell that
says otherwise than the roll was entered by hand, for a reason that the roll does not know: it is named and left alone.
So is a cell of a sheet that is open, where the totals are taken over again by a button.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from corrections.cells import Standing, standing
from corrections.dossiers import NotAccepted
from corrections.models import AttendanceLine, CorrectionLine
from gradebook.actions.attendance import Cell, Edit
from gradebook.attendance_rules import EXCUSED, PRESENT, UNEXCUSED, NotALetter, parse
from gradebook.attendance_terms import CLOSED, Term, halves_of, on_roll, policy_of, term_of
from gradebook.attendance_totals import read_totals
from gradebook.entries import Refused
from gradebook.layout import PERIODS_OF
from gradebook.models import Absence, Column, Course, Enrolment, SchoolClass, Semester

_COUNTS = {Column.Kind.EXCUSED: EXCUSED, Column.Kind.UNEXCUSED: UNEXCUSED}
"""What each column of the homeroom sheet counts."""


def half_day_lines(school_class: SchoolClass, edits: Sequence[Edit]) -> list[AttendanceLine]:
    """The lines that these edits ask for, not saved yet; what stands already as typed is not asked for.

    Raises NotAccepted with the reason at every bad half-day, or nothing-asked.
    """
    roll = _Roll.of(school_class, edits)
    lines, problems = [], {}
    for edit in edits:
        try:
            line = roll.line(edit)
        except Refused as refusal:
            problems[edit.cell] = refusal.code
        else:
            lines += [line] if line else []
    if problems:
        raise NotAccepted.at(problems)
    if not lines:
        raise NotAccepted("nothing-asked")
    return lines


@dataclass(frozen=True, slots=True)
class _Roll:
    """What is known of the half-days in question, in a fixed number of queries."""

    term: Term
    halves: tuple[str, ...]
    enrolments: Mapping[int, Enrolment]
    absences: Mapping[Cell, Absence]
    pending: Collection[Cell]

    @classmethod
    def of(cls, school_class: SchoolClass, edits: Sequence[Edit]) -> "_Roll":
        among = {
            "enrolment__in": {edit.enrolment_id for edit in edits},
            "day__in": {edit.day for edit in edits},
        }
        listed = school_class.enrolments.listed().filter(pk__in=among["enrolment__in"])
        waiting = AttendanceLine.objects.filter(is_open=True, **among)
        return cls(
            term_of(school_class, timezone.localdate()),
            halves_of(policy_of(school_class)),
            {row.pk: row for row in listed.select_related("student")},
            {(row.enrolment_id, row.day, row.half_day): row for row in Absence.objects.filter(**among)},
            set(waiting.values_list("enrolment_id", "day", "half_day")),
        )

    def line(self, edit: Edit) -> AttendanceLine | None:
        enrolment, absence = self.enrolments.get(edit.enrolment_id), self.absences.get(edit.cell)
        if enrolment is None:
            raise Refused("not-in-class")
        old = absence.kind if absence else PRESENT
        new = _kind(edit.typed)
        if new == old:
            return None
        if code := self._obstacle(edit, enrolment):
            raise Refused(code)
        version = absence.version if absence else 0
        if edit.version != version:
            raise Refused("conflict")
        return AttendanceLine(
            enrolment=enrolment,
            day=edit.day,
            half_day=edit.half_day,
            old_kind=old,
            new_kind=new,
            seen_version=version,
        )

    def _obstacle(self, edit: Edit, enrolment: Enrolment) -> str:
        if edit.half_day not in self.halves:
            return "no-such-half"
        refusal = self.term.refusal(edit.day)
        if refusal not in CLOSED:
            return refusal or "month-open"
        if not on_roll(enrolment, edit.day):
            return "not-on-roll"
        return "pending" if edit.cell in self.pending else ""


def _kind(typed: str) -> str:
    try:
        return parse(typed)
    except NotALetter:
        raise Refused("not-a-letter") from None


@dataclass(frozen=True, slots=True)
class Total:
    """One cell of the homeroom sheet, and what the roll counts for it before and after."""

    cell: Standing
    roll_before: int
    roll_after: int

    @property
    def follows(self) -> bool:
        """It agrees with the roll, and is locked like the month."""
        return not self.cell.obstacle and self.cell.text == str(self.roll_before)

    def line(self) -> CorrectionLine:
        return CorrectionLine(
            enrolment=self.cell.enrolment,
            column=self.cell.column,
            old_text=self.cell.text,
            new_text=str(self.roll_after),
            seen_version=self.cell.version,
        )


def totals_of(school_class: SchoolClass, lines: Iterable[AttendanceLine]) -> list[Total]:
    """The totals of the semesters concerned that the lines change, in a fixed number of queries."""
    lines = list(lines)
    sheet = Course.objects.filter(school_class=school_class, kind=Course.Kind.HOMEROOM)
    course = sheet.select_related("school_class__year", "subject").first()
    if course is None:
        return []
    columns = {
        (column.period.code, _COUNTS[Column.Kind(column.kind)]): column
        for column in course.columns.filter(kind__in=Column.COUNTED).select_related("period")
    }
    changes = _changes(school_class, lines)
    wanted = {
        (enrolment, columns[code, kind].pk): (semester, kind, change)
        for (enrolment, semester, code, kind), change in changes.items()
        if change and (code, kind) in columns
    }
    found = standing(course, wanted)
    counted = read_totals(school_class, {line.enrolment.student_id for line in lines})
    totals = []
    for place, cell in found.items():
        semester, kind, change = wanted[place]
        tally = counted.of(cell.enrolment.student_id, (semester.starts_on, semester.ends_on))
        before = tally.excused if kind == EXCUSED else tally.unexcused
        totals.append(Total(cell, before, before + change))
    return totals


def _changes(
    school_class: SchoolClass, lines: Iterable[AttendanceLine]
) -> Mapping[tuple[int, Semester, str, str], int]:
    """By how much each count of a pupil's semester changes; the period is the one that ends the semester."""
    semesters = list(school_class.year.semesters.all())
    changes: Counter[tuple[int, Semester, str, str]] = Counter()
    for line in lines:
        if semester := _semester(semesters, line.day):
            of_pupil = (line.enrolment_id, semester, PERIODS_OF[semester.number][-1])
            for kind, step in ((line.old_kind, -1), (line.new_kind, 1)):
                if kind in (EXCUSED, UNEXCUSED):
                    changes[(*of_pupil, kind)] += step
    return changes


def _semester(semesters: Iterable[Semester], day: date) -> Semester | None:
    return next((each for each in semesters if each.starts_on <= day <= each.ends_on), None)
