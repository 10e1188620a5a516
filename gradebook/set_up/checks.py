"""What a year still lacks before teaching can begin, each with the place where it is put right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import HeldRole, User
from accounts.roles import Role
from gradebook.assessment.catalogue import subjects
from gradebook.assessment.choices import CHOSEN_OF_UPPER_SECONDARY, THEMATIC_SUBJECTS
from gradebook.completeness import incomplete
from gradebook.layout import SUMMER
from gradebook.models import (
    Column,
    Course,
    Enrolment,
    Level,
    Period,
    Policy,
    SchoolClass,
    SchoolYear,
    Student,
    TeachingAssignment,
)

SHOWN = 8
"""Names given with a check; the page behind the link has them all."""


@dataclass(frozen=True, slots=True)
class Check:
    """One question about the year. `step` is where it is put right; advice does not keep a year from being ready."""

    step: str
    title: str
    count: int
    url: str
    names: tuple[str, ...] = ()
    is_advice: bool = False

    @property
    def is_fine(self) -> bool:
        return self.count == 0

    @property
    def more(self) -> int:
        return max(0, self.count - len(self.names))


def read_checks(year: SchoolYear) -> list[Check]:
    """Without a class there is nothing to ask about subjects, teachers and pupils."""
    found = [*_calendar(year), *_classes(year)]
    if year.classes.exists():
        found += [*_courses(year), *_teachers(year), *_pupils(year)]
    return found


def missing(checks: Iterable[Check]) -> list[Check]:
    """What keeps the year from being ready."""
    return [check for check in checks if not check.is_fine and not check.is_advice]


def _check(step: str, title: str, found: "Iterable[Any]", url: str, *, is_advice: bool = False) -> Check:
    names = [str(each) for each in found]
    return Check(step, title, len(names), url, tuple(names[:SHOWN]), is_advice)


def _calendar(year: SchoolYear) -> Iterator[Check]:
    url = reverse("gradebook:set_up_calendar", args=[year.name])
    periods = Period.objects.filter(semester__year=year, tests_from=None).exclude(code=SUMMER)
    yield _check("year", _("Periods without exam dates"), periods, url)


def _classes(year: SchoolYear) -> Iterator[Check]:
    url = reverse("gradebook:set_up_classes", args=[year.name])
    levels = {Level.of_grade(grade) for grade in year.classes.values_list("grade", flat=True).distinct()}
    policies = {policy.level: policy for policy in Policy.objects.filter(year=year)}
    if not levels:
        yield Check("classes", _("The year has no class yet"), 1, url)
    unruled = [level.label for level in Level if level in levels and level not in policies]
    if unruled:
        yield _check("classes", _("Levels without a policy"), unruled, url)
    untouched = Policy.history.filter(id__in=[p.pk for p in policies.values()], history_type="~")
    touched = set(untouched.values_list("level", flat=True))
    unchosen = [level.label for level in Level if level in levels and level not in touched]
    rules = reverse("gradebook:rules", query={"year": year.name})
    title = _("Levels that follow the circular as it stands: nothing was chosen")
    yield _check("classes", title, unchosen, rules, is_advice=True)


def _courses(year: SchoolYear) -> Iterator[Check]:
    url = reverse("gradebook:set_up_subjects", args=[year.name])
    courses = Course.objects.of_subjects().filter(school_class=OuterRef("pk"))
    classes = year.classes.annotate(has_courses=Exists(courses))
    yield _check("subjects", _("Classes without subjects"), classes.filter(has_courses=False), url)
    kept = Q(courses__is_withdrawn=False)
    codes = [known.code for known in subjects(10) if known.chosen]
    upper = classes.filter(has_courses=True, grade__gte=10).annotate(
        chosen=Count("courses", filter=kept & Q(courses__subject__code__in=codes)),
        thematic=Count("courses", filter=kept & Q(courses__is_thematic=True)),
    )
    upper = upper.order_by("grade", "name")  # what is counted loses the order of the model
    title = _("Classes that do not have four chosen subjects")
    yield _check("subjects", title, upper.exclude(chosen=CHOSEN_OF_UPPER_SECONDARY), url)
    title = _("Classes that have not chosen three thematic studies")
    yield _check("subjects", title, upper.exclude(thematic=THEMATIC_SUBJECTS), url, is_advice=True)


def _teachers(year: SchoolYear) -> Iterator[Check]:
    url = reverse("gradebook:set_up_teachers", args=[year.name])
    yield _check(
        "teachers", _("Classes without a homeroom teacher"), year.classes.filter(homeroom_teacher=None), url
    )
    standing = _standing(year)
    courses = (
        Course.objects.filter(school_class__year=year).of_subjects().select_related("subject", "school_class")
    )
    untaught = courses.exclude(Exists(standing.filter(course=OuterRef("pk"), strand="")))
    yield _check("teachers", _("Subjects without a teacher"), untaught, url)
    yield _check(
        "teachers",
        _("Strands that only the teacher of the whole subject enters"),
        _strands(year),
        url,
        is_advice=True,
    )
    idle = _staff().exclude(Exists(standing.filter(teacher=OuterRef("pk"))))
    yield _check("teachers", _("Teachers without any class"), idle, url, is_advice=True)
    teaching = User.objects.filter(Exists(standing.filter(teacher=OuterRef("pk"))))
    title = _("Teachers who have classes and never signed in")
    yield _check(
        "teachers", title, teaching.filter(last_login=None), reverse("accounts:people"), is_advice=True
    )


def _standing(year: SchoolYear) -> "QuerySet[TeachingAssignment]":
    """Assignments that have not ended, begun or not."""
    standing = TeachingAssignment.objects.not_over(timezone.localdate())
    found: QuerySet[TeachingAssignment] = standing.filter(
        course__school_class__year=year, course__is_withdrawn=False
    )
    return found


def _staff() -> "QuerySet[User]":
    roles = HeldRole.objects.on(timezone.localdate()).filter(
        user=OuterRef("pk"), role__in=[Role.SUBJECT_TEACHER, Role.HOMEROOM_TEACHER]
    )
    return User.objects.filter(Exists(roles), is_active=True)


def _strands(year: SchoolYear) -> list[str]:
    columns = Column.objects.filter(course__school_class__year=year).exclude(strand="")
    owned = _standing(year).filter(course=OuterRef("course"), strand=OuterRef("strand"))
    rows = (
        columns.exclude(Exists(owned))
        .order_by("course__school_class__grade", "course__school_class__name", "strand")
        .values_list("strand", "course__school_class__name")
        .distinct()
    )
    return [f"{strand} {name}" for strand, name in rows]


def _pupils(year: SchoolYear) -> Iterator[Check]:
    classes = reverse("gradebook:classes", query={"year": year.name})
    on_roll = Enrolment.objects.on_roll().filter(school_class=OuterRef("pk"))
    empty = SchoolClass.objects.filter(year=year).exclude(Exists(on_roll))
    yield _check("pupils", _("Classes without pupils"), empty, classes)
    title = _("Pupils whose profile lacks something")
    profiles = reverse("gradebook:profiles", query={"year": year.name})
    yield Check("pupils", title, incomplete(school_class__year=year), profiles, is_advice=True)
    yield _check(
        "pupils", _("Pupils who are in no class of the year"), _unplaced(year), classes, is_advice=True
    )


def _unplaced(year: SchoolYear) -> "QuerySet[Student]":
    """Who never was in a class, and who was in one of the year before and went nowhere."""
    enrolled = Enrolment.objects.listed().filter(student=OuterRef("pk"))
    before = SchoolYear.objects.filter(starts_on__lt=year.starts_on).order_by("-starts_on").first()
    earlier = enrolled.on_roll().filter(school_class__year=before)
    return Student.objects.filter(
        ~Exists(enrolled) | Exists(earlier), ~Exists(enrolled.filter(school_class__year=year))
    ).order_by("sort_key")
