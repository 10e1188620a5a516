"""Recompute every seal, read every history row, compare every record with its history."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from accounts.models import Seal
from accounts.seals import live
from accounts.seals.chain import Chain, read_chain
from accounts.seals.findings import Finding
from accounts.seals.rows import RowCheck
from accounts.seals.sources import Source, sources

MOST_KEPT = 500
ROWS_A_TICK = 2000
PRINTED_DIGITS = 32
"""Of a hash on papers: half of it, which nobody can meet by trying."""
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Report:
    """`rows` history rows were read, `fresh` of them written since the last seal.

    `late` rows became visible after a seal that had passed their numbers. Of very many findings the first are kept, and
    all are counted.
    """

    seals: int = 0
    rows: int = 0
    fresh: int = 0
    late: int = 0
    faults: int = 0
    findings: list[Finding] = field(default_factory=list)

    def add(self, finding: Finding) -> None:
        self.faults += 1
        if len(self.findings) < MOST_KEPT:
            self.findings.append(finding)


def check_history(*, since: int = 1, progress: Progress | None = None) -> Report:
    """Everything; or the chain, the records, and the history rows from seal number `since` on."""
    chain, report = read_chain(), Report()
    report.seals = len(chain.made_at)
    report.late = sum(e["late"] for cover in chain.covers.values() for e in cover.entries.values())
    for finding in _findings(chain, report, since, progress or _nobody_watches):
        report.add(finding)
    return report


def _findings(chain: Chain, report: Report, since: int, progress: Progress) -> Iterator[Finding]:
    yield from chain.findings
    found = sources()
    for table in sorted(chain.covers.keys() - {source.table for source in found}):
        if chain.covers[table].entries:
            yield Finding("table-gone", table)
    total = sum(source.count(Q()) for source in found)

    def tick() -> None:
        report.rows += 1
        if report.rows % ROWS_A_TICK == 0:
            progress(report.rows, total)

    for source in found:
        yield from _of_source(source, chain, report, since, tick)
        progress(report.rows, total)


def _of_source(
    source: Source, chain: Chain, report: Report, since: int, tick: Callable[[], None]
) -> Iterator[Finding]:
    check = RowCheck(source, chain, since)
    yield from check.findings(tick)
    report.fresh += check.tally.fresh
    yield from live.findings(source)


def _nobody_watches(done: int, total: int) -> None:
    pass


def first_seal_since(day: date) -> int:
    """The number of the first seal made on that day or later; after the last one when there is none."""
    found = Seal.objects.filter(made_at__date__gte=day).order_by("number").first()
    return found.number if found else Seal.objects.count() + 1


def is_written_out(text: str) -> bool:
    """Long enough to be looked for: a whole hash, or the half of it that papers print."""
    return re.fullmatch(rf"[0-9a-f]{{{PRINTED_DIGITS},64}}", "".join(text.split()).lower()) is not None


def seal_with_hash(text: str) -> Seal | None:
    """The seal that somebody wrote down, whole or its first half as on papers. Spaces and capitals do not matter."""
    written = "".join(text.split()).lower()
    if not is_written_out(text):
        return None
    return Seal.objects.filter(sha256__startswith=written).first()
