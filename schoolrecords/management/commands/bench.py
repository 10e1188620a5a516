"""Measure what design promises: prints one JSON object a line, ratios against a floor taken in the same run."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schoolrecords.bench.measures import BENCHES
from schoolrecords.bench.school import scratch_database


class Command(BaseCommand):
    help = "Measure pages and saves against a floor; --only grid_open,grid_save runs some."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", default="", help="names, separated by commas")

    def handle(self, *args: Any, **options: Any) -> None:
        names = options["only"].split(",") if options["only"] else list(BENCHES)
        if unknown := set(names) - set(BENCHES):
            raise CommandError(f"Unknown: {', '.join(sorted(unknown))}. There are: {', '.join(BENCHES)}.")
        with scratch_database() as school:
            for name in names:
                self.stdout.write(json.dumps(BENCHES[name](school), ensure_ascii=False))
