"""The one way in for marks: page, Excel import, correction and command line all save through here."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils import timezone

from accounts.models import User
from accounts.prepared import Given, Prepared
from accounts.recorded import create_many, update_many
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook import policies, summer
from gradebook.actions.changed_results import flag_changed
from gradebook.actions.confirmations import let_fall
from gradebook.actions.lapses import hold_open_windows
from gradebook.column_rules import rules_of
from gradebook.entries import CONTENT, Entry, Refused, Rules, entry_of, parse
from gradebook.layout import SUMMER
from gradebook.models import Column, Course, Mark, SchoolYear
from gradebook.openings import Openings
from gradebook.sheets import columns_of, pupils_of

Cell = tuple[int, int]
"""(enrolment id, column id)"""


class Edit(NamedTuple):
    """One cell as somebody wants it. `version` is the one they saw; 0 for a cell never filled."""

    enrolment_id: int
    column_id: int
    typed: str
    version: int

    @property
    def cell(self) -> Cell:
        return self.enrolment_id, self.column_id


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a cell was not saved. `current` is what stands there now, for a conflict to show both values."""

    edit: Edit
    code: str
    current: Mark | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Every edit is in exactly one of the first three; the rest is what the save knows of the sheet afterwards."""

    saved: list[Mark] = field(default_factory=list)
    unchanged: list[Edit] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    columns: Sequence[Column] = ()
    owned: frozenset[int] = frozenset()
    """The columns of this person; `writable`: those whose cells may be changed now."""
    writable: frozenset[int] = frozenset()
    marks: dict[Cell, Mark] = field(default_factory=dict)
    """What stands in the cells that were asked for."""
    fallen: list[int] = field(default_factory=list)
    """The columns that were confirmed until now."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """Leave to change the named cells although their book is locked, given by an executed decision."""

    reference: str
    reason: str
    cells: frozenset[Cell]


@recorded_write
def save_marks(
    *, course: Course, edits: Iterable[Edit], by: User, origin: str, amendment: Amendment | None = None
) -> Outcome:
    """Save the edits that may be saved; refuse the others one by one, each with its code.

    Permission, window, value and version are checked in this transaction, under the row lock of the course's
    windows, which locking a book takes too: a confirmed lock cannot be overtaken. Statements stay constant
    however many cells there are.
    """
    # A cell named twice: the last one typed counts.
    wanted = {edit.cell: edit for edit in edits}
    teaching = None if amendment else policies.read_teaching(course, by)
    if teaching and not teaching.strands:
        # No teacher waits for the locks of somebody who owns nothing here.
        return Outcome(refused=[Refusal(edit, "not-yours") for edit in wanted.values()])
    sheet = _Sheet.locked(course, wanted, by, teaching, amendment)
    outcome = Outcome(columns=sheet.in_order, owned=sheet.owned, writable=sheet.writable, marks=sheet.marks)
    fresh: list[Mark] = []
    changed: list[Mark] = []
    for cell, edit in wanted.items():
        try:
            entry = sheet.admit(edit)
        except Refused as refusal:
            outcome.refused.append(Refusal(edit, refusal.code, sheet.marks.get(cell)))
            continue
        if entry is None:
            outcome.unchanged.append(edit)
        elif (mark := sheet.marks.get(cell)) is None:
            fresh.append(
                _write(Mark(enrolment_id=edit.enrolment_id, column_id=edit.column_id, version=0), entry)
            )
        else:
            changed.append(_write(mark, entry))
    reason = amendment.reason if amendment else ""
    create_many(Mark, fresh, by=by, reason=reason, origin=origin)
    update_many(Mark, changed, fields=_WRITTEN, by=by, reason=reason, origin=origin)
    outcome.saved.extend([*fresh, *changed])
    outcome.marks.update({(mark.enrolment_id, mark.column_id): mark for mark in fresh})
    if outcome.saved:
        touched = {mark.enrolment_id for mark in outcome.saved}
        flag_changed(course.school_class, touched, by=by, origin=origin)
        changed_columns = {mark.column_id for mark in outcome.saved}
        outcome.fallen.extend(
            let_fall(course.school_class, changed_columns, by=by, at=timezone.now(), origin=origin)
        )
    return outcome


_WRITTEN = [*CONTENT, "version"]


def _write(mark: Mark, entry: Entry) -> Mark:
    mark.state, mark.score, mark.level = entry.state, entry.score, entry.level
    mark.comment, mark.count = entry.comment, entry.count
    mark.version += 1
    return mark


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a save needs to know of the course, read under the lock of its windows."""

    columns: Mapping[int, Column]
    owned: frozenset[int]
    year_open: bool
    openings: Openings
    enrolments: frozenset[int]
    marks: dict[Cell, Mark]
    seen: Mapping[Cell, str]
    """What stale edits saw: an untouched cell of an old page is not a wish to change it back."""
    rules: Mapping[int, Rules]
    amendment: Amendment | None
    in_summer: frozenset[int]
    """The columns of the summer."""
    called: frozenset[int]
    """The pupils who may have something in them."""

    @classmethod
    def locked(
        cls,
        course: Course,
        edits: Mapping[Cell, Edit],
        by: User,
        teaching: policies.Teaching | None,
        amendment: Amendment | None,
    ) -> "_Sheet":
        openings = Openings.of(hold_open_windows(course, timezone.now()))
        columns = columns_of(course)
        in_summer = frozenset(column.pk for column in columns if column.period.code == SUMMER)
        owned = teaching.owned(columns) if teaching else _amendable(by, columns)
        # Asked anew under the locks of the windows, which closing takes too.
        year_open = _YEAR.ask(pk=course.school_class.year_id)[0].is_open
        marks = _marks(edits)
        return cls(
            columns={column.pk: column for column in columns},
            owned=frozenset(column.pk for column in owned),
            year_open=year_open,
            openings=openings,
            enrolments=frozenset(pk for pk, _number, _name in pupils_of(course)),
            marks=marks,
            seen=_seen(edits, marks),
            rules=rules_of(course, columns),
            amendment=amendment,
            in_summer=in_summer,
            called=summer.called(course)
            if in_summer & {edit.column_id for edit in edits.values()}
            else frozenset(),
        )

    @property
    def in_order(self) -> list[Column]:
        return list(self.columns.values())

    @property
    def writable(self) -> frozenset[int]:
        if not self.year_open:
            return frozenset()
        return frozenset(pk for pk in self.owned if self.openings.has(self.columns[pk]))

    def admit(self, edit: Edit) -> Entry | None:
        """The entry to write, or None when the cell already says so. Raises Refused."""
        column = self.columns.get(edit.column_id)
        if column is None or edit.enrolment_id not in self.enrolments:
            raise Refused("not-on-this-sheet")
        if column.pk not in self.owned:
            raise Refused("not-yours")
        current = self.marks.get(edit.cell)
        stands = entry_of(current)
        if edit.typed.strip() == stands.text:
            return None
        self._check_open(edit, column)
        is_stale = edit.version != (current.version if current else 0)
        if is_stale and edit.typed.strip() == self.seen.get(edit.cell, ""):
            return None
        if column.pk in self.in_summer and edit.enrolment_id not in self.called:
            raise Refused("not-in-summer")
        entry = parse(edit.typed, self.rules[column.pk])
        if entry == stands:
            return None
        if is_stale:
            raise Refused("conflict")
        return entry

    def _check_open(self, edit: Edit, column: Column) -> None:
        if not self.year_open:
            raise Refused("year-closed")
        if self.amendment is None and self.openings.has(column):
            return
        if self.amendment is None or edit.cell not in self.amendment.cells:
            raise Refused("locked")


_YEAR = Prepared[SchoolYear](lambda: SchoolYear.objects.filter(pk=Given("pk")))


# What most saves need: a teacher types cell by cell.
_MARK = Prepared[Mark](lambda: Mark.objects.filter(enrolment=Given("enrolment"), column=Given("column")))


def _marks(cells: Collection[Cell]) -> dict[Cell, Mark]:
    found: Iterable[Mark]
    if len(cells) == 1:
        [(enrolment, column)] = cells
        found = _MARK.ask(enrolment=enrolment, column=column)
    else:
        found = Mark.objects.filter(
            column__in={column for _, column in cells}, enrolment__in={enrolment for enrolment, _ in cells}
        )
    return {(mark.enrolment_id, mark.column_id): mark for mark in found}


def _seen(edits: Mapping[Cell, Edit], marks: Mapping[Cell, Mark]) -> dict[Cell, str]:
    stale = {cell for cell, edit in edits.items() if cell in marks and edit.version != marks[cell].version}
    if not stale:
        return {}
    rows = Mark.history.filter(
        enrolment_id__in={enrolment for enrolment, _ in stale}, column_id__in={column for _, column in stale}
    )
    texts = {(row.enrolment_id, row.column_id, row.version): entry_of(row).text for row in rows}
    return {
        cell: texts.get((*cell, edits[cell].version), "") for cell, edit in edits.items() if cell in stale
    }


def _amendable(by: User, columns: list[Column]) -> list[Column]:
    return columns if by.may(Permission.EXECUTE_CORRECTION) else []
