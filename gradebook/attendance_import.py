"""An Excel file beside a month's sheet: which letters it would enter, and why it enters others not. Nothing is written.

The letters fill the month's own form, and are saved by its button like letters typed by hand.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from gradebook.attendance_sheet import EMPTY, HalfOfDay, MonthRow, MonthSheet
from gradebook.attendance_terms import on_roll
from gradebook.attendance_words import SENTENCES
from gradebook.import_problems import Line, lines, row_sentence
from gradebook.import_rows import Reason, RefusedRow, RowRefused, class_key, same_name
from gradebook.spreadsheets.attendance_list import AbsenceRow
from gradebook.spreadsheets.rows import Result

Place = tuple[int, date, str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A letter that the file would enter, with the reason that it gives."""

    letter: str
    note: str = ""
    row: int = 0


@dataclass(slots=True)
class AbsencePlan:
    """Every absence of the file is proposed, unchanged or refused."""

    proposed: dict[Place, Proposal] = field(default_factory=dict)
    unchanged: int = 0
    refused: list[Line] = field(default_factory=list)


def plan_absences(result: Result[AbsenceRow], sheet: MonthSheet) -> AbsencePlan:
    plan = AbsencePlan(refused=lines(map(RefusedRow.of_problem, result.problems)))
    for row in result.rows:
        try:
            pupil = _pupil(row, sheet)
            for at in _half_days(row, sheet):
                _propose(plan, sheet, row, pupil, at)
        except RowRefused as refusal:
            found = RefusedRow(row.row_number, row.full_name, refusal.code, details=refusal.details)
            plan.refused.append(Line(row.row_number, row.full_name, row_sentence(found)))
    plan.refused.sort(key=lambda line: line.row)
    return plan


def _propose(plan: AbsencePlan, sheet: MonthSheet, row: AbsenceRow, pupil: MonthRow, at: HalfOfDay) -> None:
    place, stored = (pupil.enrolment.pk, *at), pupil.cells.get(at, EMPTY)
    earlier = plan.proposed.get(place)
    if earlier and earlier.letter != row.letter:
        raise RowRefused(Reason.SAME_PUPIL, other_row=earlier.row)
    if code := _shut(sheet, pupil, at):
        text = f"{_('Row %(row)s') % {'row': row.row_number}}, {at[0]:%d/%m}: {SENTENCES[code]}"
        plan.refused.append(Line(row.row_number, row.full_name, text))
    elif earlier or stored.letter == row.letter:
        plan.unchanged += 1
    else:
        plan.proposed[place] = Proposal(row.letter, row.note, row.row_number)


def _shut(sheet: MonthSheet, pupil: MonthRow, at: HalfOfDay) -> str:
    column = next(column for column in sheet.columns if column.at == at)
    if not on_roll(pupil.enrolment, at[0]):
        return "not-on-roll"
    if column.is_sunday and not column.is_called:
        return "sunday"
    return sheet.term.refusal(at[0])


def _pupil(row: AbsenceRow, sheet: MonthSheet) -> MonthRow:
    """By ministry code, else by name; several of one name by the number in the list."""
    if row.class_name and class_key(row.class_name) != class_key(sheet.school_class.name):
        raise RowRefused(Reason.OTHER_CLASS, value=row.class_name, expected=sheet.school_class.name)
    found = list(_named(row, sheet.rows))
    if len(found) > 1:
        found = [each for each in found if str(each.enrolment.number) == row.number] or found
    if not found:
        raise RowRefused(Reason.NOT_IN_CLASS, name=sheet.school_class.name)
    if len(found) > 1:
        raise RowRefused(Reason.AMBIGUOUS_PUPIL)
    return found[0]


def _named(row: AbsenceRow, pupils: Iterable[MonthRow]) -> Iterable[MonthRow]:
    if row.ministry_code:
        return (each for each in pupils if each.enrolment.student.ministry_code == row.ministry_code)
    return (each for each in pupils if same_name(each.enrolment.student.full_name, row.full_name))


def _half_days(row: AbsenceRow, sheet: MonthSheet) -> list[HalfOfDay]:
    """A day without a session means all of its half-days; where there is one a day, it is that one."""
    days = [day for day in sheet.days if day == row.day or day.day == row.day_number]
    if not days:
        value = f"{row.day:%d/%m/%Y}" if row.day else str(row.day_number)
        raise RowRefused(Reason.OTHER_MONTH, value=value, expected=f"{sheet.first_day:%m/%Y}")
    halves = sheet.halves
    if len(halves) > 1 and row.half_day in halves:
        halves = (row.half_day,)
    return [(days[0], half) for half in halves]
