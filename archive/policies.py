"""Who keeps what the portal has issued: makes bags, puts copies on media, writes the register of copies."""

from accounts.models import User
from accounts.roles import Permission


def may_keep(user: User) -> bool:
    """The clerk (S3-69) and the IT administrator (S1-82)."""
    return user.may(Permission.REQUEST_BOOK) or user.may(Permission.EXECUTE_LOCK)
