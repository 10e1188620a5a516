"""Who may ask, confirm, decide and carry out. Nobody plays two parts in one request: by person, not only by role.

The chain is data of the request, frozen when it was handed in; who fills its places is asked of today.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import DatedQuerySet, Delegation, HeldRole, Membership, User
from accounts.roles import Permission, Role
from corrections.models import CorrectionRequest, Status
from gradebook.models import Column, Course, Policy, SchoolClass
from gradebook.policies import owned_columns

Decider = Policy.Decider


class Act(models.TextChoices):
    """What a person can do next with a request."""

    ENDORSE = "endorse"
    DECIDE = "decide"
    ANSWER = "answer"
    CARRY_OUT = "carry_out"


def may_request(user: User, course: Course, columns: list[Column]) -> bool:
    """The teacher who owns every one of these columns."""
    return bool(columns) and len(owned_columns(user, course, columns)) == len(columns)


def reads_whole(user: User, school_class: SchoolClass | None) -> bool:
    """Whether transcripts and results of the pupils are open to this reader; who asks about a profile keeps it."""
    if school_class is None:
        return True
    return bool(SchoolClass.objects.whole_book_visible_to(user).filter(pk=school_class.pk).exists())


def opens_book(user: User, correction: CorrectionRequest) -> bool:
    """Whether the sheet with the cells is open to this reader: a delegate reads the request alone."""
    courses = {line.column.course_id for line in correction.lines.all()}
    return bool(courses) and Course.objects.visible_to(user).filter(pk__in=courses).exists()


def endorsers(correction: CorrectionRequest) -> set[int]:
    """Who may confirm: the heads of the requester's departments, or where there is no other head a vice-principal."""
    today = timezone.localdate()
    belongs = Membership.objects.on(today).filter(user=correction.requested_by_id)
    heads = Membership.objects.on(today).filter(is_head=True, department__in=belongs.values("department"))
    found = _others(heads, correction)
    if found:
        return found
    return _others(HeldRole.objects.on(today).filter(role=Role.VICE_PRINCIPAL), correction)


def may_endorse(user: User, correction: CorrectionRequest) -> bool:
    """Never where nobody would be left to decide: who confirms does not decide as well."""
    if not correction.asks_endorsement or user.pk not in endorsers(correction):
        return False
    others = [person for person in possible_deciders() if person.pk != user.pk]
    return any(_decides(other, correction, correction.decider) for other in others)


def may_decide(user: User, correction: CorrectionRequest) -> bool:
    """By the policy of the request. Where nobody else is there to confirm it first, it is decided without that."""
    endorsement = correction.made_endorsement
    if endorsement is not None:
        waits = endorsement.endorsed_by_id == user.pk
    else:
        waits = correction.asks_endorsement and bool(endorsers(correction) - {user.pk})
    return not waits and _decides(user, correction, _decider(correction))


def may_approve_late(user: User, correction: CorrectionRequest) -> bool:
    """The principal in person: neither a vice-principal nor who decides by delegation (S1 Đ11.2).

    On what the principal asked for, a vice-principal stands in this too: nobody decides for themselves.
    """
    if user.pk == correction.requested_by_id:
        return False
    return _decides_by_role(user, correction, Decider.PRINCIPAL)


def delegation_used(user: User, correction: CorrectionRequest) -> Delegation | None:
    """Under which a person without an own power decides."""
    if _decides_by_role(user, correction, _decider(correction)):
        return None
    return _delegation(user, correction)


def may_ask_back(user: User, correction: CorrectionRequest) -> bool:
    """Whose answer the requester waits for."""
    if correction.status == Status.WAITING_FOR_ENDORSEMENT and may_endorse(user, correction):
        return True
    return may_decide(user, correction)


def may_execute(user: User, correction: CorrectionRequest) -> bool:
    decision, endorsement = correction.made_decision, correction.made_endorsement
    others = {
        correction.requested_by_id,
        decision.decided_by_id if decision else None,
        endorsement.endorsed_by_id if endorsement else None,
    }
    if not user.may(Permission.EXECUTE_CORRECTION) or user.pk in others:
        return False
    return not correction.presences.filter(person=user).exists() or correction.made_execution is not None


def next_act(user: User, correction: CorrectionRequest) -> Act | None:
    """The one thing that this person can do to move the request on."""
    status = correction.status
    if status == Status.WAITING_FOR_ANSWER and user.pk == correction.requested_by_id:
        return Act.ANSWER
    if status == Status.WAITING_FOR_EXECUTION and may_execute(user, correction):
        return Act.CARRY_OUT
    if status == Status.WAITING_FOR_ENDORSEMENT and may_endorse(user, correction):
        return Act.ENDORSE
    waits = {Status.WAITING_FOR_ENDORSEMENT, Status.WAITING_FOR_DECISION}
    return Act.DECIDE if status in waits and may_decide(user, correction) else None


def may_withdraw(user: User, correction: CorrectionRequest) -> bool:
    return user.pk == correction.requested_by_id and correction.status in UNDER_WAY


UNDER_WAY = frozenset(
    {
        Status.WAITING_FOR_ENDORSEMENT,
        Status.WAITING_FOR_ANSWER,
        Status.WAITING_FOR_DECISION,
        Status.WAITING_FOR_EXECUTION,
    }
)


def _decider(correction: CorrectionRequest) -> str:
    """Without the confirmation that the school asks for, the decision is the principal's."""
    skipped = correction.asks_endorsement and correction.made_endorsement is None
    return Decider.PRINCIPAL if skipped else correction.decider


def _decides(user: User, correction: CorrectionRequest, decider: str) -> bool:
    if user.pk == correction.requested_by_id:
        return False
    return _decides_by_role(user, correction, decider) or _delegation(user, correction) is not None


def _decides_by_role(user: User, correction: CorrectionRequest, decider: str) -> bool:
    """The principal always; a vice-principal where the policy says so, and on what the principal asks for."""
    if user.may_by_role(Permission.DECIDE_CORRECTION):
        return True
    if Role.VICE_PRINCIPAL not in user.roles:
        return False
    return decider != Decider.PRINCIPAL or correction.requested_by.may_by_role(Permission.DECIDE_CORRECTION)


def _delegation(user: User, correction: CorrectionRequest) -> Delegation | None:
    """A power that the requester gave judges nothing of the requester: it is still the requester's own."""
    given = (row for row in user.delegations if row.power == Permission.DECIDE_CORRECTION)
    return next((row for row in given if row.giver_id != correction.requested_by_id), None)


def possible_deciders() -> list[User]:
    """Who decides at all: the leaders, and whoever holds a delegation today."""
    today = timezone.localdate()
    leaders = HeldRole.objects.on(today).filter(role__in=[Role.PRINCIPAL, Role.VICE_PRINCIPAL])
    given = Delegation.objects.on(today).filter(permission=Permission.DECIDE_CORRECTION)
    people = Q(pk__in=leaders.values("user")) | Q(pk__in=given.values("receiver"))
    return list(User.objects.filter(people, is_active=True))


def _others(rows: DatedQuerySet, correction: CorrectionRequest) -> set[int]:
    """Who stands in these rows, other than the requester."""
    active = rows.filter(user__is_active=True).exclude(user=correction.requested_by_id)
    return set(active.values_list("user", flat=True))
