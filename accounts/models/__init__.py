"""Who you are, which roles you hold, how you sign in, and what was done."""

from accounts.models.audit import AuditEvent, AuditIsAppendOnly
from accounts.models.jobs import Job, JobQuerySet, Work
from accounts.models.people import (
    DatedQuerySet,
    Delegation,
    DelegationQuerySet,
    HeldRole,
    HeldRoleQuerySet,
    User,
    UserManager,
)
from accounts.models.seals import Seal, SealIsForEver, Verification
from accounts.models.security import KnownDevice, OpenSession, SecuritySettings
from accounts.models.units import Department, Membership

__all__ = [
    "AuditEvent",
    "AuditIsAppendOnly",
    "DatedQuerySet",
    "Delegation",
    "DelegationQuerySet",
    "Department",
    "HeldRole",
    "HeldRoleQuerySet",
    "Job",
    "JobQuerySet",
    "KnownDevice",
    "Membership",
    "OpenSession",
    "Seal",
    "SealIsForEver",
    "SecuritySettings",
    "User",
    "UserManager",
    "Verification",
    "Work",
]
