"""Writes to accounts, roles, passwords, sessions and second factors."""

from accounts.actions.accounts import (
    LastPrincipal,
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
from accounts.actions.roles import RoleHeld, WrongDates, end_role, give_role

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
    "give_role",
    "remind",
    "reset_from_console",
    "reset_passwords",
]
