"""A whole year of one class: every subject of its grade, marks said in one line a pupil.

Toàn teaches every subject of 6A, Mai leads it; 4A is led and taught by Lan.
"""

from collections.abc import Mapping

from accounts.models import User
from gradebook.actions.marks import Edit, Outcome, save_marks
from gradebook.actions.proposal_desk import Wish
from gradebook.actions.proposals import Answer, decide, propose
from gradebook.actions.teaching import appoint_homeroom_teacher, assign_teacher, open_class, open_course
from gradebook.assessment.catalogue import SubjectKind, subjects
from gradebook.models import Column, Course, Enrolment, SchoolClass, Stage, Subject
from gradebook.proposal_sheet import read_proposals
from tests.cast import FIRST_DAY, Cast, enrol

YEAR_PERIODS = ("GK1", "CK1", "GK2", "CN")
KINDS = {
    SubjectKind.SCORED: Course.Kind.SCORED,
    SubjectKind.COMMENT: Course.Kind.COMMENT,
    SubjectKind.LEVEL: Course.Kind.PRIMARY,
}
_K = Column.Kind
USUAL: dict[str, str] = {
    _K.CONDUCT: "T",
    _K.YEAR_CONDUCT: "T",
    _K.EXCUSED: "1",
    _K.UNEXCUSED: "0",
    _K.TRAIT: "T",
}
USUAL_MARKS = {Course.Kind.SCORED: "8", Course.Kind.COMMENT: "Đ"}


def teach_everything(cast: Cast, school_class: SchoolClass, teacher: User) -> None:
    """Open every subject that the grade has and the class has not."""
    for place, known in enumerate(subjects(school_class.grade), start=1):
        if known.chosen or school_class.courses.filter(subject__code=known.code).exists():
            continue
        subject = Subject.objects.filter(code=known.code).first()
        if subject is None:
            subject = Subject(code=known.code, name=known.name, order=place)
            subject.save_by(cast.hanh)
        course = open_course(
            school_class=school_class,
            subject=subject,
            kind=KINDS[known.kind],
            lessons_per_year=known.lessons,
            tested=frozenset(period.value for period in known.tests),
            by=cast.hanh,
        )
        assign_teacher(course=course, teacher=teacher, since=FIRST_DAY, by=cast.hanh)


def primary_class(cast: Cast, size: int = 3) -> SchoolClass:
    school_class = open_class(year=cast.year, name="4A", grade=4, by=cast.hanh)
    appoint_homeroom_teacher(school_class=school_class, teacher=cast.lan, since=FIRST_DAY, by=cast.hanh)
    teach_everything(cast, school_class, cast.lan)
    cast.classes["4A"] = school_class
    cast.pupils["4A"] = enrol(cast, "4A", size)
    return school_class


def live(cast: Cast, name: str, **pupils: Mapping[str, str]) -> None:
    """Open the year, fill it, lock it. `an={"toan": "4"}`: what differs from the usual, by pupil and subject.

    Pupils are named `p0`, `p1` … in list order; homeroom columns by their kind (`conduct`), others by subject.
    """
    for period in YEAR_PERIODS:
        if cast.classes[name].courses.filter(windows__period__code=period, windows__is_open=False).exists():
            cast.execute("open", period, cast.classes[name])
    given = {int(pupil[1:]): cells for pupil, cells in pupils.items()}
    for course in cast.classes[name].courses.select_related("subject"):
        fill(cast, course, {place: given.get(place, {}) for place in range(len(cast.pupils[name]))})
    for period in YEAR_PERIODS:
        cast.execute("lock", period, cast.classes[name])


def fill(cast: Cast, course: Course, given: Mapping[int, Mapping[str, str]]) -> None:
    columns = list(course.columns.exclude(period__code="HE"))
    pupils = cast.pupils[course.school_class.name]
    edits = [
        Edit(pupils[place].pk, column.pk, text, 0)
        for place, cells in given.items()
        for column in columns
        if (text := _text(course, column, cells))
    ]
    teacher = course.assignments.current().get().teacher
    outcome = save_marks(course=course, edits=edits, by=teacher, origin="page")
    assert not outcome.refused, outcome.refused[0]


def _text(course: Course, column: Column, cells: Mapping[str, str]) -> str:
    if column.kind == _K.COMMENT:
        return ""
    if course.kind == Course.Kind.HOMEROOM:
        return cells.get(column.kind, USUAL.get(column.kind, ""))
    if course.kind == Course.Kind.PRIMARY:
        level, _, score = cells.get(course.subject.code, "T 9").partition(" ")
        return score or "9" if column.kind == _K.SCORE else level
    return cells.get(course.subject.code, USUAL_MARKS[Course.Kind(course.kind)])


def wishes(school_class: SchoolClass, stage: str = Stage.YEAR, *, waiting: bool = False) -> list[Wish]:
    """What the rules say of everybody concerned, or of those who wait for a decision."""
    sheet = read_proposals(school_class, stage)
    rows = sheet.waiting if waiting else sheet.rows
    return [Wish(row.pupil.pk, row.computed["outcome"], row.computed["award"]) for row in rows]


def propose_all(cast: Cast, name: str = "6A", stage: str = Stage.YEAR) -> Answer:
    school_class = fresh(cast, name)
    leader = school_class.homeroom_teacher
    assert leader is not None
    return propose(school_class=school_class, stage=stage, wishes=wishes(school_class, stage), by=leader)


def decide_all(cast: Cast, name: str = "6A", stage: str = Stage.YEAR, number: str = "45/QĐ") -> Answer:
    school_class = fresh(cast, name)
    return decide(
        school_class=school_class,
        stage=stage,
        wishes=wishes(school_class, stage, waiting=True),
        number=number,
        dated=cast.year.ends_on,
        by=cast.hanh,
    )


def fresh(cast: Cast, name: str) -> SchoolClass:
    found: SchoolClass = SchoolClass.objects.select_related("year", "homeroom_teacher").get(
        name=name, year=cast.year
    )
    return found


def enter_summer(cast: Cast, pupil: Enrolment, code: str, typed: str, *, version: int = 0) -> Outcome:
    """Type into the summer column of a course, by its teacher."""
    course = Course.objects.select_related("school_class__year", "subject").get(
        school_class=pupil.school_class, subject__code=code
    )
    column = course.columns.get(period__code="HE")
    teacher = course.assignments.current().get().teacher
    edit = Edit(pupil.pk, column.pk, typed, version)
    return save_marks(course=course, edits=[edit], by=teacher, origin="page")
