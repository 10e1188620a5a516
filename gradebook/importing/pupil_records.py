"""What the records say of everybody whom some rows of a pupil list may mean, in a constant number of statements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gradebook.import_rows import Reason, RowRefused, class_key
from gradebook.importing.plans import Candidate
from gradebook.importing.pupil_values import FIELDS, heading_of
from gradebook.known_pupils import IDENTIFIERS, KnownPupils, Newcomer
from gradebook.models import Enrolment, Guardian, SchoolClass, SchoolYear, Student
from gradebook.spreadsheets.pupil_list import PupilRow


@dataclass(frozen=True, slots=True)
class PupilRecords:
    classes: Mapping[str, SchoolClass]
    only: SchoolClass | None
    pupils: KnownPupils
    enrolments: Mapping[int, list[Enrolment]]
    guardians: Mapping[tuple[int, str], Guardian]

    @classmethod
    def of(
        cls, rows: Sequence[PupilRow], year: SchoolYear | None, only: SchoolClass | None, *, locking: bool
    ) -> "PupilRecords":
        """`only` is the class from whose page the import was started."""
        pupils = KnownPupils.among([newcomer(row) for row in rows], locking=locking)
        students = pupils.students
        guardians = Guardian.objects.filter(student__in=students)
        return cls(
            classes={
                class_key(each.name): each
                for each in SchoolClass.objects.filter(year=year).select_related("year")
            },
            only=only,
            pupils=pupils,
            enrolments=_enrolments(students, year),
            guardians={(guardian.student_id, guardian.relation): guardian for guardian in guardians},
        )

    def candidates(self, row: PupilRow) -> list[Candidate]:
        return [self._candidate(student) for student in self.pupils.alike(newcomer(row))]

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
        for name, value in newcomer(row).identifiers.items():
            owner = self.pupils.owner(name, value)
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


def newcomer(row: PupilRow) -> Newcomer:
    identifiers = {name: getattr(row, FIELDS[name]) for name in IDENTIFIERS}
    return Newcomer(row.full_name, row.birth_date, row.sex.value, **identifiers)


def _enrolments(students: Sequence[Student], year: SchoolYear | None) -> dict[int, list[Enrolment]]:
    found: dict[int, list[Enrolment]] = defaultdict(list)
    enrolments = Enrolment.objects.listed().filter(student__in=students, school_class__year=year)
    for enrolment in enrolments.select_related("school_class"):
        found[enrolment.student_id].append(enrolment)
    return found
