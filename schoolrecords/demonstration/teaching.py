"""Courses by the curriculum of each grade, and teachers for them with an even load."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from accounts.models import User
from gradebook.actions.curriculum import open_curriculum
from gradebook.actions.teaching import appoint_homeroom_teacher, assign_teacher
from gradebook.assessment.catalogue import CatalogueSubject
from gradebook.assessment.choices import taken
from gradebook.models import Course, SchoolClass
from schoolrecords.demonstration.plan import FIRST_DAY, ClassPlan
from schoolrecords.demonstration.staff import SEATS, Seat

HOMEROOM_LESSONS = ("hoat-dong-trai-nghiem", "hoat-dong-trai-nghiem-huong-nghiep")
# One teacher gives natural science in grades 6 and 7, three share it above; the others are always shared.
SHARED_FROM = {"lich-su-dia-li": 6, "nghe-thuat": 6, "khoa-hoc-tu-nhien": 8}


@dataclass(slots=True)
class TaughtCourse:
    """A course and who enters what: the teacher of the whole is under the strand ''."""

    course: Course
    teachers: dict[str, User]

    def owner(self, strand: str) -> User:
        return self.teachers.get(strand) or self.teachers[""]


@dataclass(slots=True)
class Timetable:
    """Opens courses and hands out lessons, each to a fit teacher with the lightest load so far."""

    people: Mapping[str, User]
    by: User
    load: dict[str, float] = field(default_factory=dict)

    def plan_class(self, plan: ClassPlan, school_class: SchoolClass) -> list[TaughtCourse]:
        head = next(seat for seat in SEATS if seat.leads == plan.name)
        appoint_homeroom_teacher(
            school_class=school_class, teacher=self.people[head.username], since=FIRST_DAY, by=self.by
        )
        sheet = TaughtCourse(school_class.courses.get(), {"": self.people[head.username]})
        courses = open_curriculum(school_class=school_class, chosen=plan.chosen, by=self.by)
        known = taken(plan.grade, plan.chosen)
        return [*map(partial(self._teach, head), known, courses), sheet]

    def _teach(self, head: Seat, known: CatalogueSubject, course: Course) -> TaughtCourse:
        grade = course.school_class.grade
        parts = _parts(known, grade)
        teachers = {}
        for strand, code in parts.items():
            seat = self._seat(code, grade, head, known.lessons / 35 / len(parts))
            teachers[strand] = self.people[seat.username]
            assign_teacher(
                course=course, teacher=teachers[strand], since=FIRST_DAY, by=self.by, strand=strand
            )
        return TaughtCourse(course, teachers)

    def _seat(self, code: str, grade: int, head: Seat, lessons: float) -> Seat:
        """The homeroom teacher if fit; else whoever is fit and has least to do."""
        fit = [seat for seat in SEATS if code in seat.teaches and grade in seat.grades]
        seat = head if head in fit or code in HOMEROOM_LESSONS else min(fit, key=self._load_of)
        self.load[seat.username] = self._load_of(seat) + lessons
        return seat

    def _load_of(self, seat: Seat) -> float:
        return self.load.get(seat.username, 0)


def _parts(known: CatalogueSubject, grade: int) -> dict[str, str]:
    """Strand to assign -> what its teacher must be able to teach.

    The teacher of the first strand holds the whole course: somebody enters the midterm and final marks.
    """
    if grade < SHARED_FROM.get(known.code, 13):
        return {"": known.code}
    first, *others = known.strands
    return {"": first.code} | {strand.name: strand.code for strand in others}
