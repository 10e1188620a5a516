"""The first step of a new installation: the school and its principal's account."""

from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.actions import create_account, give_role
from accounts.roles import Role
from accounts.writing import recorded_write
from gradebook.actions.school import found_school
from gradebook.models import School
from schoolrecords import environment


class Command(BaseCommand):
    help = "Create the school and the principal's account. The password is asked for, or PORTAL_FIRST_PASSWORD(_FILE)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="as documents print it")
        parser.add_argument("--governing-body", required=True)
        parser.add_argument("--place", required=True, help="as in “Hà Nội, ngày …”")
        parser.add_argument("--principal", required=True, help="full name")
        parser.add_argument("--username", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        if School.objects.exists():
            raise CommandError("There is a school already.")
        password = environment.text("PORTAL_FIRST_PASSWORD", "") or _ask()
        try:
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        _found(options, password)
        self.stdout.write(
            f"Founded {options['name']}; {options['principal']} can sign in as {options['username']}."
        )


def _ask() -> str:
    """Twice: a slip of the finger would lock the only account out. Raises CommandError."""
    password = getpass("Password of the principal: ")
    if getpass("The same password again: ") != password:
        raise CommandError("The two passwords differ; nothing was created.")
    return password


@recorded_write
def _found(options: dict[str, Any], password: str) -> None:
    principal = create_account(
        username=options["username"], full_name=options["principal"], password=password, by=None
    )
    give_role(user=principal, role=Role.PRINCIPAL, since=timezone.localdate(), by=principal)
    found_school(
        name=options["name"], governing_body=options["governing_body"], place=options["place"], by=principal
    )
