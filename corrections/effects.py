"""What a correction does to the averages: before and after, whether or not it has been carried out."""

from collections.abc import Mapping
from dataclasses import dataclass

from corrections.models import CorrectionLine, CorrectionRequest
from gradebook.column_rules import rules_of
from gradebook.entries import Entry, Rules, entry_of, parse
from gradebook.models import Course, Enrolment, Mark
from gradebook.results.subjects import ResultColumns, subject_result

Texts = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Effect:
    """Semester I, semester II and year of one pupil in the course, with the old values and with the new."""

    pupil: Enrolment
    before: Texts
    after: Texts


def effects(correction: CorrectionRequest) -> list[Effect]:
    """One for each pupil of the request. Primary courses, homeroom sheets and profiles have no averages."""
    course, lines = correction.course, list(correction.lines.all())
    if course is None or course.kind in (Course.Kind.PRIMARY, Course.Kind.HOMEROOM):
        return []
    columns = list(course.columns.select_related("period__semester").order_by("order"))
    deciding, rules = ResultColumns.of(course, columns), rules_of(course, columns)
    standing = _standing(course, lines)
    found = []
    for pupil in dict.fromkeys(line.enrolment for line in lines):
        mine = [line for line in lines if line.enrolment_id == pupil.pk]
        before, after = (
            subject_result(deciding, standing[pupil.pk] | _entries(mine, side, rules)).texts
            for side in ("old_text", "new_text")
        )
        found.append(Effect(pupil, before, after))
    return found


def _standing(course: Course, lines: list[CorrectionLine]) -> dict[int, dict[int, Entry]]:
    entries: dict[int, dict[int, Entry]] = {line.enrolment_id: {} for line in lines}
    for mark in Mark.objects.filter(column__course=course, enrolment__in=entries):
        entries[mark.enrolment_id][mark.column_id] = entry_of(mark)
    return entries


def _entries(lines: list[CorrectionLine], side: str, rules: Mapping[int, Rules]) -> dict[int, Entry]:
    return {line.column_id: parse(getattr(line, side), rules[line.column_id]) for line in lines}
