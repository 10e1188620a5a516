"""Fill an empty installation with an invented school."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gradebook.models import School
from schoolrecords.demonstration import guide, keys
from schoolrecords.demonstration.plan import CLASSES, SCHOOL, ClassPlan
from schoolrecords.demonstration.school import MOMENTS, NOVEMBER, SEED, build


class Command(BaseCommand):
    help = "Fill an empty installation with an invented school; does nothing when there is a school already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=SEED, help="the same seed makes the same school")
        parser.add_argument(
            "--moment",
            choices=MOMENTS,
            default=NOVEMBER,
            help="may: the year is over and its results are decided",
        )
        parser.add_argument("--classes", default="", help="only these, as in 6A,12A; all by default")
        parser.add_argument("--accounts", action="store_true", help="print the accounts to sign in with")

    def handle(self, *args: Any, seed: int, moment: str, accounts: bool, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Refused in production: the demonstration accounts share a known password.")
        if School.objects.exists() and not accounts:
            self.stdout.write("There is a school already; nothing was changed.")
        elif not School.objects.exists():
            build(seed=seed, moment=moment, classes=_chosen(options["classes"]))
            keys.make(settings.DEMONSTRATION_KEYS)
            self.stdout.write(f"Loaded {School.objects.get()}.")
        # Another school's people may have the same user names; they do not have this password.
        if accounts and School.objects.filter(name=SCHOOL).exists():
            self.stdout.write(guide.table())


def _chosen(names: str) -> tuple[ClassPlan, ...]:
    wanted = {name.strip() for name in names.split(",") if name.strip()}
    if unknown := wanted - {plan.name for plan in CLASSES}:
        raise CommandError(f"The demonstration has no class {', '.join(sorted(unknown))}.")
    return tuple(plan for plan in CLASSES if not wanted or plan.name in wanted)
