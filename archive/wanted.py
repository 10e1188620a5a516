"""A paper as somebody asks for it: of whom, which, and who may ask."""

from dataclasses import dataclass

from accounts.models import User
from accounts.roles import Permission
from archive.models import Edition, EditionQuerySet
from gradebook import policies
from gradebook.models import Course, SchoolClass, SchoolYear, Student

Kind = Edition.Kind
LED = frozenset({Kind.BLANK_BOOK, Kind.CLASS_SUMMARY, Kind.TERM_SHEETS, Kind.TRANSCRIPT})
"""What the homeroom teacher prints for the own class."""
LEVELS = {"primary": "tieu-hoc", "lower_secondary": "thcs", "upper_secondary": "thpt"}
"""A pupil has a transcript of each level of school."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`period`: a period's code; for a teacher's own book the number of the semester; "" for books of a year.

    `signatures`: pupils sign beside their line, where the school asks for that.
    """

    kind: str
    school_class: SchoolClass | None = None
    course: Course | None = None
    teacher: User | None = None
    year: SchoolYear | None = None
    period: str = ""
    signatures: bool = False
    student: Student | None = None

    @property
    def part(self) -> str:
        if self.kind == Kind.TEACHER_BOOK:
            return f"hk{self.period}"
        if self.student is not None and self.school_class is not None:
            return LEVELS[self.school_class.level.value]
        subject = self.course.subject.code if self.course else ""
        return "-".join(filter(None, [subject, self.period.lower()]))

    @property
    def editions(self) -> EditionQuerySet:
        """Every edition of this paper so far; a pupil's, from whichever class it was printed."""
        found: EditionQuerySet = Edition.objects.filter(kind=self.kind, part=self.part)
        if self.student is not None:
            return found.filter(student=self.student)
        return found.filter(school_class=self.school_class, teacher=self.teacher, year=self.year)


def may_ask(user: User, wanted: Wanted) -> bool:
    """The clerk for every class; a teacher for what is taught, led or one's own (S0-54, S1-69, S3-21, S3-22)."""
    if wanted.kind == Kind.TEACHER_BOOK:
        return wanted.teacher == user
    if user.may(Permission.REQUEST_BOOK):
        return True
    if wanted.kind == Kind.CHECK_SHEET:
        return wanted.course is not None and policies.may_enter_marks(user, wanted.course)
    return (
        wanted.kind in LED
        and wanted.school_class is not None
        and policies.may_propose(user, wanted.school_class)
    )
