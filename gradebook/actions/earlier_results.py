"""Results of another school, as its papers say them: kept apart from our marks, corrected with a reason."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from accounts import audit
from accounts.models import User
from accounts.recorded import create_many, update_many
from accounts.writing import recorded_write
from gradebook.actions import movement_desk as desk
from gradebook.actions.movement_desk import NotMoved
from gradebook.models import EarlierResult, Movement
from gradebook.spreadsheets.text import clean

YEAR_NAME = re.compile(r"(\d{4})-(\d{4})")
WHOLE_PART = re.compile(r"(\d+)(?:[.,]\d+)?")
HIGHEST = 10


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """One subject in one semester (1, 2, or 0 for the year)."""

    semester: int
    subject: str
    regular: str = ""
    midterm: str = ""
    final: str = ""
    result: str = ""
    comment: str = ""

    @property
    def key(self) -> tuple[int, str]:
        return self.semester, self.subject.casefold()

    @property
    def is_empty(self) -> bool:
        return not any((self.regular, self.midterm, self.final, self.result, self.comment))


@dataclass(frozen=True, slots=True)
class Saved:
    added: int
    changed: int


@recorded_write
def save_earlier_results(
    *,
    movement: Movement,
    year_name: str,
    grade: int,
    lines: Iterable[EarlierLine],
    by: User,
    reason: str = "",
) -> Saved:
    """Keep what the other school's papers say of one year. An emptied line stays in the history.

    Raises NotMoved (not-received, cancelled, bad-year, no-subject, named-twice, mark-outside, no-reason), YearClosed,
    ValidationError.
    """
    desk.check_may(by)
    if movement.kind != Movement.Kind.RECEIVED or movement.target is None:
        raise NotMoved("not-received")
    desk.lock_pupil(movement.student_id, [movement.target.school_class_id])
    found: Movement = Movement.objects.select_related("target__school_class__year").get(pk=movement.pk)
    _check(found, year_name)
    wanted = _by_key(lines)
    standing = {
        _key(row): row for row in EarlierResult.objects.filter(student=found.student_id, year_name=year_name)
    }
    fresh, changed = [], []
    for key, line in wanted.items():
        row = standing.get(key)
        if row is None and not line.is_empty:
            fresh.append(_filled(EarlierResult(student_id=found.student_id), line, found, year_name, grade))
        elif row is not None and not _same(row, line, grade):
            changed.append(_filled(row, line, found, year_name, grade))
    if changed and not reason.strip():
        raise NotMoved("no-reason")
    create_many(EarlierResult, fresh, by=by, origin=found.history_origin)
    update_many(EarlierResult, changed, fields=_WRITTEN, by=by, reason=reason, origin=found.history_origin)
    if fresh or changed:
        counts = {"added": len(fresh), "changed": len(changed)}
        audit.record(by=by, verb="gradebook.earlier_results.saved", target=found, **counts)
    return Saved(len(fresh), len(changed))


_TEXTS = ["subject", "regular", "midterm", "final", "result", "comment"]
_WRITTEN = [*_TEXTS, "grade", "movement"]


def _check(movement: Movement, year_name: str) -> None:
    if movement.cancelled_at is not None:
        raise NotMoved("cancelled")
    named = YEAR_NAME.fullmatch(year_name)
    latest = movement.place.school_class.year.name
    if not named or int(named[2]) != int(named[1]) + 1 or year_name > latest:
        raise NotMoved("bad-year")


def _by_key(lines: Iterable[EarlierLine]) -> dict[tuple[int, str], EarlierLine]:
    found: dict[tuple[int, str], EarlierLine] = {}
    for line in lines:
        cleaned = EarlierLine(line.semester, *(clean(getattr(line, name)) for name in _TEXTS))
        if not cleaned.subject and not cleaned.is_empty:
            raise NotMoved("no-subject")
        _check_marks(cleaned)
        if cleaned.key in found:
            raise NotMoved("named-twice", cleaned.subject)
        if cleaned.subject:
            found[cleaned.key] = cleaned
    return found


def _check_marks(line: EarlierLine) -> None:
    """Every circular marks from 0 to 10; whatever a school of another kind gave stands under `result`."""
    for number in WHOLE_PART.findall(f"{line.regular} {line.midterm} {line.final}"):
        if int(number) > HIGHEST:
            raise NotMoved("mark-outside", f"{line.subject}: {number}")


def _key(row: EarlierResult) -> tuple[int, str]:
    return row.semester, row.subject.casefold()


def _same(row: EarlierResult, line: EarlierLine, grade: int) -> bool:
    texts = asdict(line)
    return row.grade == grade and all(getattr(row, name) == texts[name] for name in _TEXTS)


def _filled(
    row: EarlierResult, line: EarlierLine, movement: Movement, year_name: str, grade: int
) -> EarlierResult:
    for name, value in asdict(line).items():
        setattr(row, name, value)
    row.movement, row.year_name, row.grade = movement, year_name, grade
    row.clean_fields(exclude=["student", "movement"])
    return row
