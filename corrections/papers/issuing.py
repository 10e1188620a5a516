"""Issuing a paper: its number and its payload, in the transaction of the act it is about."""

from functools import partial

from django.db import transaction
from django.utils import timezone, translation

from accounts.models import User
from corrections import tasks
from corrections.models import CorrectionRequest, Execution, Paper
from corrections.papers.facts import Facts
from corrections.papers.form import form_facts
from corrections.papers.minutes import minutes_facts
from gradebook.years import hold


def issue_form(correction: CorrectionRequest, *, by: User) -> Paper:
    """Once all its lines stand."""
    with translation.override("vi"):
        facts = form_facts(_whole(correction))
    return _issue(correction, Paper.Kind.FORM, facts, by)


def issue_minutes(execution: Execution, *, by: User) -> Paper:
    """Once the new values stand, and everybody who was present."""
    with translation.override("vi"):
        facts = minutes_facts(_whole(execution.request))
    return _issue(execution.request, Paper.Kind.MINUTES, facts, by)


def _whole(correction: CorrectionRequest) -> CorrectionRequest:
    """As it stands now, in a constant number of queries."""
    rows = CorrectionRequest.objects.with_steps().prefetch_related(
        "evidence", "papers", "presences__person", "presences__pupil__student"
    )
    found: CorrectionRequest = rows.get(pk=correction.pk)
    return found


def _issue(correction: CorrectionRequest, kind: Paper.Kind, facts: Facts, by: User) -> Paper:
    year = hold(correction.year_id)  # serialises the numbers; the last lock in everybody's order
    last = Paper.objects.filter(year=year, kind=kind).order_by("number").last()
    number, now = (last.number if last else 0) + 1, timezone.now()
    issued = {"kind": kind.value, "number": number, "school_year": year.name}
    paper = Paper(
        request=correction,
        kind=kind,
        year=year,
        number=number,
        payload=facts | issued | {"issued_at": timezone.localtime(now).isoformat(timespec="seconds")},
        issued_by=by,
        issued_at=now,
    )
    paper.save_by(by)
    transaction.on_commit(partial(tasks.wake, paper.pk))
    return paper
