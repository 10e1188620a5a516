"""Who may ask, decide and carry out. Nobody plays two parts in one request: by person, not only by role."""

from accounts.models import User
from accounts.roles import Permission
from corrections.models import CorrectionRequest, Status
from gradebook.models import Column, Course, SchoolClass
from gradebook.policies import owned_columns


def may_request(user: User, course: Course, columns: list[Column]) -> bool:
    """The teacher who owns every one of these columns."""
    return bool(columns) and len(owned_columns(user, course, columns)) == len(columns)


def reads_whole(user: User, school_class: SchoolClass | None) -> bool:
    """Whether transcripts and results of the pupils are open to this reader; who asks about a profile keeps it."""
    if school_class is None:
        return True
    return bool(SchoolClass.objects.whole_book_visible_to(user).filter(pk=school_class.pk).exists())


def may_decide(user: User, correction: CorrectionRequest) -> bool:
    return user.may(Permission.DECIDE_CORRECTION) and user.pk != correction.requested_by_id


def may_execute(user: User, correction: CorrectionRequest) -> bool:
    decision = correction.made_decision
    others = {correction.requested_by_id, decision.decided_by_id if decision else None}
    return user.may(Permission.EXECUTE_CORRECTION) and user.pk not in others


def next_step_of(user: User, correction: CorrectionRequest) -> Status | None:
    """The state this person may move the request out of now, if any."""
    status = correction.status
    if status == Status.WAITING_FOR_DECISION and may_decide(user, correction):
        return status
    if status == Status.WAITING_FOR_EXECUTION and may_execute(user, correction):
        return status
    return None
