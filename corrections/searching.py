"""Finding requests: by number, pupil or requester without diacritics, by class, subject, kind, state and day."""

import operator
import re
from collections.abc import Mapping
from datetime import date
from functools import reduce
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts import names
from accounts.models import User
from corrections.models import (
    AttendanceLine,
    CorrectionLine,
    CorrectionRequest,
    CorrectionRequestQuerySet,
    Notice,
    Question,
    Status,
)
from corrections.policies import UNDER_WAY
from gradebook.models import SchoolClass, Student, Subject

_S = Status
_NUMBER = re.compile(r"\d{1,6}(/\d{4}-\d{4})?")
_OPEN_QUESTION = Exists(Question.objects.filter(request=OuterRef("pk"), answered_at=None))
_UNDER_WAY = Q(execution=None, withdrawal=None)
_UNDECIDED = _UNDER_WAY & Q(decision=None) & ~Q(endorsement__verdict="declined")
STATES: Mapping[str, Any] = {
    _S.WAITING_FOR_ENDORSEMENT: _UNDECIDED & ~_OPEN_QUESTION & Q(asks_endorsement=True, endorsement=None),
    _S.WAITING_FOR_ANSWER: _UNDECIDED & _OPEN_QUESTION,
    _S.WAITING_FOR_DECISION: _UNDECIDED
    & ~_OPEN_QUESTION
    & (Q(asks_endorsement=False) | Q(endorsement__verdict="confirmed")),
    _S.WAITING_FOR_EXECUTION: _UNDER_WAY & Q(decision__verdict="approved"),
    _S.EXECUTED: Q(execution__refusal=""),
    _S.NOT_APPLIED: Q(execution__isnull=False) & ~Q(execution__refusal=""),
    _S.REFUSED: _UNDER_WAY & Q(decision__verdict="refused"),
    _S.NOT_ENDORSED: _UNDER_WAY & Q(decision=None, endorsement__verdict="declined"),
    _S.WITHDRAWN: Q(execution=None, withdrawal__isnull=False),
}
"""The same words as `CorrectionRequest.status`, asked of the database."""
_REPORTS = Notice.objects.filter(request=OuterRef("pk"), kind=Notice.Kind.REPORT)
_OVERDUE = reduce(
    operator.or_,
    (STATES[state] & Q(Exists(_REPORTS.filter(state=state))) for state in sorted(UNDER_WAY)),
)
"""Waiting still for what the principal was told of."""


def matching(
    rows: CorrectionRequestQuerySet,
    *,
    text: str = "",
    school_class: SchoolClass | None = None,
    subject: Subject | None = None,
    kind: str = "",
    state: str = "",
    since: date | None = None,
    until: date | None = None,
    overdue: bool = False,
) -> CorrectionRequestQuerySet:
    """Those of the rows that fit everything that is given."""
    given: dict[str, Any] = {
        "course__subject": subject,
        "kind": kind,
        "requested_at__date__gte": since,
        "requested_at__date__lte": until,
    }
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    if state:
        rows = rows.filter(STATES[state])
    if overdue:
        rows = rows.filter(_OVERDUE)
    if school_class:
        rows = rows.about_class(school_class)
    return rows.filter(_called(text)) if text.strip() else rows


def _called(text: str) -> Q:
    """A number as on paper (12, 12/2026-2027), or words of the name of a pupil or of who asked."""
    text = names.clean(text)
    if _NUMBER.fullmatch(text):
        number, _slash, year = text.partition("/")
        return Q(number=int(number)) & (Q(year__name=year) if year else Q())
    pupils = Student.objects.called(text)
    of_pupils = Q(student__in=pupils)
    for lines in (CorrectionLine, AttendanceLine):
        of_pupils |= Q(pk__in=lines.objects.filter(enrolment__student__in=pupils).values("request"))
    return of_pupils | Q(requested_by__in=_people(text))


def _people(text: str) -> list[int]:
    """Everybody who ever asked: the staff of a school, few enough to compare here."""
    words = names.search_key(text).split()
    asked = User.objects.filter(pk__in=CorrectionRequest.objects.values("requested_by"))
    found = ((user.pk, f" {names.search_key(user.full_name)}") for user in asked)
    return [pk for pk, key in found if words and all(f" {word}" in key for word in words)]
