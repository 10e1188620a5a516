"""Check every edition of the archive; exit status 1 and a line for each fault when something is wrong."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.verification import everything, verify_all


class Command(BaseCommand):
    help = "Read every archived file and compare it with what was issued."

    def handle(self, *args: Any, **options: Any) -> None:
        report = verify_all(everything())
        for finding in report.findings:
            self.stderr.write(
                f"edition {finding.edition_id} ({finding.edition}): {finding.code} {finding.detail}".rstrip()
            )
        counts = (
            f"{report.issued} issued editions checked, {report.unfinished} not issued yet, "
            f"{len(report.findings)} faults"
        )
        if report.findings:
            raise CommandError(counts, returncode=1)
        self.stdout.write(counts)
