"""The register of pupils (sổ đăng bộ): one line for each pupil ever admitted, under a number for good.

The register is an official book, so its lines speak Vietnamese on every page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import Min, Prefetch, Q

from gradebook.models import Enrolment, Guardian, Movement, Student
from gradebook.models.pupils import StudentQuerySet

Kind = Movement.Kind
LEAVING = {
    Kind.TRANSFERRED: "Chuyển trường",
    Kind.DROPPED_OUT: "Thôi học",
    Kind.GRADUATED: "Hoàn thành cấp học",
}
SEX = {Student.Sex.MALE: "Nam", Student.Sex.FEMALE: "Nữ"}
PARENT = {Guardian.Relation.FATHER: "Cha", Guardian.Relation.MOTHER: "Mẹ", Guardian.Relation.GUARDIAN: "NGH"}


@dataclass(frozen=True, slots=True)
class Line:
    """One pupil in the columns of the register. `enrolment` leads to the pupil's page."""

    enrolment: int | None
    number: int
    name: str
    birth_date: date
    sex: str
    ethnicity: str
    birthplace: str
    address: str
    parents: tuple[str, ...]
    admitted_on: date | None
    class_name: str
    came_from: str
    left_on: date | None
    leaving: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pupil who has no number yet, and the one that comes next."""

    number: int
    student: Student
    admitted_on: date


def registered(
    *, first: int | None = None, last: int | None = None, year: int | None = None
) -> StudentQuerySet:
    """Those with a number, in its order. `year`: admitted in the school year that begins in it."""
    found: StudentQuerySet = Student.objects.filter(register_number__isnull=False).order_by("register_number")
    if first is not None:
        found = found.filter(register_number__gte=first)
    if last is not None:
        found = found.filter(register_number__lte=last)
    if year is not None:
        # Pupils are admitted in the summer before the first day.
        found = found.filter(admitted_on__gte=date(year, 7, 1), admitted_on__lt=date(year + 1, 7, 1))
    return found


def read_lines(students: StudentQuerySet) -> list[Line]:
    """Four queries, however many pupils."""
    enrolments = Enrolment.objects.exclude(status=Enrolment.Status.CANCELLED).order_by("since", "pk")
    movements = Movement.objects.filter(cancelled_at=None)
    with_all = students.prefetch_related(
        "guardians",
        Prefetch("enrolments", enrolments.select_related("school_class")),
        Prefetch("movements", movements),
    )
    return [_line(student) for student in with_all]


def _line(student: Student) -> Line:
    enrolments, movements = list(student.enrolments.all()), list(student.movements.all())
    came = next((each for each in movements if each.kind == Kind.RECEIVED), None)
    left = _departure(movements, enrolments)
    return Line(
        enrolment=enrolments[-1].pk if enrolments else None,
        number=student.register_number or 0,
        name=student.full_name,
        birth_date=student.birth_date,
        sex=SEX[Student.Sex(student.sex)],
        ethnicity=student.ethnicity_name,
        birthplace=student.birthplace,
        address=student.permanent_address or student.address,
        parents=tuple(_parents(student.guardians.all())),
        admitted_on=student.admitted_on,
        class_name=enrolments[0].school_class.name if enrolments else "",
        came_from=came.other_school if came else "",
        left_on=left.on if left else None,
        leaving=_reason(left) if left else "",
    )


def _departure(movements: Sequence[Movement], enrolments: Sequence[Enrolment]) -> Movement | None:
    """The last departure, unless the pupil has come back since."""
    left = next((each for each in reversed(movements) if each.kind in LEAVING), None)
    if left is None or any(enrolment.since >= left.on for enrolment in enrolments):
        return None
    return left


def _reason(left: Movement) -> str:
    kind = LEAVING[Kind(left.kind)]
    return f"{kind}: {left.other_school}" if left.other_school else kind


def _parents(guardians: Iterable[Guardian]) -> Iterable[str]:
    for guardian in sorted(
        guardians, key=lambda guardian: list(PARENT).index(Guardian.Relation(guardian.relation))
    ):
        if guardian.full_name:
            born = f" ({guardian.birth_year})" if guardian.birth_year else ""
            yield f"{PARENT[Guardian.Relation(guardian.relation)]}: {guardian.full_name}{born}"


def last_number() -> int:
    student = Student.objects.filter(register_number__isnull=False).order_by("-register_number").first()
    return int(student.register_number or 0) if student else 0


def unnumbered(first: int) -> list[Candidate]:
    """Who comes next: in order of admission, in name order within a day. The first number counts in an empty book."""
    began = Min("enrolments__since", filter=~Q(enrolments__status=Enrolment.Status.CANCELLED))
    waiting = Student.objects.filter(register_number=None).annotate(began=began).exclude(began=None)
    ordered = sorted(
        waiting,
        key=lambda pupil: (pupil.admitted_on or pupil.began, pupil.sort_key, pupil.birth_date, pupil.pk),
    )
    start = last_number() + 1 if last_number() else first
    return [
        Candidate(number, student, student.admitted_on or student.began)
        for number, student in enumerate(ordered, start=start)
    ]


def fingerprint(candidates: Iterable[Candidate]) -> str:
    """What a preview showed, so that nothing else is written."""
    text = ";".join(f"{each.number}:{each.student.pk}" for each in candidates)
    return sha256(text.encode()).hexdigest()
