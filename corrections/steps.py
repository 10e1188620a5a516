"""The chain of a request as its page shows it: who did what when, and who comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from corrections import cutoffs, witnesses
from corrections.models import CorrectionRequest, Decision, Presence, Question, Status
from corrections.sentences import reason


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a dossier. `state` is done, current, waiting or refused."""

    title: object
    state: str
    state_text: object
    who: User | None = None
    when: datetime | None = None
    note: object = ""


HANDED_IN = pgettext_lazy("correction step", "handed in")
AWAITED = pgettext_lazy("correction step", "awaited")
ENDED = frozenset({Status.NOT_ENDORSED, Status.REFUSED, Status.WITHDRAWN})


def steps(correction: CorrectionRequest) -> list[Step]:
    """What was done, in its order; then what is still to come, unless an answer has ended it."""
    done = sorted(_done(correction), key=lambda step: step.when or timezone.now())
    return done if correction.status in ENDED else [*done, *_to_come(correction)]


def _done(correction: CorrectionRequest) -> Iterator[Step]:
    yield Step(
        _("Request"),
        "done",
        HANDED_IN,
        correction.requested_by,
        correction.requested_at,
        _last_day(correction),
    )
    for question in correction.questions.all():
        yield from _asked(question, correction)
    if endorsement := correction.made_endorsement:
        state = "done" if endorsement.is_consent else "refused"
        yield Step(
            _("Confirmation"),
            state,
            endorsement.get_verdict_display(),
            endorsement.endorsed_by,
            endorsement.endorsed_at,
            endorsement.note,
        )
    if decision := correction.made_decision:
        yield _decided(decision)
    if withdrawal := correction.made_withdrawal:
        yield Step(
            _("Withdrawal"),
            "refused",
            correction.status.label,
            withdrawal.withdrawn_by,
            withdrawal.withdrawn_at,
            withdrawal.note,
        )
    yield from _carried_out(correction)


def _asked(question: Question, correction: CorrectionRequest) -> Iterator[Step]:
    asked = pgettext_lazy("correction step", "asked")
    yield Step(_("Question"), "done", asked, question.asked_by, question.asked_at, question.text)
    if question.answered_at:
        answered = pgettext_lazy("correction step", "answered")
        yield Step(
            _("Answer"), "done", answered, correction.requested_by, question.answered_at, question.answer
        )


def _decided(decision: Decision) -> Step:
    return Step(
        _("Decision"),
        "done" if decision.is_approval else "refused",
        decision.get_verdict_display(),
        decision.decided_by,
        decision.decided_at,
        "\n".join(filter(None, [decision.note, _late(decision), _delegated(decision)])),
    )


def _late(decision: Decision) -> str:
    if not decision.late_reason:
        return ""
    return _("Approved after its last day, because: %(reason)s") % {"reason": decision.late_reason}


def _delegated(decision: Decision) -> str:
    given = decision.delegation
    if given is None:
        return ""
    return _("By delegation of %(giver)s, decision %(number)s") % {
        "giver": given.giver,
        "number": given.decision_number,
    }


def _last_day(correction: CorrectionRequest) -> str:
    if correction.due_on is None:
        return ""
    day = f"{correction.due_on:%d/%m/%Y}"
    if cutoffs.is_late(correction):
        return _("The last day for it was %(day)s: it came late.") % {"day": day}
    return _("The last day for it is %(day)s.") % {"day": day}


def _carried_out(correction: CorrectionRequest) -> Iterator[Step]:
    now = timezone.now()
    execution = correction.made_execution
    for row in correction.presences.all():
        if row.part == row.Part.EXECUTOR:
            continue  # the execution says so
        if execution is None and not witnesses.is_valid(row, now):
            continue  # no longer there
        title = _present(Presence.Part(row.part))
        yield Step(title, "done", row.get_way_display(), row.person, row.confirmed_at, _signer(row))
    if execution is not None:
        yield Step(
            _("Execution"),
            "done" if execution.applied else "refused",
            correction.status.label,
            execution.executed_by,
            execution.executed_at,
            "" if execution.applied else reason(execution.refusal),
        )


def _signer(row: Presence) -> str:
    """Of pupils, who have no account; of a classmate also beside whom."""
    if row.part == Presence.Part.CLASSMATE and row.pupil is not None:
        return _("%(name)s, beside %(pupil)s") % {"name": row.name, "pupil": row.pupil.student}
    return "" if row.person else row.name


def _to_come(correction: CorrectionRequest) -> Iterator[Step]:
    titles = list(_titles_to_come(correction))
    for place, title in enumerate(titles):
        yield Step(title, "waiting" if place else "current", AWAITED)


def _titles_to_come(correction: CorrectionRequest) -> Iterator[str]:
    status = correction.status
    if correction.made_execution is not None:
        return
    if status == Status.WAITING_FOR_ANSWER:
        yield _("Answer")
    if correction.made_decision is None:
        if correction.asks_endorsement and correction.made_endorsement is None:
            yield _("Confirmation")
        yield _("Decision")
    for place in witnesses.places(correction, timezone.now()):
        if place.presence is None:
            yield _present(place.part)
    if witnesses.asks_pupils(correction):
        yield from (_present(part) for part in Presence.Part if part in Presence.PUPILS)
    yield _("Execution")


def _present(part: Presence.Part) -> str:
    return _("Present: %(part)s") % {"part": part.label}
