"""Who is left to decide on a request, and what is to be done where nobody is: said before and after it is handed in."""

from collections.abc import Iterable
from typing import Any

from accounts.models import User
from accounts.roles import Permission
from corrections import policies, sentences
from corrections.dossiers import chain_of, policy_of
from corrections.models import CorrectionRequest, Status
from gradebook.models import Column, SchoolYear


def impasse(correction: CorrectionRequest, *, is_late: bool) -> str:
    """Why no decision can follow: principal-asks, nobody-decides, nobody-approves-late; empty while one can."""
    people = policies.possible_deciders()
    if not _can_go_on(correction, people):
        by_principal = correction.requested_by.may_by_role(Permission.DECIDE_CORRECTION)
        return "principal-asks" if by_principal else "nobody-decides"
    if is_late and not any(policies.may_approve_late(person, correction) for person in people):
        return "nobody-approves-late"
    return ""


def who_decides(user: User, correction: CorrectionRequest, *, is_late: bool) -> dict[str, Any]:
    """For the page: why nobody can, or for who decides on others' requests the names of who does on this one."""
    code = impasse(correction, is_late=is_late)
    if code:
        return {
            "impasse": sentences.impasse(code),
            "may_appoint": user.may_by_role(Permission.DELEGATE_POWERS),
        }
    if user.pk != correction.requested_by_id or not user.may(Permission.DECIDE_CORRECTION):
        return {}
    others = [person for person in policies.possible_deciders() if policies.may_decide(person, correction)]
    return {"others_decide": ", ".join(person.full_name for person in others)}


def who_would_decide(
    user: User,
    about: dict[str, Any],
    year: SchoolYear | None,
    columns: Iterable[Column] = (),
    *,
    is_late: bool = False,
) -> dict[str, Any]:
    """The same of a request that this person could hand in now."""
    if year is None:
        return {}
    asked = CorrectionRequest(requested_by=user, **chain_of(policy_of(about, year), list(columns)))
    return who_decides(user, asked, is_late=is_late)


def stuck(rows: Iterable[CorrectionRequest]) -> set[int]:
    """Of the rows of a list, those that wait for a decision which nobody can take today.

    A person at a time, not a request: usually the principal alone answers for all of them. Where a head still has to
    confirm, only what a leader asks for can come to a standstill.
    """
    people = policies.possible_deciders()
    rows = list(rows)
    left = {row.pk for row in rows if row.status == Status.WAITING_FOR_DECISION}
    for person in people:
        if left:
            waits = CorrectionRequest.objects.filter(pk__in=left).waiting_for(person)
            left -= set(waits.values_list("pk", flat=True))
    leaders = {person.pk for person in people}
    unconfirmed = (row for row in rows if row.status == Status.WAITING_FOR_ENDORSEMENT)
    doubtful = [row for row in unconfirmed if row.requested_by_id in leaders or not leaders]
    return left | {row.pk for row in doubtful if impasse(row, is_late=False)}


def _can_go_on(correction: CorrectionRequest, people: Iterable[User]) -> bool:
    if any(policies.may_decide(person, correction) for person in people):
        return True
    heads = User.objects.filter(pk__in=policies.endorsers(correction)) if _waits(correction) else ()
    return any(policies.may_endorse(head, correction) for head in heads)


def _waits(correction: CorrectionRequest) -> bool:
    return correction.asks_endorsement and correction.made_endorsement is None
