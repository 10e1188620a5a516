"""Writes to accounts, roles, passwords, sessions and second factors."""

from accounts.actions.accounts import (
    NewAccount,
    StaffCodeTaken,
    UserNameTaken,
    create_account,
    create_accounts,
    disable_account,
    edit_account,
    enable_account,
)
from accounts.actions.passwords import Slip, change_password, remind, reset_from_console, reset_passwords
from accounts.actions.roles import LastPrincipal, RoleHeld, WrongDates, end_role, give_role
from accounts.actions.security import set_security
from accounts.actions.sessions import end_sessions, unlock

__all__ = [
    "LastPrincipal",
    "NewAccount",
    "RoleHeld",
    "Slip",
    "StaffCodeTaken",
    "UserNameTaken",
    "WrongDates",
    "change_password",
    "create_account",
    "create_accounts",
    "disable_account",
    "edit_account",
    "enable_account",
    "end_role",
    "end_sessions",
    "give_role",
    "remind",
    "reset_from_console",
    "reset_passwords",
    "set_security",
    "unlock",
]
