"""Check every edition of the archive, or what lies on a medium; exit status 1 and a line for each fault."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive import wording
from archive.bags.checking import Counts, check
from archive.verification import everything, verify_all


class Command(BaseCommand):
    help = (
        "Read every archived file and compare it with what was issued. With PATH, the folder or ZIP of an exported "
        "medium, check that alone: neither the database nor the file store is asked."
    )
    # With PATH it has to work where there is no database.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, help="folder or ZIP: a bag, a medium or several")

    def handle(self, *args: Any, path: Path | None = None, **options: Any) -> None:
        if path is None:
            self._check_editions()
        else:
            self._check_medium(path)

    def _check_editions(self) -> None:
        report = verify_all(everything())
        for finding in report.findings:
            self.stderr.write(
                f"edition {finding.edition_id} ({finding.edition}): {finding.code} {finding.detail}".rstrip()
            )
        counts = (
            f"{report.issued} issued editions checked, {report.unfinished} not issued yet, "
            f"{len(report.findings)} faults"
        )
        self._end(counts, bool(report.findings))

    def _check_medium(self, path: Path) -> None:
        if not path.exists():
            raise CommandError(f"{path} does not exist.", returncode=1)
        counts, faults = Counts(), 0
        for fault in check(path, counts):
            faults += 1
            self.stderr.write(f"{fault.where}: {fault.name}: {fault.code}. {wording.FAULTS[fault.code]}")
        if not counts.bags:
            faults += 1
            self.stderr.write(f"{path}: {wording.FAULTS['no-bag']}")
        self._end(f"{counts.bags} bags, {counts.files} files checked, {faults} faults", bool(faults))

    def _end(self, counts: str, wrong: bool) -> None:
        if wrong:
            raise CommandError(counts, returncode=1)
        self.stdout.write(counts)
