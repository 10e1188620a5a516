"""Is the chain of seals still what it was: whole, unchanged, and the one that the files tell of?"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

from accounts.files import digest_of, path_of
from accounts.models import Seal
from accounts.seals import canonical
from accounts.seals.findings import Finding
from accounts.seals.making import row_files, seal_files

CLOCKS_APART = timedelta(minutes=1)
"""Servers' clocks differ by less, and a clock is put right by less while it runs."""


@dataclass(slots=True)
class Cover:
    """Which rows of one table which seal covers, by what it says itself."""

    spans: list[tuple[int, int, int]] = field(default_factory=list)
    entries: dict[int, dict[str, Any]] = field(default_factory=dict)
    since: int = 0
    through: int = 0
    still_open: list[list[int]] = field(default_factory=list)

    def sort(self) -> None:
        self.spans.sort()

    def seal_of(self, row: int) -> int | None:
        at = bisect_right(self.spans, row, key=lambda span: span[0]) - 1
        if at >= 0 and self.spans[at][0] <= row <= self.spans[at][1]:
            return self.spans[at][2]
        return None

    def awaits(self, row: int) -> bool:
        """Whether a row that no seal covers may still be covered by the next one."""
        return row > self.through or any(first <= row <= last for first, last, _ in self.still_open)


@dataclass(slots=True)
class Chain:
    """What all seals together say, and what is wrong with them."""

    covers: dict[str, Cover] = field(default_factory=lambda: defaultdict(Cover))
    made_at: dict[int, datetime] = field(default_factory=dict)
    rows_file: dict[int, str] = field(default_factory=dict)
    hashes: dict[str, int] = field(default_factory=dict)
    last: Seal | None = None
    findings: list[Finding] = field(default_factory=list)

    def report(self, code: str, seal: int, what: str = "") -> None:
        self.findings.append(Finding(code, what, seal))


def read_chain() -> Chain:
    """Every seal, oldest first, each checked against the one before it, its own hash and its file."""
    chain = Chain()
    for seal in Seal.objects.order_by("number").iterator(chunk_size=200):
        try:
            _link(chain, seal)
        except (ValueError, KeyError, TypeError):  # no longer what the portal writes
            chain.report("seal-changed", seal.number)
            chain.last = seal
    for cover in chain.covers.values():
        cover.sort()
    _look_for_strays(chain)
    return chain


def _link(chain: Chain, seal: Seal) -> None:
    last, said = chain.last, seal.said
    expected = last.number + 1 if last else 1
    if seal.number != expected:
        chain.report("seal-missing", expected)
    if said["previous"] != (last.sha256 if last else ""):
        chain.report("seal-broken", seal.number)
    if canonical.digest(seal.facts) != seal.sha256 or not _says_the_same(seal, said):
        chain.report("seal-changed", seal.number)
    if last and seal.made_at < last.made_at - CLOCKS_APART:
        chain.report("clock-behind", seal.number)
    _check_files(chain, seal, said)
    _note(chain, seal, said)


def _says_the_same(seal: Seal, said: dict[str, Any]) -> bool:
    """The columns that repeat the facts for lists."""
    rows = sum(entry.get("count", 0) for entry in said["tables"].values())
    repeated = (seal.number, canonical.moment(seal.made_at), seal.reason, seal.reference, seal.rows)
    return repeated == (said["number"], said["made_at"], said["reason"], said["reference"], rows)


def _check_files(chain: Chain, seal: Seal, said: dict[str, Any]) -> None:
    if not _is_whole("seals", seal.sha256, "json"):
        chain.report("seal-file-missing", seal.number)
    if said["rows_file"] and not _is_whole("sealed-rows", said["rows_file"], "jsonl.gz"):
        chain.report("rows-file-missing", seal.number)


def _is_whole(folder: str, digest: str, suffix: str) -> bool:
    try:
        store = row_files if folder == "sealed-rows" else seal_files
        with store.open(path_of(folder, digest, suffix)) as file:
            return digest_of(file) == digest
    except OSError:
        return False


def _note(chain: Chain, seal: Seal, said: dict[str, Any]) -> None:
    for table, entry in said["tables"].items():
        cover = chain.covers[table]
        cover.since = cover.since or seal.number
        cover.through, cover.still_open = entry["through"], entry.get("open", [])
        if entry.get("count"):
            cover.entries[seal.number] = entry
            cover.spans += [(first, last, seal.number) for first, last in entry["spans"]]
    chain.made_at[seal.number] = seal.made_at
    chain.rows_file[seal.number] = said["rows_file"]
    chain.hashes[seal.sha256] = seal.number
    chain.last = seal


def _look_for_strays(chain: Chain) -> None:
    """Files of seals that the database does not know: it was rewritten, or its last seals were taken away."""
    for name in sorted(_kept()):
        if name not in chain.hashes:
            chain.findings.append(Finding("seal-stray", name))


def _kept() -> Iterator[str]:
    for path in seal_files.paths():
        yield PurePosixPath(path).stem
