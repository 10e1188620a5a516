"""Who may do what to which account. Nobody manages themselves, and only a principal manages a principal."""

from django.utils import timezone

from accounts.models import HeldRole, User
from accounts.roles import Permission, Role

SECOND_FACTOR_ROLES = frozenset({Role.PRINCIPAL, Role.ADMINISTRATOR})


def is_founding() -> bool:
    """Before the first principal nobody holds any permission, and somebody has to begin."""
    return not HeldRole.objects.filter(role=Role.PRINCIPAL).exists()


def exercises_powers_of_principal(account: User) -> bool:
    """As principal or by delegation, today or from a later day on: who holds this account could decide."""
    today = timezone.localdate()
    as_principal = account.held_roles.not_over(today).filter(role=Role.PRINCIPAL)
    return as_principal.exists() or account.received_delegations.not_over(today).exists()


def may_manage(by: User, account: User) -> bool:
    if not by.may(Permission.MANAGE_ACCOUNTS):
        return False
    return by == account or Role.PRINCIPAL in by.roles or not exercises_powers_of_principal(account)


def may_change_standing(by: User, account: User) -> bool:
    """Give and take roles, disable: never one's own."""
    return by != account and may_manage(by, account)


def may_give(by: User, account: User, role: Role) -> bool:
    if role == Role.PRINCIPAL and Role.PRINCIPAL not in by.roles:
        return False
    return may_change_standing(by, account)


def is_last_principal(account: User) -> bool:
    """Whether the school would be left without anybody who may decide. Locks the rows until the action ends."""
    standing = HeldRole.objects.select_for_update().filter(
        role=Role.PRINCIPAL, until=None, since__lte=timezone.localdate(), user__is_active=True
    )
    holders = {held.user_id for held in standing}
    return holders == {account.pk}
