"""What a correction does to the results: before and after, as plain data, whether or not it has been carried out.

The results of the class are computed twice from the same sheets, with the old values and with the new ones, for the
pupils of the request alone: a constant number of queries, however many cells, pupils and subjects there are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from accounts.models import User
from corrections.issued import issued_to
from corrections.models import CorrectionLine, CorrectionRequest, FrozenEffects
from gradebook.assessment.schemes import UnknownScheme
from gradebook.column_rules import rules_with
from gradebook.entries import Rules, parse
from gradebook.models import Course, SchoolClass
from gradebook.results.classes import ClassSheets, class_results, read_sheets
from gradebook.results.record import Moment, PupilResults

Payload = dict[str, Any]
Texts = list[str]
"""Semester I, semester II and year."""
VERSION = 1


def effects_payload(correction: CorrectionRequest) -> Payload:
    """The effects as they were frozen last, else as they are now.

    `pupils`: number, name and `rows`, each with a `key` (subject, learning, conduct, absences, outcome, award), the
    name of the `subject` where it is one, and the texts `before` and `after`; `outcome` is a code of `Outcome`.
    `issued`: transcripts and decisions that say otherwise afterwards. A request about a profile changes no result.
    """
    frozen = list(correction.frozen_effects.all())
    return frozen[-1].payload if frozen else current_effects(correction)


def freeze_effects(correction: CorrectionRequest, *, step: FrozenEffects.Step, by: User) -> None:
    """Keep them as they are at this step, which is before anything is written."""
    FrozenEffects(request=correction, step=step, payload=current_effects(correction)).save_by(by)


def current_effects(correction: CorrectionRequest) -> Payload:
    school_class = correction.course.school_class if correction.course else correction.school_class
    if school_class is None:
        fields = [line.field for line in correction.profile_lines.all()]
        return _payload(issued=issued_to(student=correction.student, fields=fields))
    return effects_of(school_class, list(correction.lines.all()))


def effects_of(school_class: SchoolClass, lines: Sequence[CorrectionLine]) -> Payload:
    """Of lines that need not be saved yet. Under rules nobody knows nothing is computed."""
    pupils = list({line.enrolment_id: line.enrolment for line in lines}.values())
    if not pupils:
        return _payload()
    sheets = read_sheets(school_class, pupils=pupils)
    try:
        before, after = (_results(sheets, lines, side) for side in ("old_text", "new_text"))
    except UnknownScheme:
        return _payload(issued=issued_to(pupils=pupils))
    touched = {line.column.course_id for line in lines}
    subjects = {course.subject.code: course.subject.name for course in sheets.courses if course.pk in touched}
    shown = [
        {
            "enrolment": pupil.pk,
            "number": pupil.number,
            "name": pupil.student.full_name,
            "rows": _rows(before[pupil.pk], after[pupil.pk], subjects),
        }
        for pupil in sheets.pupils
    ]
    return _payload(shown, school_class.scheme, school_class.grade, issued_to(pupils=sheets.pupils))


def _payload(
    pupils: Sequence[Payload] = (), scheme: str = "", grade: int = 0, issued: Sequence[Payload] = ()
) -> Payload:
    return {
        "version": VERSION,
        "scheme": scheme,
        "grade": grade,
        "pupils": list(pupils),
        "issued": list(issued),
    }


def _results(sheets: ClassSheets, lines: Iterable[CorrectionLine], side: str) -> dict[int, PupilResults]:
    rules = _reading_rules(sheets)
    cells = {pupil.pk: dict(sheets.of(pupil)) for pupil in sheets.pupils}
    for line in lines:
        if line.column_id in rules:
            entry = parse(getattr(line, side), rules[line.column_id])
            cells[line.enrolment_id][line.column_id] = entry
    return class_results(replace(sheets, cells=cells))


def _reading_rules(sheets: ClassSheets) -> Mapping[int, Rules]:
    """To read what was accepted once: the policy may have become stricter since."""
    courses: list[Course] = [*sheets.courses, *([sheets.homeroom] if sheets.homeroom else [])]
    return {
        pk: replace(rule, whole=False, zero=True)
        for course in courses
        for pk, rule in rules_with(course, course.columns.all(), whole_regular=False).items()
    }


def _rows(before: PupilResults, after: PupilResults, subjects: Mapping[str, str]) -> list[Payload]:
    """The rows that say anything."""
    old, new = _facts(before, subjects), _facts(after, subjects)
    return [
        {"key": key, "subject": subject, "before": texts, "after": new[key, subject]}
        for (key, subject), texts in old.items()
        if any((*texts, *new[key, subject]))
    ]


def _facts(results: PupilResults, subjects: Mapping[str, str]) -> dict[tuple[str, str], Texts]:
    found = {
        ("subject", name): list(results.subjects[code].texts)
        for code, name in subjects.items()
        if code in results.subjects
    }
    found["learning", ""] = [_word(moment.learning) for moment in results.moments]
    found["conduct", ""] = [_word(moment.conduct) for moment in results.moments]
    found["absences", ""] = [_absences(moment) for moment in results.moments]
    found["outcome", ""] = ["", "", results.standing.status or ""]
    found["award", ""] = ["", "", results.year.award]
    return found


def _word(level: Any) -> str:
    return level.word if level else ""


def _absences(moment: Moment) -> str:
    return "" if moment.absences is None else str(moment.absences.total)
