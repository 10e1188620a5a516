"""The effects of a correction as the pages show them; what is computed of them is plain data without words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from corrections.effects import Payload
from gradebook.labels import Labels, labels_of
from gradebook.outcomes import outcome_words

WEIGHTY = frozenset({"learning", "conduct", "outcome", "award"})
"""What a decision about a pupil rests on."""


@dataclass(frozen=True, slots=True)
class Beside:
    before: str
    after: str

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    label: str
    cells: tuple[Beside, ...]

    @property
    def differs(self) -> bool:
        return any(cell.differs for cell in self.cells)


@dataclass(frozen=True, slots=True)
class PupilEffects:
    name: str
    rows: tuple[Row, ...]

    @property
    def is_weighty(self) -> bool:
        return any(row.key in WEIGHTY and row.differs for row in self.rows)


@dataclass(frozen=True, slots=True)
class Issued:
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownEffects:
    """`pupils`: with the averages of the subject in question, and whatever else changes."""

    pupils: tuple[PupilEffects, ...]
    issued: tuple[Issued, ...]

    @property
    def weighty(self) -> list[PupilEffects]:
        return [pupil for pupil in self.pupils if pupil.is_weighty]


def shown_effects(payload: Payload) -> ShownEffects:
    labels = labels_of(payload["scheme"]) if payload["pupils"] else Labels("")
    pupils = (
        PupilEffects(each["name"], tuple(_rows(each["rows"], labels, payload["grade"])))
        for each in payload["pupils"]
    )
    return ShownEffects(
        tuple(pupil for pupil in pupils if pupil.rows), tuple(map(_issued, payload["issued"]))
    )


def _rows(rows: Sequence[Payload], labels: Labels, grade: int) -> list[Row]:
    shown = [_row(row, labels, grade) for row in rows]
    return [row for row in shown if row.key == "subject" or row.differs]


def _row(row: Payload, labels: Labels, grade: int) -> Row:
    names: dict[str, Any] = {
        "subject": row["subject"],
        "learning": labels.learning,
        "conduct": labels.conduct,
        "absences": _("Half-days absent"),
        "outcome": _("At the end of the year"),
        "award": _("Title"),
    }
    before, after = row["before"], row["after"]
    if row["key"] == "outcome":
        before, after = ([outcome_words(code, grade) for code in codes] for codes in (before, after))
    cells = tuple(Beside(old, new) for old, new in zip(before, after, strict=True))
    return Row(row["key"], str(names[row["key"]]), cells)


def _issued(each: Payload) -> Issued:
    facts = {
        "pupil": each["pupil"],
        "number": each["number"],
        "day": f"{date.fromisoformat(each['dated']):%d/%m/%Y}",
    }
    if each["kind"] == "transcript":
        text = _("Transcript of %(pupil)s, edition %(number)s of %(day)s: a new edition is needed.")
        return Issued(text % facts, reverse("transcripts:edition", args=[each["pk"]]))
    text = _("The result of %(pupil)s is decided (%(number)s, %(day)s): it has to be looked at again.")
    return Issued(text % facts, reverse("gradebook:pupil_results", args=[each["pk"]]))
