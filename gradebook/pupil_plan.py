"""What an uploaded pupil list would do to the records, decided row by row. Reads only.

Every row is added, already there or refused; whoever is already there is never changed by a list.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from accounts import names
from gradebook.import_rows import Reason, RefusedRow, RowRefused, Source, class_key, same_name
from gradebook.models import Enrolment, Guardian, SchoolClass, SchoolYear, Student
from gradebook.spreadsheets.pupil_columns import PUPIL_HEADINGS
from gradebook.spreadsheets.pupil_list import PupilRow, Status
from gradebook.spreadsheets.rows import Result
from gradebook.years import current_year

# The columns that are kept, and the field of Student each goes to.
TEXTS = {
    "full_name": "full_name",
    "personal_number": "citizen_number",
    "birth_place": "birthplace",
    "address": "address",
    "phone": "phone",
}
PARENTS = {"father_name": Guardian.Relation.FATHER, "mother_name": Guardian.Relation.MOTHER}
KEPT = {*TEXTS, *PARENTS, "ministry_code", "birth_date", "sex", "ethnicity", "status", "class_name", "grade"}
NOT_STUDYING = {Status.MOVED_OUT, Status.DROPPED_OUT, Status.DEFERRED}
YOUNGER, OLDER = 3, 15
UNKNOWN_GROUP = "99"


@dataclass(frozen=True, slots=True)
class Fate:
    """A good row with its class, and the pupil it means when that pupil is known already."""

    row: PupilRow
    school_class: SchoolClass
    student: Student | None = None


@dataclass(frozen=True, slots=True)
class PupilPlan:
    """Every row of the file is in exactly one of the three lists."""

    source: Source
    adding: list[Fate] = field(default_factory=list)
    present: list[Fate] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "rows": self.source.rows,
            "added": len(self.adding),
            "present": len(self.present),
            "refused": len({refusal.row for refusal in self.refused}),
            "blank": self.source.blank,
        }


def plan_pupils(result: Result[PupilRow], only: SchoolClass | None) -> PupilPlan:
    """`only` is the class from whose page the import was started. Statements stay constant in the rows."""
    known = _Known.of(result.rows, only)
    plan = PupilPlan(Source.of(result, _unused(result.rows)))
    plan.refused.extend(map(RefusedRow.of_problem, result.problems))
    for row in result.rows:
        try:
            fate, is_new = known.decide(row)
        except RowRefused as refusal:
            plan.refused.append(
                RefusedRow(row.row_number, row.full_name, refusal.code, details=refusal.details)
            )
        else:
            (plan.adding if is_new else plan.present).append(fate)
    plan.refused.sort(key=lambda refusal: refusal.row)
    return plan


def new_student(row: PupilRow) -> Student:
    return Student(
        ministry_code=row.ministry_code or "",
        birth_date=row.birth_date,
        sex=row.sex.value,
        ethnicity=row.ethnicity or UNKNOWN_GROUP,
        **{target: getattr(row, source) or "" for source, target in TEXTS.items()},
    )


def new_guardians(row: PupilRow, student: Student) -> list[Guardian]:
    return [
        Guardian(student=student, relation=relation, full_name=full_name)
        for source, relation in PARENTS.items()
        if (full_name := getattr(row, source))
    ]


def _unused(rows: Sequence[PupilRow]) -> list[str]:
    """Columns that were read and hold something, but that the records have no place for yet."""
    spare = [key for key in PUPIL_HEADINGS.aliases if key not in KEPT and key != "number"]
    filled = [key for key in spare if any(getattr(row, str(key)) is not None for row in rows)]
    return [PUPIL_HEADINGS.official(key) for key in filled]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the records say of everybody the file may mean."""

    classes: Mapping[str, SchoolClass]
    only: SchoolClass | None
    by_code: Mapping[str, Student]
    namesakes: Mapping[tuple[str, date], list[Student]]
    by_citizen_number: Mapping[str, Student]
    enrolments: Mapping[int, list[Enrolment]]

    @classmethod
    def of(cls, rows: Sequence[PupilRow], only: SchoolClass | None) -> "_Known":
        year = only.year if only else current_year()
        classes = {
            class_key(each.name): each
            for each in SchoolClass.objects.filter(year=year).select_related("year")
        }
        coded = Student.objects.filter(ministry_code__in={row.ministry_code for row in rows})
        alike = Student.objects.filter(
            search_key__in={names.search_key(row.full_name) for row in rows},
            birth_date__in={row.birth_date for row in rows},
        )
        numbered = Student.objects.filter(
            citizen_number__in={row.personal_number for row in rows if row.personal_number}
        )
        namesakes: dict[tuple[str, date], list[Student]] = defaultdict(list)
        for student in alike:
            namesakes[names.sort_key(student.full_name), student.birth_date].append(student)
        by_code = {student.ministry_code: student for student in coded}
        return cls(
            classes=classes,
            only=only,
            by_code=by_code,
            namesakes=namesakes,
            by_citizen_number={student.citizen_number: student for student in numbered},
            enrolments=_enrolments([*by_code.values(), *alike], year),
        )

    def decide(self, row: PupilRow) -> tuple[Fate, bool]:
        """The row's fate, and whether something is to be added for it. Raises RowRefused."""
        school_class = self._class(row)
        student = self._student(row, school_class)
        if student is None:
            _check_lengths(row)
            _check_age(row, school_class)
            return Fate(row, school_class), True
        if row.status in NOT_STUDYING:
            raise RowRefused(Reason.NOT_STUDYING)
        return Fate(row, school_class, student), not self._is_enrolled(student, school_class)

    def _class(self, row: PupilRow) -> SchoolClass:
        school_class = self.classes.get(class_key(row.class_name))
        if school_class is None:
            raise RowRefused(Reason.UNKNOWN_CLASS, value=row.class_name)
        if self.only is not None and school_class != self.only:
            raise RowRefused(Reason.OTHER_CLASS, value=row.class_name, expected=self.only.name)
        if row.grade not in (None, school_class.grade):
            raise RowRefused(
                Reason.OTHER_GRADE, value=row.grade, name=school_class.name, grade=school_class.grade
            )
        return school_class

    def _student(self, row: PupilRow, school_class: SchoolClass) -> Student | None:
        if row.ministry_code is None:
            return self._nameless_code(row, school_class)
        student = self.by_code.get(row.ministry_code)
        if student is not None:
            _check_agreement(row, student)
            return student
        for namesake in self.namesakes.get((names.sort_key(row.full_name), row.birth_date), []):
            raise RowRefused(Reason.POSSIBLE_DUPLICATE, known=namesake.ministry_code, value=row.ministry_code)
        twin = self.by_citizen_number.get(row.personal_number or "")
        if twin is not None:
            raise RowRefused(
                Reason.SAME_CITIZEN_NUMBER,
                known=twin.full_name,
                known_code=twin.ministry_code,
                value=row.personal_number,
            )
        if row.status in NOT_STUDYING:
            raise RowRefused(Reason.NOT_STUDYING)
        return None

    def _nameless_code(self, row: PupilRow, school_class: SchoolClass) -> Student:
        """Without a code only somebody already in this very class can be meant."""
        alike = [
            student
            for student in self.namesakes.get((names.sort_key(row.full_name), row.birth_date), [])
            if any(each.school_class_id == school_class.pk for each in self.enrolments.get(student.pk, []))
        ]
        if len(alike) != 1:
            raise RowRefused(Reason.NO_MINISTRY_CODE)
        return alike[0]

    def _is_enrolled(self, student: Student, school_class: SchoolClass) -> bool:
        """Raises RowRefused when the pupil left this class, or is on the roll of another one this year."""
        for enrolment in self.enrolments.get(student.pk, []):
            here = enrolment.school_class_id == school_class.pk
            on_roll = enrolment.status == Enrolment.Status.ENROLLED
            if here and not on_roll:
                raise RowRefused(Reason.HAS_LEFT, name=school_class.name, until=f"{enrolment.until:%d/%m/%Y}")
            if on_roll and not here:
                raise RowRefused(Reason.ENROLLED_ELSEWHERE, name=enrolment.school_class.name)
            if here:
                return True
        return False


def _enrolments(students: Sequence[Student], year: SchoolYear | None) -> dict[int, list[Enrolment]]:
    found: dict[int, list[Enrolment]] = defaultdict(list)
    enrolments = Enrolment.objects.listed().filter(
        student__in={student.pk for student in students}, school_class__year=year
    )
    for enrolment in enrolments.select_related("school_class"):
        found[enrolment.student_id].append(enrolment)
    return found


def _check_agreement(row: PupilRow, student: Student) -> None:
    """A code that belongs to somebody else is an error in the file or in the records; people decide which."""
    pairs = [
        ("full_name", row.full_name, student.full_name, same_name(row.full_name, student.full_name)),
        (
            "birth_date",
            f"{row.birth_date:%d/%m/%Y}",
            f"{student.birth_date:%d/%m/%Y}",
            row.birth_date == student.birth_date,
        ),
    ]
    for key, value, known, agrees in pairs:
        if not agrees:
            raise RowRefused(Reason.DISAGREES, heading=PUPIL_HEADINGS.official(key), value=value, known=known)


def _check_age(row: PupilRow, school_class: SchoolClass) -> None:
    """Grade 1 is entered in the year of the sixth birthday; wide margins for early and late pupils."""
    age = school_class.year.starts_on.year - row.birth_date.year
    if not YOUNGER <= age - school_class.grade <= OLDER:
        raise RowRefused(Reason.UNLIKELY_AGE, year=row.birth_date.year, grade=school_class.grade)


def _check_lengths(row: PupilRow) -> None:
    for source, target in TEXTS.items():
        limit = getattr(Student._meta.get_field(target), "max_length", None)
        if limit and len(getattr(row, source) or "") > limit:
            raise RowRefused(Reason.TOO_LONG, heading=PUPIL_HEADINGS.official(source), limit=limit)
