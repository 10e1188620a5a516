"""Writes to accounts, roles, units and delegations."""

from accounts.actions.accounts import create_account, end_role, give_role

__all__ = ["create_account", "end_role", "give_role"]
