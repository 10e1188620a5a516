"""What a list of assignments would do: give courses to teachers, and replace those who teach one only when asked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accounts.models import User
from gradebook.import_rows import Reason, RefusedRow, RowRefused, Source, class_key
from gradebook.importing.plans import Change, Entry, Plan
from gradebook.importing.teachers import Teachers
from gradebook.models import Column, Course, SchoolYear, Subject, TeachingAssignment
from gradebook.spreadsheets.assignment_list import ASSIGNMENT_HEADINGS, AssignmentRow
from gradebook.spreadsheets.rows import Result
from gradebook.spreadsheets.subject_names import Vocabulary

Place = tuple[int, str]
"""A course and one of its strands, or "" for the whole."""


@dataclass(frozen=True, slots=True)
class AssignmentFate:
    """`replaced` are the assignments that end."""

    course: Course
    strand: str
    teacher: User
    replaced: Sequence[TeachingAssignment] = ()


def vocabulary() -> Vocabulary:
    """The curriculum's names and those of the school's own subjects."""
    names = Subject.objects.exclude(code=Course.HOMEROOM_CODE).values_list("name", flat=True)
    return Vocabulary(tuple(names))


def plan_assignments(
    result: Result[AssignmentRow], year: SchoolYear | None, by: User, *, replaces: bool
) -> Plan:
    """Statements stay constant in the rows."""
    plan = Plan(Source.of(result, ()))
    plan.refused.extend(map(RefusedRow.of_problem, result.problems))
    known = _Known.of(year, by, replaces=replaces)
    for row in result.rows:
        try:
            entry = known.decide(row)
        except RowRefused as refusal:
            plan.refused.append(
                RefusedRow(row.row_number, row.teacher, refusal.code, row.column, refusal.details, row.item)
            )
        else:
            (plan.present if not entry.fate else plan.filled if entry.fills else plan.added).append(entry)
    return plan.sort()


@dataclass(slots=True)
class _Known:
    year: SchoolYear | None
    replaces: bool
    teachers: Teachers
    words: Vocabulary
    courses: Mapping[str, Sequence[Course]]
    strands: Mapping[int, Sequence[str]]
    held: Mapping[Place, Sequence[TeachingAssignment]]
    given: dict[Place, AssignmentRow]

    @classmethod
    def of(cls, year: SchoolYear | None, by: User, *, replaces: bool) -> "_Known":
        found = Course.objects.of_subjects().filter(school_class__year=year)
        courses: dict[str, list[Course]] = defaultdict(list)
        for course in found.select_related("subject", "school_class__year"):
            courses[class_key(course.school_class.name)].append(course)
        for name in year.classes.values_list("name", flat=True) if year else ():
            courses[class_key(name)]  # a class without courses is known all the same
        strands: dict[int, list[str]] = defaultdict(list)
        parts = Column.objects.filter(course__school_class__year=year).exclude(strand="")
        for course_id, strand in (
            parts.values_list("course", "strand").distinct().order_by("course", "strand")
        ):
            strands[course_id].append(strand)
        held: dict[Place, list[TeachingAssignment]] = defaultdict(list)
        current = TeachingAssignment.objects.filter(course__school_class__year=year, until=None)
        for assignment in current.select_related("teacher", "course"):
            held[assignment.course_id, assignment.strand].append(assignment)
        return cls(year, replaces, Teachers.of_school(by), vocabulary(), courses, strands, held, {})

    def decide(self, row: AssignmentRow) -> Entry:
        """The entry has no fate when there is nothing to do. Raises RowRefused."""
        if self.year is None:
            raise RowRefused(Reason.NO_YEAR)
        course, strand = self._place(row)
        teacher = self.teachers.find(row.teacher)
        self._take(row, (course.pk, strand))
        facts = (str(course.school_class), str(course.subject), strand or "–")
        held = self.held.get((course.pk, strand), ())
        if any(assignment.teacher == teacher for assignment in held):
            return Entry(row.row_number, str(teacher), facts)
        known = ", ".join(str(assignment.teacher) for assignment in held)
        if held and not self.replaces:
            raise RowRefused(Reason.OTHER_TEACHER, value=str(teacher), known=known, name=str(course))
        fills = [Change(ASSIGNMENT_HEADINGS.official("teacher"), known, str(teacher))] if held else []
        fate = AssignmentFate(course, strand, teacher, held)
        return Entry(row.row_number, str(teacher), facts, fills=fills, fate=fate)

    def _take(self, row: AssignmentRow, place: Place) -> None:
        """One course, one teacher in a file: whoever is named second is told of the first."""
        first = self.given.setdefault(place, row)
        if first is not row:
            raise RowRefused(
                Reason.ALSO_GIVEN, value=row.subject, known=first.teacher, other_row=first.row_number
            )

    def _place(self, row: AssignmentRow) -> tuple[Course, str]:
        courses = self.courses.get(class_key(row.class_name))
        if courses is None:
            raise RowRefused(Reason.UNKNOWN_CLASS, value=row.class_name)
        codes = self.words.meant_by(row.subject)
        for course in courses:
            if course.subject.code in codes or self.words.meant_by(course.subject.name) == codes:
                return course, self._strand(course, row.strand) if row.strand else ""
        for course in courses:
            for strand in self.strands.get(course.pk, ()):
                if self.words.meant_by(strand) == codes:
                    return course, strand
        known = any(codes == self.words.meant_by(name) for name in self.words.own) or len(codes) > 1
        reason = Reason.NOT_TAUGHT if known or codes[0] in _CURRICULUM else Reason.UNKNOWN_SUBJECT
        raise RowRefused(reason, value=row.subject, name=row.class_name)

    def _strand(self, course: Course, written: str) -> str:
        strands = self.strands.get(course.pk, ())
        for strand in strands:
            if self.words.meant_by(strand) == self.words.meant_by(written):
                return strand
        raise RowRefused(Reason.UNKNOWN_STRAND, value=written, name=str(course), known=list(strands) or "–")


_CURRICULUM = {codes[0] for codes in Vocabulary().codes.values()}
