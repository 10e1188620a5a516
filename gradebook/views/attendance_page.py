"""The page of a month, as its address, its form and its import show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.http import AuthenticatedHttpRequest
from gradebook import policies
from gradebook.actions.attendance import Outcome
from gradebook.attendance_fields import call_name
from gradebook.attendance_grid import Place, Typed, column_id, rows_html
from gradebook.attendance_import import Proposal
from gradebook.attendance_rules import due_on, is_over, months
from gradebook.attendance_sheet import MonthSheet, read_month
from gradebook.attendance_terms import CLOSED
from gradebook.attendance_words import refused, sentence, total_heads, writers
from gradebook.forms.attendance import ReopenForm
from gradebook.grid import Problem
from gradebook.models import HalfDay, SchoolClass


@dataclass(frozen=True, slots=True)
class Filled:
    """What the page shows beside what is stored: a save's outcome, a file's letters, a form that lacks a reason."""

    outcome: Outcome = field(default_factory=Outcome)
    proposed: Mapping[Place, Proposal] | None = None
    refused_rows: Sequence[Any] = ()
    unchanged: int = 0
    reopening: ReopenForm | None = None

    @property
    def is_refused(self) -> bool:
        return bool(self.outcome.refused or self.outcome.not_called or self.reopening)


UNTOUCHED = Filled()
WEEKDAYS = (_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"), _("Sa"), _("Su"))


def month_page(
    request: AuthenticatedHttpRequest, school_class: SchoolClass, first_day: date, filled: Filled = UNTOUCHED
) -> HttpResponse:
    sheet = read_month(school_class, first_day)
    keeps = policies.may_keep_attendance(request.user, school_class)
    reads_whole = SchoolClass.objects.whole_book_visible_to(request.user).filter(pk=school_class.pk).exists()
    problems = _problems(filled.outcome)
    reopens = sheet.is_closed and school_class.year.is_open and policies.may_reopen_attendance(request.user)
    context = {
        "school_class": school_class,
        "sheet": sheet,
        "columns": columns_of(sheet),
        "rows": rows_html(
            sheet, may_write=keeps, links=reads_whole, typed=Typed(problems, filled.proposed or {})
        ),
        "may_write": keeps and any(column.is_open for column in sheet.columns),
        "reads_whole": reads_whole,
        "keeps": keeps,
        "may_request": keeps and any(sheet.term.refusal(day) in CLOSED for day in sheet.days),
        "reopening": (filled.reopening or ReopenForm()) if reopens else None,
        "problems": len(filled.outcome.refused),
        "reasons": _reasons(sheet, problems),
        "not_called": sorted({sentence(code) for code in filled.outcome.not_called.values()}),
        "proposed": filled.proposed,
        "refused_rows": filled.refused_rows,
        "unchanged": filled.unchanged,
        "totals": total_heads(sheet.semester),
        **_months(school_class, first_day),
        **_closing(sheet, keeps=keeps),
    }
    return render(request, "gradebook/attendance.html", context, status=422 if filled.is_refused else 200)


def _problems(outcome: Outcome) -> dict[Place, Problem]:
    changed_by = writers(outcome.refused)
    return {
        refusal.edit.cell: Problem(
            refusal.edit.typed,
            refused(refusal, changed_by),
            "conflict" if refusal.code == "conflict" else "refused",
        )
        for refusal in outcome.refused
    }


def _reasons(sheet: MonthSheet, problems: Mapping[Place, Problem]) -> list[tuple[str, date, Problem]]:
    """The refused cells in the order of the sheet; a narrow column has no room for a whole reason."""
    return [
        (row.enrolment.student.full_name, column.day, problem)
        for row in sheet.rows
        for column in sheet.columns
        if (problem := problems.get((row.enrolment.pk, *column.at)))
    ]


def columns_of(sheet: MonthSheet) -> list[dict[str, Any]]:
    return [
        {
            "column": column,
            "id": column_id(column),
            "weekday": WEEKDAYS[column.day.weekday()],
            "half": HalfDay(column.half_day).label,
            "call": call_name(column.day, column.half_day),
            "is_today": column.day == sheet.term.today,
        }
        for column in sheet.columns
    ]


def _months(school_class: SchoolClass, first_day: date) -> dict[str, date | None]:
    known = list(months(school_class.year.starts_on, school_class.year.ends_on))
    place = known.index(first_day)
    return {
        "month_before": known[place - 1] if place else None,
        "month_after": known[place + 1] if place + 1 < len(known) else None,
    }


def _closing(sheet: MonthSheet, *, keeps: bool) -> dict[str, Any]:
    today = timezone.localdate()
    over = is_over(sheet.first_day, sheet.term.year.ends_on, today)
    due = due_on(sheet.first_day, sheet.closing_day)
    still_open = not sheet.is_closed and sheet.term.year.is_open
    return {
        "may_close": keeps and over and still_open,
        "to_close": keeps and still_open,
        "closable_from": sheet.days[-1],
        "due": due if still_open else None,
        "is_overdue": bool(due and over and still_open and due < today),
        "without_call": sheet.without_call if still_open else [],
    }
