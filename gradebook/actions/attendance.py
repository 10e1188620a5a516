"""The one way in for attendance: roll call, month sheet and Excel all save through here."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from accounts.recorded import create_many, update_many
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook import policies
from gradebook.attendance_rules import PRESENT, NotALetter, first_of, parse
from gradebook.attendance_terms import (
    CLOSED,
    Term,
    halves_of,
    homeroom_windows,
    on_roll,
    policy_of,
    read_term,
)
from gradebook.entries import Refused
from gradebook.models import Absence, AttendanceMonth, Enrolment, RollCall, SchoolClass, SchoolYear
from gradebook.years import hold, hold_windows

Cell = tuple[int, date, str]
"""(enrolment id, day, half-day)"""
Call = tuple[date, str]
NOTE_MAX = 200


@dataclass(frozen=True, slots=True)
class Edit:
    """One pupil in one half-day as somebody wants it: a letter, or "" for present.

    `version` is the one they saw, 0 where there was no row. `note`: None leaves the note of an absence as it stands.
    """

    enrolment_id: int
    day: date
    half_day: str
    typed: str
    version: int
    note: str | None = None

    @property
    def cell(self) -> Cell:
        return self.enrolment_id, self.day, self.half_day


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a cell was not saved. `current` is what stands there now, for a conflict to show both."""

    edit: Edit
    code: str
    current: Absence | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Every edit is in exactly one of the first three. `called`: the roll calls that are new; `not_called`: refused."""

    saved: list[Absence] = field(default_factory=list)
    unchanged: list[Edit] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    called: list[RollCall] = field(default_factory=list)
    not_called: dict[Call, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Amendment:
    """Leave to change the named half-days although their month is closed, given by an executed decision."""

    reason: str
    cells: frozenset[Cell]


@recorded_write
def save_attendance(
    *,
    school_class: SchoolClass,
    edits: Iterable[Edit],
    calls: Collection[Call] = (),
    by: User,
    origin: str,
    amendment: Amendment | None = None,
) -> Outcome:
    """Save the edits that may be saved and note that the roll was called; refuse the others one by one.

    `calls` are the half-days of which `by` says that everybody else was there (S3-12, S4-23). Permission, month,
    window, value and version are checked in this transaction, under the locks of the windows and of the months,
    which locking a book and closing a month take too. Statements stay constant however many cells there are.
    With an `amendment` the executor writes its half-days and no others; their month stays closed.
    """
    if not _may_write(by, school_class, amendment):
        raise PermissionDenied
    wanted = {edit.cell: edit for edit in edits}
    held = _Held.locked(school_class, wanted, amendment)
    outcome = Outcome()
    fresh: list[Absence] = []
    changed: list[Absence] = []
    for cell, edit in wanted.items():
        try:
            kind, note = held.admit(edit)
        except Refused as refusal:
            outcome.refused.append(Refusal(edit, refusal.code, held.absences.get(cell)))
            continue
        absence = held.absences.get(cell)
        if (kind, note) == _content(absence):
            outcome.unchanged.append(edit)
        elif absence is None:
            fresh.append(Absence(enrolment_id=cell[0], day=cell[1], half_day=cell[2], kind=kind, note=note))
        else:
            absence.kind, absence.note, absence.version = kind, note, absence.version + 1
            changed.append(absence)
    reason = amendment.reason if amendment else ""
    create_many(Absence, fresh, by=by, reason=reason, origin=origin)
    update_many(Absence, changed, fields=["kind", "note", "version"], by=by, reason=reason, origin=origin)
    outcome.saved.extend([*fresh, *changed])
    _call(held, calls, outcome, by, origin)
    return outcome


def _may_write(by: User, school_class: SchoolClass, amendment: Amendment | None) -> bool:
    if amendment:
        return by.may(Permission.EXECUTE_CORRECTION)
    return policies.may_keep_attendance(by, school_class)


def _call(held: "_Held", calls: Collection[Call], outcome: Outcome, by: User, origin: str) -> None:
    school_class = held.school_class
    known = set(
        RollCall.objects.filter(school_class=school_class, day__in={day for day, _ in calls}).values_list(
            "day", "half_day"
        )
    )
    fresh = sorted(set(calls) - known)
    outcome.not_called.update({(day, half): code for day, half in fresh if (code := held.shut(day, half))})
    now = timezone.now()
    rows = [
        RollCall(school_class=school_class, day=day, half_day=half, called_by=by, called_at=now)
        for day, half in fresh
        if (day, half) not in outcome.not_called
    ]
    outcome.called.extend(create_many(RollCall, rows, by=by, origin=origin))


def _content(absence: Absence | None) -> tuple[str, str]:
    return (absence.kind, absence.note) if absence else (PRESENT, "")


@dataclass(frozen=True, slots=True)
class _Held:
    """What a save needs to know of the class, read under the locks."""

    school_class: SchoolClass
    term: Term
    halves: tuple[str, ...]
    enrolments: Mapping[int, Enrolment]
    absences: Mapping[Cell, Absence]
    seen: Mapping[Cell, tuple[str, str]]
    """What stale edits saw: an untouched line of an old page is not a wish to change it back."""
    amendment: Amendment | None

    @classmethod
    def locked(
        cls, school_class: SchoolClass, edits: Mapping[Cell, Edit], amendment: Amendment | None
    ) -> "_Held":
        term = hold_term(school_class)
        absences = _absences(edits)
        return cls(
            school_class,
            term,
            halves_of(policy_of(school_class)),
            {row.pk: row for row in school_class.enrolments.listed()},
            absences,
            _seen(edits, absences),
            amendment,
        )

    def admit(self, edit: Edit) -> tuple[str, str]:
        """The kind and note to write. Raises Refused."""
        enrolment, current = self.enrolments.get(edit.enrolment_id), self.absences.get(edit.cell)
        if enrolment is None:
            raise Refused("not-in-class")
        before = _content(current)
        wanted = _wanted(edit, before)
        if wanted == before:
            return before
        if edit.version != (current.version if current else 0):
            if self._saw(edit, wanted):
                return before
            raise Refused("conflict")
        if code := self.forbids(edit):
            raise Refused(code)
        if not on_roll(enrolment, edit.day):
            raise Refused("not-on-roll")
        return wanted

    def _saw(self, edit: Edit, wanted: tuple[str, str]) -> bool:
        seen = self.seen.get(edit.cell, (PRESENT, ""))
        return wanted == seen or (edit.note is None and wanted[0] == seen[0])

    def forbids(self, edit: Edit) -> str:
        code = self.shut(edit.day, edit.half_day)
        if self.amendment is None:
            return code
        if edit.cell not in self.amendment.cells:
            return "locked"
        return "" if code in CLOSED else code

    def shut(self, day: date, half_day: str) -> str:
        if half_day not in self.halves:
            return "no-such-half"
        return self.term.refusal(day)


def hold_term(school_class: SchoolClass) -> Term:
    """The term under its locks, in everybody's order: windows, months, the year last where there is no window.

    All windows of the sheet, as saving marks takes them: totals may be taken over in the same transaction.
    """
    windows = hold_windows(**homeroom_windows(school_class))
    list(AttendanceMonth.objects.select_for_update().filter(school_class=school_class).order_by("pk"))
    year = SchoolYear.objects.get(pk=school_class.year_id) if windows else hold(school_class.year_id)
    return read_term(school_class, year, timezone.localdate())


def _wanted(edit: Edit, before: tuple[str, str]) -> tuple[str, str]:
    try:
        kind = parse(edit.typed)
    except NotALetter:
        raise Refused("not-a-letter") from None
    if edit.note is None:
        return kind, "" if kind == PRESENT else before[1]
    note = " ".join(edit.note.split())
    if "\x00" in note:
        raise Refused("null-character")
    if len(note) > NOTE_MAX:
        raise Refused("note-too-long")
    return kind, note


def _absences(cells: Iterable[Cell]) -> dict[Cell, Absence]:
    found = Absence.objects.filter(
        enrolment__in={enrolment for enrolment, _, _ in cells}, day__in={day for _, day, _ in cells}
    )
    return {(row.enrolment_id, row.day, row.half_day): row for row in found}


def _seen(edits: Mapping[Cell, Edit], absences: Mapping[Cell, Absence]) -> dict[Cell, tuple[str, str]]:
    stale = {
        cell for cell, edit in edits.items() if cell in absences and edit.version != absences[cell].version
    }
    if not stale:
        return {}
    rows = Absence.history.filter(id__in={absences[cell].pk for cell in stale})
    contents = {(row.id, row.version): (row.kind, row.note) for row in rows}
    return {cell: contents.get((absences[cell].pk, edits[cell].version), (PRESENT, "")) for cell in stale}


def month_of(school_class: SchoolClass, first_day: date) -> AttendanceMonth:
    """The month's row, a new one where nothing has closed it yet; the caller holds the term."""
    found = AttendanceMonth.objects.filter(school_class=school_class, first_day=first_of(first_day)).first()
    return found or AttendanceMonth(school_class=school_class, first_day=first_of(first_day))
