"""Whom a decision of the principal calls back in summer, and to which sheets."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from gradebook.entries import entry_of
from gradebook.layout import SUMMER
from gradebook.models import Column, Course, Enrolment, Mark, Outcome, Proposal, SchoolYear, Stage, Subject
from gradebook.outcomes import CALLED_BACK

_TO_HOMEROOM = (Outcome.SUMMER_TRAINING, Outcome.SUPPORT_THEN_REASSESS)


def called(course: Course) -> frozenset[int]:
    """The enrolments that may have something in the course's summer column, or have. Two queries.

    Retests: those of the subject (TT 22/2021, article 14). Homeroom sheet: summer training (article 13), or support
    and a further assessment in primary school (TT 27/2020, article 11).
    """
    decided = Proposal.objects.filter(enrolment__school_class=course.school_class_id, decision__isnull=False)
    sent = {row.enrolment_id for row in decided if _sends(row, course)}
    entered = Mark.objects.filter(column__course=course, column__period__code=SUMMER)
    return frozenset(sent.union(entered.values_list("enrolment_id", flat=True)))


def still_to_enter(courses: Iterable[Course]) -> dict[int, int]:
    """How many summer cells each course still lacks, where any; `courses` have their subject. Two queries."""
    courses = list(courses)
    decided: dict[int, list[Proposal]] = defaultdict(list)
    classes = {course.school_class_id for course in courses}
    rows = Proposal.objects.filter(enrolment__school_class__in=classes, decision__isnull=False)
    for row in rows.select_related("enrolment"):
        decided[row.enrolment.school_class_id].append(row)
    filled = Mark.objects.filter(column__course__in=courses, column__period__code=SUMMER)
    done = set(filled.exclude(state=Mark.State.EMPTY).values_list("column__course", "enrolment"))
    counts = {
        course.pk: sum(
            _sends(row, course) and (course.pk, row.enrolment_id) not in done
            for row in decided[course.school_class_id]
        )
        for course in courses
    }
    return {pk: count for pk, count in counts.items() if count}


def _sends(decided: Proposal, course: Course) -> bool:
    if course.kind == Course.Kind.HOMEROOM:
        return decided.decided_outcome in _TO_HOMEROOM
    return decided.decided_outcome == Outcome.SUMMER_RETEST and course.subject.code in decided.computed.get(
        "retests", ()
    )


@dataclass(frozen=True, slots=True)
class Again:
    """One thing to be assessed again: its name, the year's value, and the new one once it is entered."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SummerLine:
    """One pupil who is called back, for what, and what was decided afterwards."""

    pupil: Enrolment
    outcome: str
    again: tuple[Again, ...]
    after: str


def read_summer(year: SchoolYear | None, user: User) -> list[SummerLine]:
    """By class and list order; the classes that this person reads whole. Constant number of queries."""
    rows = list(
        Proposal.objects.visible_to(user)
        .filter(enrolment__school_class__year=year, decision__isnull=False)
        .select_related("enrolment__student", "enrolment__school_class")
        .order_by("enrolment__school_class__grade", "enrolment__school_class__name", "enrolment__number")
    )
    after = {row.enrolment_id: row for row in rows if row.stage == Stage.SUMMER}
    sent = [row for row in rows if row.stage == Stage.YEAR and row.decided_outcome in CALLED_BACK]
    found = _entered(row.enrolment_id for row in sent)
    names = dict(Subject.objects.values_list("code", "name"))
    return [
        SummerLine(
            row.enrolment,
            row.get_decided_outcome_display(),
            tuple(_again(row, found, names)),
            after[row.enrolment_id].get_decided_outcome_display() if row.enrolment_id in after else "",
        )
        for row in sent
    ]


def _again(row: Proposal, found: dict[tuple[int, str], str], names: dict[str, str]) -> Iterable[Again]:
    if row.decided_outcome == Outcome.SUMMER_RETEST:
        for code in row.computed["retests"]:
            yield Again(
                names.get(code, code), row.computed["subjects"][code], found.get((row.enrolment_id, code), "")
            )
    else:
        before = row.computed["conduct"] or row.computed["learning"]
        yield Again("", before, found.get((row.enrolment_id, Course.HOMEROOM_CODE), ""))


def _entered(enrolments: Iterable[int]) -> dict[tuple[int, str], str]:
    """What stands in the summer columns, by pupil and subject."""
    kinds = [Column.Kind.RETEST, Column.Kind.CONDUCT, Column.Kind.SUPPORT]
    marks = Mark.objects.filter(
        enrolment__in=list(enrolments), column__kind__in=kinds, column__period__code=SUMMER
    ).select_related("column__course__subject")
    return {(mark.enrolment_id, mark.column.course.subject.code): entry_of(mark).text for mark in marks}
