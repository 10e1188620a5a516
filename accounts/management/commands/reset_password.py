"""The way back in for the principal who lost everything: whoever rules the server runs it, and it is recorded."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.actions import reset_from_console
from accounts.actions.second_factor import remove_from_console
from accounts.models import User


class Command(BaseCommand):
    help = "Give an account a one-time password, valid for 14 days and printed here only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--second-factor", action="store_true", help="remove the second factor as well")

    def handle(self, *, username: str, second_factor: bool, **options: Any) -> None:
        account = User.objects.filter(username=username).first()
        if account is None:
            raise CommandError(f"There is no account {username!r}.")
        if not account.is_active:
            raise CommandError(f"The account {username!r} is disabled; a principal has to enable it.")
        slip = reset_from_console(account)
        if second_factor:
            remove_from_console(account)
        self.stdout.write(f"One-time password of {username}: {slip.password}")
        last_day = timezone.localdate(slip.valid_until)
        self.stdout.write(f"It is valid until {last_day:%d/%m/%Y}; signing in asks for a new one.")
