"""What every request begins with, whatever it is about: a number, a reason, its evidence."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.recorded import create_many
from corrections.cutoffs import LastDay, last_day
from corrections.models import CorrectionLine, CorrectionRequest, Evidence
from gradebook.attachments import Accepted
from gradebook.models import Column, Course, MarkKind, Policy, SchoolClass, SchoolYear, Student

Place = tuple[Any, ...]
"""Where a reason lies: (enrolment id, column id), or (enrolment id, day, half-day)."""
NOWHERE: Mapping[Place, str] = {}


class NotAccepted(ValueError):
    """The request cannot be made.

    Codes: nothing-asked, too-many-cells, no-reason, no-evidence, evidence-ruled, no-signed-sheet, not-on-this-sheet,
    year-closed, open, month-open, pending, not-in-summer, conflict, no-change, profile-open, and those of
    `gradebook.entries.parse`.
    `problems`: the code by place, for every place that is refused; `code` is the first of them.
    """

    def __init__(self, code: str, problems: Mapping[Place, str] = NOWHERE) -> None:
        super().__init__(code)
        self.code, self.problems = code, problems

    @classmethod
    def at(cls, problems: Mapping[Place, str]) -> "NotAccepted":
        return cls(next(iter(problems.values())), problems)


class NotApplied(Exception):
    """Unwinds what was saved: a request is applied as a whole or not at all. Where the reason lies: cell or field."""

    def __init__(self, code: str, line: CorrectionLine | None = None, field: str = "") -> None:
        super().__init__(code)
        self.code, self.line, self.field = code, line, field


def open_dossier(
    about: Mapping[str, Any],
    *,
    year: SchoolYear,
    kind: str,
    reason: str,
    files: Sequence[Accepted],
    by: User,
    columns: Iterable[Column] = (),
) -> CorrectionRequest:
    """The request with its evidence, under the rules of this day. `columns`: those of its cells, for the last day.

    The caller holds the lock of the year's row, which serialises numbers.
    """
    if not reason.strip():
        raise NotAccepted("no-reason")
    policy, columns = policy_of(about, year), list(columns)
    rules = chain_of(policy, columns)
    if rules.get("asks_evidence") and not files:
        raise NotAccepted("evidence-ruled")
    correction = CorrectionRequest(
        year=year,
        number=_next_number(year),
        kind=kind,
        reason=reason.strip(),
        requested_by=by,
        requested_at=timezone.now(),
        due_on=last_day(policy, about.get("course"), columns).day,
        **rules,
        **about,
    )
    correction.save_by(by)
    add_evidence(correction, files, by)
    return correction


def add_evidence(correction: CorrectionRequest, files: Sequence[Accepted], by: User) -> None:
    """Rows for files that the store has already; one that the dossier has is not added again."""
    standing = set(correction.evidence.values_list("sha256", flat=True))
    fresh = [_evidence(correction, file) for file in files if file.sha256 not in standing]
    create_many(Evidence, fresh, by=by)


def policy_of(about: Mapping[str, Any], year: SchoolYear) -> Policy | None:
    """What the school has ruled for the class concerned; nothing for a pupil who is in none that year."""
    school_class = _class_of(about, year)
    if school_class is None:
        return None
    found: Policy | None = Policy.objects.filter(year=year, level=school_class.level).first()
    return found


def class_concerned(correction: CorrectionRequest) -> SchoolClass | None:
    about = {name: getattr(correction, name) for name in ("course", "student", "school_class")}
    return _class_of(about, correction.year)


def last_day_of(course: Course, columns: Iterable[Column]) -> LastDay:
    """What a request about these columns would be told today."""
    return last_day(policy_of({"course": course}, course.school_class.year), course, columns)


def _class_of(about: Mapping[str, Any], year: SchoolYear) -> SchoolClass | None:
    if course := about.get("course"):
        found: SchoolClass = course.school_class
        return found
    if student := about.get("student"):
        return _last_class(student, year)
    return about.get("school_class")


def _last_class(student: Student, year: SchoolYear) -> SchoolClass | None:
    places = student.enrolments.listed().filter(school_class__year=year).select_related("school_class")
    place = places.order_by("-since", "-pk").first()
    return place.school_class if place else None


def asks_evidence(policy: Policy | None, columns: Iterable[Column]) -> bool:
    """Whether the school takes no request about these columns without evidence (S1 Đ11.2, S1-72).

    Of what was tested, that is: there is no paper of a comment, a conduct or a total.
    """
    if policy is None or not policy.correction_evidence:
        return False
    return any(MarkKind.of(column.kind) != MarkKind.ASSESSMENT for column in columns)


def chain_of(policy: Policy | None, columns: Iterable[Column]) -> dict[str, Any]:
    """The chain as it is ruled today; a later policy does not change a dossier that is under way."""
    if policy is None:
        return {}
    return {
        "asks_endorsement": policy.correction_endorsement,
        "asks_evidence": asks_evidence(policy, columns),
        "decider": policy.correction_decider,
        "witnesses": policy.correction_witnesses,
        "homeroom_signs": policy.homeroom_signs_minutes,
    }


def note_submitted(correction: CorrectionRequest, files: Sequence[Accepted], by: User, **about: Any) -> None:
    audit.record(
        by=by,
        verb="corrections.request.submitted",
        target=correction,
        kind=correction.kind,
        evidence=[file.sha256 for file in files],
        **about,
    )


def _next_number(year: SchoolYear) -> int:
    last: int = CorrectionRequest.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    return last + 1


def _evidence(correction: CorrectionRequest, file: Accepted) -> Evidence:
    return Evidence(
        request=correction,
        file_name=file.name,
        content_type=file.content_type,
        size=len(file.data),
        sha256=file.sha256,
    )
