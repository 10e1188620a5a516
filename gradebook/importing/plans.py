"""What every list has in common: each of its rows is added, filled in, there already or refused; none is lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from gradebook.import_rows import RefusedRow, Source


@dataclass(frozen=True, slots=True)
class Change:
    """One value: under which heading, what the records say and what the file says."""

    heading: str
    known: str
    given: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that is not refused. `fate` is for whoever writes it; the rest is for whoever reads the preview.

    `fills` are values that go where the records have none; `differences` are shown and never written.
    """

    row: int
    who: str
    facts: Sequence[str] = ()
    note: str = ""
    fills: Sequence[Change] = ()
    differences: Sequence[Change] = ()
    fate: Any = None


@dataclass(slots=True)
class Plan:
    """Every row of the file is in exactly one of the four lists."""

    source: Source
    added: list[Entry] = field(default_factory=list)
    filled: list[Entry] = field(default_factory=list)
    present: list[Entry] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    questions: list["Question"] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "rows": self.source.rows,
            "added": len(self.added),
            "filled": len(self.filled),
            "present": len(self.present),
            "refused": len({(refusal.row, refusal.item) for refusal in self.refused}),
            "blank": self.source.blank,
        }

    @property
    def writes(self) -> int:
        return len(self.added) + len(self.filled)

    @property
    def different(self) -> list[Entry]:
        """Entries about which the file and the records disagree."""
        return sorted(
            (entry for entry in (*self.filled, *self.present, *self.added) if entry.differences),
            key=lambda entry: entry.row,
        )

    def sort(self) -> "Plan":
        self.refused.sort(key=lambda refusal: refusal.row)
        return self


@dataclass(frozen=True, slots=True)
class Question:
    """A refused row that waits for an answer: whether it means one of these pupils or another child."""

    row: int
    who: str
    facts: Sequence[str]
    candidates: Sequence["Candidate"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pupil of the records who may be the child that a row means, with what tells children apart."""

    pk: int
    code: str
    place: str
    address: str
