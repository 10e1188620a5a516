"""What a list of classes would do: open those that are missing, give courses and homeroom teachers to those without."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.models import User
from gradebook import class_names
from gradebook.assessment.choices import WrongChoice, taken
from gradebook.import_rows import Reason, RefusedRow, RowRefused, Source, class_key
from gradebook.importing.plans import Change, Entry, Plan
from gradebook.importing.teachers import Teachers
from gradebook.models import Course, SchoolClass, SchoolYear
from gradebook.spreadsheets.class_list import CLASS_HEADINGS, ClassRow
from gradebook.spreadsheets.rows import Result
from gradebook.spreadsheets.subject_names import Vocabulary

NAME_LIMIT = 10


@dataclass(frozen=True, slots=True)
class ClassFate:
    """What is to be done: open the class (when `school_class` is None), its courses, appoint the teacher."""

    name: str
    grade: int
    school_class: SchoolClass | None
    opens_courses: bool
    chosen: tuple[str, ...]
    thematic: tuple[str, ...]
    teacher: User | None


def plan_classes(result: Result[ClassRow], year: SchoolYear | None, by: User) -> Plan:
    plan = Plan(Source.of(result, ()))
    plan.refused.extend(map(RefusedRow.of_problem, result.problems))
    known = _Known.of(year, by)
    for row in result.rows:
        try:
            entry = known.decide(row)
        except RowRefused as refusal:
            plan.refused.append(
                RefusedRow(row.row_number, row.class_name, refusal.code, details=refusal.details)
            )
        else:
            _list_of(plan, entry).append(entry)
    return plan.sort()


def _list_of(plan: Plan, entry: Entry) -> list[Entry]:
    if entry.fate.school_class is None:
        return plan.added
    return plan.filled if entry.fills else plan.present


@dataclass(frozen=True, slots=True)
class _Known:
    year: SchoolYear | None
    classes: Mapping[str, SchoolClass]
    teachers: Teachers
    words: Vocabulary

    @classmethod
    def of(cls, year: SchoolYear | None, by: User) -> "_Known":
        subjects = Count(
            "courses", filter=Q(courses__is_withdrawn=False) & ~Q(courses__kind=Course.Kind.HOMEROOM)
        )
        classes = SchoolClass.objects.filter(year=year).select_related("homeroom_teacher", "year")
        return cls(
            year=year,
            classes={class_key(each.name): each for each in classes.annotate(subjects=subjects)},
            teachers=Teachers.of_school(by),
            words=Vocabulary(),
        )

    def decide(self, row: ClassRow) -> Entry:
        if self.year is None:
            raise RowRefused(Reason.NO_YEAR)
        name = row.class_name.removeprefix("Lớp").removeprefix("lớp").strip()
        if len(name) > NAME_LIMIT:
            raise RowRefused(Reason.TOO_LONG, heading=CLASS_HEADINGS.official("class_name"), limit=NAME_LIMIT)
        there = self.classes.get(class_key(name))
        grade = there.grade if there else _grade_in(name)
        if grade not in {None, row.grade}:
            raise RowRefused(Reason.OTHER_GRADE, value=row.grade, name=name, grade=grade)
        teacher = self.teachers.find(row.teacher) if row.teacher else None
        opens = there is None or not getattr(there, "subjects", 0)
        chosen, thematic = self._choice(row) if opens else ((), ())
        fate = ClassFate(name, row.grade, there, opens, chosen, thematic, teacher)
        return _entry(row, fate)

    def _choice(self, row: ClassRow) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The codes of what the class has chosen; what the curriculum does not allow refuses the row."""
        chosen, thematic = (
            tuple(self.words.meant_by(name)[0] for name in names) for names in (row.chosen, row.thematic)
        )
        try:
            taken(row.grade, chosen, thematic)
        except WrongChoice as wrong:
            raise RowRefused(
                Reason.WRONG_CHOICE, value=", ".join((*row.chosen, *row.thematic)) or "–", grade=row.grade
            ) from wrong
        return chosen, thematic


def _grade_in(name: str) -> int | None:
    """The grade a name begins with; a school may use names that begin with none."""
    try:
        return class_names.grade_of(class_names.clean(name))
    except class_names.BadName:
        return None


def _entry(row: ClassRow, fate: ClassFate) -> Entry:
    teacher = str(fate.teacher or "")
    facts = (str(row.grade), teacher or "–", ", ".join(row.chosen) or "–")
    there = fate.school_class
    if there is None:
        return Entry(row.row_number, fate.name, facts, fate=fate)
    fills, differences = [], []
    heading = CLASS_HEADINGS.official("teacher")
    if fate.opens_courses:
        fills.append(Change(_("Courses"), "", _("by the curriculum")))
    if fate.teacher and there.homeroom_teacher is None:
        fills.append(Change(heading, "", teacher))
    elif fate.teacher and there.homeroom_teacher != fate.teacher:
        differences.append(Change(heading, str(there.homeroom_teacher), teacher))
    return Entry(row.row_number, there.name, facts, fills=fills, differences=differences, fate=fate)
