"""Check the history against its seals; exit status 1 and a sentence for each fault when something is wrong."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.seals import checking, words


class Command(BaseCommand):
    help = "Recompute the chain of seals, read every history row and compare every record with its history."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--since", default="1", help="number of a seal, or a day (2026-09-01): older rows are left out"
        )
        parser.add_argument(
            "--anchor", default="", help="hash of a seal that was written down: is it in the chain?"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["anchor"]:
            self._look_for(options["anchor"])
        report = checking.check_history(since=_since(options["since"]), progress=self._progress)
        for finding in report.findings:
            self.stderr.write(words.sentence(finding.as_json()))
        counts = (
            f"{report.seals} seals, {report.rows} history rows read, {report.fresh} of them since the last seal, "
            f"{report.late} late, {report.faults} faults"
        )
        if report.faults:
            raise CommandError(counts, returncode=1)
        self.stdout.write(counts)

    def _look_for(self, text: str) -> None:
        found = checking.seal_with_hash(text)
        if found is None:
            raise CommandError(
                "No seal has this hash: the chain is not the one it was written down from.", returncode=1
            )
        self.stdout.write(f"Seal {found.number} of {found.made_at:%Y-%m-%d %H:%M} has this hash.")

    def _progress(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done} / {total}", ending="\n" if done == total else "")


def _since(text: str) -> int:
    """Raises CommandError."""
    try:
        return int(text) if text.isdigit() else checking.first_seal_since(date.fromisoformat(text))
    except ValueError:
        raise CommandError("--since takes the number of a seal, or a day as in 2026-09-01.") from None
