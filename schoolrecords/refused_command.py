"""Commands of Django and django-simple-history that a records system must not offer."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError


class RefusedCommand(BaseCommand):
    reason = ""

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("rest", nargs="*")

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError(self.reason)
