"""A question to the requester before the next step, and the answer; and the request taken back."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.writing import recorded_write
from corrections import evidence, policies
from corrections.actions.rows import NotAwaited, close_lines, locked
from corrections.dossiers import add_evidence
from corrections.models import CorrectionRequest, Question, Status, Withdrawal
from gradebook.attachments import Accepted, Upload, accept

ASKABLE = frozenset({Status.WAITING_FOR_ENDORSEMENT, Status.WAITING_FOR_DECISION})


class NothingSaid(ValueError):
    """A question or an answer needs its words."""


@recorded_write
def ask_back(*, correction: CorrectionRequest, by: User, text: str) -> Question:
    """Send the request back with a question; it goes on where it was once answered. Raises NotAwaited."""
    if not text.strip():
        raise NothingSaid
    correction = locked(correction)
    if not policies.may_ask_back(by, correction):
        raise PermissionDenied
    if correction.status not in ASKABLE:
        raise NotAwaited
    question = Question(request=correction, text=text.strip(), asked_by=by, asked_at=timezone.now())
    question.save_by(by)
    audit.record(by=by, verb="corrections.request.asked_back", target=correction, question=question.text)
    return question


def answer(*, correction: CorrectionRequest, by: User, text: str, uploads: Sequence[Upload] = ()) -> Question:
    """Answer the open question, with more evidence if there is any. Raises NotAwaited, BadFile.

    Files are checked and kept before the transaction, as when the request was handed in.
    """
    _check_answer(correction, by, text)
    files = accept(uploads)
    for file in files:
        evidence.keep(file)
    return _answer(correction, text.strip(), files, by)


@recorded_write
def _answer(correction: CorrectionRequest, text: str, files: Sequence[Accepted], by: User) -> Question:
    correction = locked(correction)
    _check_answer(correction, by, text)
    question: Question = correction.questions.get(answered_at=None)
    question.answer, question.answered_at = text, timezone.now()
    question.save_by(by)
    add_evidence(correction, files, by)
    audit.record(
        by=by,
        verb="corrections.request.answered",
        target=correction,
        evidence=[file.sha256 for file in files],
    )
    return question


def _check_answer(correction: CorrectionRequest, by: User, text: str) -> None:
    if by.pk != correction.requested_by_id:
        raise PermissionDenied
    if not text.strip():
        raise NothingSaid
    if correction.status != Status.WAITING_FOR_ANSWER:
        raise NotAwaited


@recorded_write
def withdraw(*, correction: CorrectionRequest, by: User, note: str = "") -> Withdrawal:
    """The requester takes the request back; its cells are free for another. Raises NotAwaited."""
    correction = locked(correction)
    if by.pk != correction.requested_by_id:
        raise PermissionDenied
    if correction.status not in policies.UNDER_WAY:
        raise NotAwaited
    withdrawal = Withdrawal(
        request=correction, note=note.strip(), withdrawn_by=by, withdrawn_at=timezone.now()
    )
    withdrawal.save_by(by)
    close_lines(correction, by)
    audit.record(by=by, verb="corrections.request.withdrawn", target=correction, note=withdrawal.note)
    return withdrawal
