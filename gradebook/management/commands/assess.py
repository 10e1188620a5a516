"""Results by the circulars for cases written in a file, as inspectors check them; nothing of the school is read."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gradebook.assessment import evaluate_file, evaluate_options
from gradebook.assessment.evaluate import KINDS_BY_NAME
from gradebook.assessment.evaluate_report import report


class Command(BaseCommand):
    help = (
        'Compute the results of {"cases": [{"id", "scheme", "kind", "input"}, ...]} and print {"results": [...]} '
        "as JSON: for each case its id, result and reasons, and what is missing. Marks are texts such as "
        '"8.5"; null is a mark or result that is not there yet. A case that cannot be computed has an error '
        "instead, and the exit code stays 0: the report is the product. No database is used. The shape of each "
        "kind's input is shown by tests/regulations/golden_cases.json."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the cases, or - for standard input")
        parser.add_argument(
            "--option",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="the school's choice where a circular leaves one, for all cases; may be repeated. "
            f"{evaluate_options.possible()}. A case whose scheme names a choice keeps it.",
        )
        parser.epilog = "Kinds. " + " ".join(
            f"{name}: {', '.join(kinds)}." for name, kinds in KINDS_BY_NAME.items()
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            choices = evaluate_options.read(options["option"])
            cases = evaluate_file.cases(_text(options["file"]))
        except evaluate_file.NotCases as error:
            raise CommandError(f"{options['file']} is {error}.") from error
        except ValueError as error:
            raise CommandError(f"{error}.") from error
        self._print(report(cases, choices))

    def _print(self, results: dict[str, Any]) -> None:
        """In UTF-8 whatever the terminal's encoding; half a surrogate pair stays escaped."""
        reconfigure = getattr(self.stdout, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
        self.stdout.write(json.dumps(results, ensure_ascii=False, indent=1, allow_nan=False))


def _text(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{name} is not UTF-8 (byte {error.start}).") from error
