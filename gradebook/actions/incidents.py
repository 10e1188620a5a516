"""Errors and difficulties reported to the board, and the board's answers (S0-56, S2-39, S2-54, S3-27, S3-72)."""

import re

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.writing import recorded_write
from gradebook.models import Incident, School
from gradebook.models.decisions import answers_incidents

TEXT_MAX = 2000
PAGE = re.compile(r"(/(?!/)[\w./~%-]*)?")
"""A page of this portal: never a query, where names and numbers of pupils may stand, and never another host."""


class NotReported(ValueError):
    """Codes: empty, too-long, bad-page."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class AlreadyAnswered(ValueError):
    """Somebody of the board was faster."""


class AlreadySettled(ValueError):
    """It was said before that this is over."""


@recorded_write
def report_incident(*, what: str, page: str = "", by: User) -> Incident:
    """Tell the board what happened. Raises NotReported."""
    if not by.roles:
        raise PermissionDenied
    if len(page) > 300 or not PAGE.fullmatch(page):
        raise NotReported("bad-page")
    # The school's row serialises: numbers have no gaps and none is given twice.
    School.objects.select_for_update().get(pk=1)
    last = Incident.objects.aggregate(last=Max("number"))["last"] or 0
    incident = Incident(
        number=last + 1,
        page=page,
        what=_text(what),
        reported_by=by,
        reported_at=timezone.now(),
    )
    incident.save_by(by)
    audit.record(by=by, verb="gradebook.incident.reported", target=incident)
    return incident


@recorded_write
def answer_incident(*, incident: Incident, answer: str, by: User) -> None:
    """Answer once; the reporter sees it. Raises NotReported, AlreadyAnswered, AlreadySettled."""
    if not answers_incidents(by):
        raise PermissionDenied
    incident = _unsettled(incident)
    if incident.answered_at is not None:
        raise AlreadyAnswered
    incident.answer, incident.answered_by, incident.answered_at = _text(answer), by, timezone.now()
    incident.save_by(by)
    audit.record(by=by, verb="gradebook.incident.answered", target=incident)


@recorded_write
def settle_incident(*, incident: Incident, by: User) -> None:
    """Say that it is over: the reporter at any time, the board once it has answered. Raises AlreadySettled."""
    incident = _unsettled(incident)
    if not may_settle(by, incident):
        raise PermissionDenied
    incident.settled_by, incident.settled_at = by, timezone.now()
    incident.save_by(by)
    audit.record(by=by, verb="gradebook.incident.settled", target=incident)


def may_settle(user: User, incident: Incident) -> bool:
    own = incident.reported_by_id == user.pk
    return own or (incident.answered_at is not None and answers_incidents(user))


def _unsettled(incident: Incident) -> Incident:
    found: Incident = Incident.objects.select_for_update().get(pk=incident.pk)
    if found.settled_at is not None:
        raise AlreadySettled
    return found


def _text(typed: str) -> str:
    text = typed.strip()
    if not text:
        raise NotReported("empty")
    if len(text) > TEXT_MAX:
        raise NotReported("too-long")
    return text
