"""What the records say of everybody whom some rows of a pupil list may mean, in a constant number of statements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts import names
from gradebook.import_rows import Reason, RowRefused, class_key
from gradebook.importing.plans import Candidate
from gradebook.importing.pupil_values import heading_of
from gradebook.models import Enrolment, Guardian, SchoolClass, SchoolYear, Student
from gradebook.spreadsheets.pupil_list import PupilRow

# Field of Student that belongs to one pupil only -> column of the list.
UNIQUE = {
    "ministry_code": "ministry_code",
    "school_code": "school_code",
    "citizen_number": "personal_number",
    "register_number": "register_number",
}


@dataclass(frozen=True, slots=True)
class KnownPupils:
    classes: Mapping[str, SchoolClass]
    only: SchoolClass | None
    identified: Mapping[tuple[str, object], Student]
    namesakes: Mapping[tuple[str, date], list[Student]]
    enrolments: Mapping[int, list[Enrolment]]
    guardians: Mapping[tuple[int, str], Guardian]

    @classmethod
    def of(
        cls, rows: Sequence[PupilRow], year: SchoolYear | None, only: SchoolClass | None, *, locking: bool
    ) -> "KnownPupils":
        """`only` is the class from whose page the import was started."""
        students = _students(rows, locking=locking)
        namesakes: dict[tuple[str, date], list[Student]] = defaultdict(list)
        for student in students:
            namesakes[names.sort_key(student.full_name), student.birth_date].append(student)
        guardians = Guardian.objects.filter(student__in=students)
        return cls(
            classes={
                class_key(each.name): each
                for each in SchoolClass.objects.filter(year=year).select_related("year")
            },
            only=only,
            identified={
                (name, value): student
                for student in students
                for name in UNIQUE
                if (value := getattr(student, name))
            },
            namesakes=namesakes,
            enrolments=_enrolments(students, year),
            guardians={(guardian.student_id, guardian.relation): guardian for guardian in guardians},
        )

    def by(self, name: str, value: object) -> Student | None:
        return self.identified.get((name, value)) if value else None

    def alike(self, row: PupilRow) -> list[Student]:
        """Pupils of the same name and birth date."""
        return self.namesakes.get((names.sort_key(row.full_name), row.birth_date), [])

    def candidates(self, row: PupilRow) -> list[Candidate]:
        return [self._candidate(student) for student in self.alike(row)]

    def _candidate(self, student: Student) -> Candidate:
        places = [each.school_class.name for each in self.enrolments.get(student.pk, [])]
        return Candidate(student.pk, student.ministry_code, ", ".join(places), student.address)

    def class_of(self, row: PupilRow) -> SchoolClass:
        """Raises RowRefused."""
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

    def check_free(self, row: PupilRow, student: Student | None) -> None:
        """Raises RowRefused when an identifier belongs to another pupil."""
        for name, key in UNIQUE.items():
            value = getattr(row, key)
            owner = self.by(name, value)
            if owner is None or owner == student:
                continue
            if name == "citizen_number":
                raise RowRefused(
                    Reason.SAME_CITIZEN_NUMBER,
                    known=owner.full_name,
                    known_code=owner.ministry_code or "–",
                    value=value,
                )
            raise RowRefused(Reason.TAKEN, heading=heading_of(name), value=value, known=owner.full_name)

    def was_in(self, student: Student, school_class: SchoolClass) -> bool:
        return any(each.school_class_id == school_class.pk for each in self.enrolments.get(student.pk, []))

    def is_enrolled(self, student: Student, school_class: SchoolClass) -> bool:
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


def _students(rows: Sequence[PupilRow], *, locking: bool) -> list[Student]:
    wanted = Q(
        search_key__in={names.search_key(row.full_name) for row in rows},
        birth_date__in={row.birth_date for row in rows},
    )
    for name, key in UNIQUE.items():
        wanted |= Q(**{f"{name}__in": {value for row in rows if (value := getattr(row, key))}})
    found = Student.objects.filter(wanted).order_by("pk")
    return list(found.select_for_update() if locking else found)


def _enrolments(students: Sequence[Student], year: SchoolYear | None) -> dict[int, list[Enrolment]]:
    found: dict[int, list[Enrolment]] = defaultdict(list)
    enrolments = Enrolment.objects.filter(student__in=students, school_class__year=year)
    for enrolment in enrolments.select_related("school_class"):
        found[enrolment.student_id].append(enrolment)
    return found
