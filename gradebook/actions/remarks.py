"""The one way in for weekly remarks (S0-43, S3-26): written by who teaches the class, changed by who wrote them."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.recorded import create_many
from accounts.writing import recorded_write
from gradebook import policies
from gradebook.layout import PERIODS_OF
from gradebook.models import Course, MarkKind, Remark, SchoolClass, Window
from gradebook.remark_sheet import remark_workbook
from gradebook.weekly_remarks import of_semester
from gradebook.weeks import Weeks, monday
from gradebook.years import check_open, hold_windows

TEXT_MAX = 500


class NotWritten(ValueError):
    """Codes: empty, too-long, nobody, not-on-roll, outside, to-come, locked."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ChangedMeanwhile(ValueError):
    """The remark is no longer the one that was seen; `current` is what stands there now."""

    def __init__(self, current: Remark) -> None:
        super().__init__(current.version)
        self.current = current


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody says of a week, as typed."""

    kind: str
    text: str

    @property
    def cleaned(self) -> str:
        """On one line. Raises NotWritten."""
        text = " ".join(unicodedata.normalize("NFC", self.text).split())
        if not text:
            raise NotWritten("empty")
        if len(text) > TEXT_MAX:
            raise NotWritten("too-long")
        return text


@recorded_write
def write_remarks(
    *,
    course: Course,
    week: date,
    words: Words,
    pupils: Collection[int],
    whole_class: bool,
    by: User,
    today: date,
) -> list[Remark]:
    """One remark on the class, on each of the pupils (enrolments), or on both; a constant number of statements.

    What stands there already in the same words is not written twice: a form sent again changes nothing.
    Raises NotWritten, YearClosed and PermissionDenied.
    """
    text = words.cleaned
    _check_writable(course, week, today)
    if not policies.may_enter_marks(by, course):
        raise PermissionDenied
    about: set[int | None] = {*pupils, *([None] if whole_class else [])}
    if not about:
        raise NotWritten("nobody")
    _check_on_roll(course.school_class, pupils)
    same = Remark.objects.standing().filter(
        course=course, week=week, kind=words.kind, text=text, written_by=by
    )
    now = timezone.now()
    rows = [
        Remark(
            school_class=course.school_class,
            course=course,
            enrolment_id=enrolment,
            week=week,
            kind=words.kind,
            text=text,
            written_by=by,
            written_at=now,
        )
        for enrolment in sorted(about - set(same.values_list("enrolment", flat=True)), key=lambda pk: pk or 0)
    ]
    return create_many(Remark, rows, by=by, origin="remarks")


@recorded_write
def change_remark(*, remark: Remark, words: Words, seen: int, by: User) -> Remark:
    """Say it otherwise; `seen` is the version that was read. Raises NotWritten, ChangedMeanwhile, YearClosed."""
    text = words.cleaned
    current = _held(remark, seen, by)
    if (current.kind, current.text) != (words.kind, text):
        current.kind, current.text = words.kind, text
        current.version += 1
        current.save_by(by, origin="remarks")
    return current


@recorded_write
def withdraw_remark(*, remark: Remark, seen: int, by: User) -> None:
    """Take it back; it stays in the history. Raises NotWritten, ChangedMeanwhile and YearClosed."""
    current = _held(remark, seen, by)
    current.is_withdrawn = True
    current.version += 1
    current.save_by(by, origin="remarks")


@recorded_write
def export_remarks(*, school_class: SchoolClass, semester: int, by: User) -> bytes:
    """The standing remarks of a semester as a workbook, for who reads the whole book; noted like every list."""
    if not SchoolClass.objects.whole_book_visible_to(by).filter(pk=school_class.pk).exists():
        raise PermissionDenied
    rows = list(of_semester(school_class, semester))
    audit.record(
        by=by, verb="gradebook.remarks.exported", target=school_class, semester=semester, rows=len(rows)
    )
    return remark_workbook(school_class, semester, rows)


def _held(remark: Remark, seen: int, by: User) -> Remark:
    """The remark under its lock, after that of its window, if it may still be changed by this person."""
    _check_unlocked(remark.course, remark.week)
    current: Remark = Remark.objects.select_for_update().get(pk=remark.pk)
    if current.written_by_id != by.pk:
        raise PermissionDenied
    if current.is_withdrawn or current.version != seen:
        raise ChangedMeanwhile(current)
    return current


def _check_writable(course: Course, week: date, today: date) -> None:
    if not Weeks.of(course.school_class.year).have(week):
        raise NotWritten("outside")
    if week > monday(today):
        raise NotWritten("to-come")
    _check_unlocked(course, week)


def _check_unlocked(course: Course, week: date) -> None:
    """Under the lock of the window that closes the week's semester, which locking a book takes too."""
    semester = Weeks.of(course.school_class.year).semester(week)
    end = {"course": course, "period__code": PERIODS_OF[semester][-1], "kind": MarkKind.ASSESSMENT}
    hold_windows(**end)
    check_open(course.school_class.year_id)
    if Window.objects.locked_on_order().filter(**end).exists():
        raise NotWritten("locked")


def _check_on_roll(school_class: SchoolClass, pupils: Collection[int]) -> None:
    if school_class.enrolments.on_roll().filter(pk__in=pupils).count() != len(set(pupils)):
        raise NotWritten("not-on-roll")
