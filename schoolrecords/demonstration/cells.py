"""What a teacher types for one pupil: plausible scores, levels, comments and absences."""

from gradebook.entries import ABSENT, AWAITING
from gradebook.models import Column, Course
from schoolrecords.demonstration.comments import comment, homeroom_comment
from schoolrecords.demonstration.dice import Dice

K = Column.Kind
AWAITS_MAKE_UP, ZERO_FOR_ABSENCE = 0.008, 0.003
QUARTERS_IN_TENTHS = (0, 3, 5, 8)


def typed(course: Course, column: Column, talent: float, chance: Dice, *, made_up: bool = False) -> str:
    """`talent` is about what this pupil gets in this subject, from 0 to 10; `made_up`: no test waits any more."""
    quality = within(chance.gauss(talent, 0.7), 1, 10)
    if column.kind == K.COMMENT:
        if course.kind == Course.Kind.HOMEROOM:
            return homeroom_comment(quality + 1, chance)
        return comment(course.subject.code, quality, chance)
    if course.kind == Course.Kind.HOMEROOM:
        return _homeroom(column, quality, chance)
    if course.kind == Course.Kind.PRIMARY:
        return _level(quality) if column.kind == K.LEVEL else str(round(quality))
    absence = _absence(course, chance) if column.kind in (K.MIDTERM, K.FINAL) else ""
    if absence and not (made_up and absence == AWAITING):
        return absence
    if course.kind == Course.Kind.COMMENT:
        return "Đ" if quality >= 4.2 else "CĐ"
    return _regular(quality, chance) if column.kind == K.REGULAR else _of_a_test(quality)


def _homeroom(column: Column, quality: float, chance: Dice) -> str:
    """Most pupils behave well and are seldom absent."""
    if column.kind in Column.COUNTED:
        return str(half_days_absent(column.kind, chance))
    kindly = quality + chance.gauss(2, 1)
    if column.kind == K.TRAIT:
        return "T" if kindly >= 7 else "Đ" if kindly >= 4.5 else "C"
    return "T" if kindly >= 6.5 else "K" if kindly >= 5 else "Đ" if kindly >= 3 else "CĐ"


def half_days_absent(kind: str, chance: Dice) -> int:
    """In one semester, with leave or without."""
    weights = (55, 20, 13, 9, 3) if kind == K.EXCUSED else (90, 7, 2, 1, 0)
    return chance.choices((0, 1, 2, 3, 6), weights)[0]


def within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


def _absence(course: Course, chance: Dice) -> str:
    drawn = chance.random()
    if drawn < AWAITS_MAKE_UP:
        return AWAITING
    scored = course.kind == Course.Kind.SCORED
    return ABSENT if scored and drawn < AWAITS_MAKE_UP + ZERO_FOR_ABSENCE else ""


def _level(quality: float) -> str:
    return "T" if quality >= 7.5 else "H" if quality >= 4.3 else "C"


def _regular(quality: float, chance: Dice) -> str:
    """Answers and short tests: mostly whole or half marks, a little better than in a long test."""
    kindly = within(quality + 0.4, 1, 10)
    step = chance.choices((10, 5, 1), (68, 27, 5))[0]
    return _score(round(kindly * 10 / step) * step)


def _of_a_test(quality: float) -> str:
    """Tests are marked in quarters and recorded to one decimal: 7.25 becomes 7,3."""
    whole, quarters = divmod(round(quality * 4), 4)
    return _score(10 * whole + QUARTERS_IN_TENTHS[quarters])


def _score(tenths: int) -> str:
    whole, decimals = divmod(tenths, 10)
    return f"{whole},{decimals}" if decimals else str(whole)
