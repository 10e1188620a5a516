"""The board of the electronic records (ban quản trị): who sits on it, by which decision (S0-01, S2-23, S3-02)."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import recorded_write
from gradebook.models import BoardMember, Decision
from gradebook.years import hold_open


class NotAppointed(ValueError):
    """Codes: seated (has an open seat), head-taken, before-decision, not-a-board-decision, no-role."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotEnded(ValueError):
    """Codes: ended (before), before-start."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@recorded_write
def appoint(
    *, decision: Decision, user: User, position: str, task: str, since: date, by: User
) -> BoardMember:
    """Give somebody a seat and a task from a day on. Raises NotAppointed, YearClosed."""
    _check_may(by)
    # The year's row serialises: the decision stands from now on, and there is one head.
    hold_open(decision.year_id)
    decision = Decision.objects.get(pk=decision.pk)
    if code := _obstacle(decision, user, position, since):
        raise NotAppointed(code)
    member = BoardMember(decision=decision, user=user, position=position, task=task.strip(), since=since)
    member.save_by(by)
    audit.record(by=by, verb="gradebook.board.appointed", target=member, position=position)
    return member


@recorded_write
def end_seat(*, member: BoardMember, until: date, by: User) -> None:
    """The last day of a seat; the row stays. Raises NotEnded."""
    _check_may(by)
    found: BoardMember = BoardMember.objects.select_for_update().get(pk=member.pk)
    if found.until is not None:
        raise NotEnded("ended")
    if until < found.since:
        raise NotEnded("before-start")
    found.until = until
    found.save_by(by)
    audit.record(by=by, verb="gradebook.board.ended", target=found, until=until.isoformat())


def _check_may(by: User) -> None:
    if not by.may(Permission.ISSUE_DECISIONS):
        raise PermissionDenied


def _obstacle(decision: Decision, user: User, position: str, since: date) -> str:
    heads = BoardMember.objects.on(max(since, timezone.localdate())).filter(
        position=BoardMember.Position.HEAD
    )
    obstacles = {
        "not-a-board-decision": decision.about != Decision.About.BOARD,
        "no-role": not (user.is_active and user.roles),
        "before-decision": since < decision.dated,
        "seated": BoardMember.objects.filter(user=user, until=None).exists(),
        "head-taken": position == BoardMember.Position.HEAD and heads.exists(),
    }
    return next((code for code, stands in obstacles.items() if stands), "")
