"""Who you are, which roles you hold, how you sign in, and what was done."""

from accounts.models.people import (
    AuditEvent,
    AuditIsAppendOnly,
    DatedQuerySet,
    Delegation,
    DelegationQuerySet,
    Department,
    HeldRole,
    HeldRoleQuerySet,
    Membership,
    User,
    UserManager,
)
from accounts.models.security import KnownDevice, OpenSession, SecuritySettings

__all__ = [
    "AuditEvent",
    "AuditIsAppendOnly",
    "DatedQuerySet",
    "Delegation",
    "DelegationQuerySet",
    "Department",
    "HeldRole",
    "HeldRoleQuerySet",
    "KnownDevice",
    "Membership",
    "OpenSession",
    "SecuritySettings",
    "User",
    "UserManager",
]
