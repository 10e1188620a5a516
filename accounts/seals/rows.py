"""Are the history rows those that were sealed? Streamed: one query a table, few rows in memory."""

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db.models import Q

from accounts.files import path_of
from accounts.seals import canonical
from accounts.seals.chain import CLOCKS_APART, Chain, Cover
from accounts.seals.findings import Finding, of_row
from accounts.seals.making import LONGEST_TRANSACTION, row_files
from accounts.seals.sources import Row, Source

Tick = Callable[[], None]


@dataclass(slots=True)
class Tally:
    """What was read of one table: by seal the hash so far and how many rows; and the rows not sealed yet."""

    hashed: dict[int, Any] = field(default_factory=dict)
    counted: dict[int, int] = field(default_factory=dict)
    fresh: int = 0

    def add(self, seal: int, line: str) -> None:
        self.hashed.setdefault(seal, sha256()).update(f"{canonical.digest(line)}\n".encode())
        self.counted[seal] = self.counted.get(seal, 0) + 1


@dataclass(frozen=True, slots=True)
class RowCheck:
    """One table. Seals before `since` are not recomputed."""

    source: Source
    chain: Chain
    since: int
    tally: Tally = field(default_factory=Tally)

    @property
    def cover(self) -> Cover:
        return self.chain.covers[self.source.table]

    def findings(self, tick: Tick) -> Iterator[Finding]:
        for row in self.source.rows(self._which()):
            yield from self._row(row)
            tick()
        for number, entry in self.cover.entries.items():
            if number >= self.since and not self._agrees(number, entry):
                yield from self._explain(number, entry)

    def _which(self) -> Q:
        if self.since <= 1:
            return Q()
        rows = [first for first, _, number in self.cover.spans if number >= self.since]
        return Q(pk__gte=min([*rows, self.cover.through + 1]))

    def _row(self, row: Row) -> Iterator[Finding]:
        number = row[self.source.key]
        seal = self.cover.seal_of(number)
        if seal is not None and seal >= self.since:
            self.tally.add(seal, canonical.row_line(self.source.table, self._as_then(row, seal)))
        elif seal is None and self.cover.awaits(number):
            self.tally.fresh += 1
        elif seal is None:
            yield of_row("row-added", self.source, row)
        yield from self._dated(row, seal)

    def _as_then(self, row: Row, seal: int) -> Row:
        """The columns that the table had when it was sealed: an upgrade may have added some."""
        columns = self.cover.entries[seal]["columns"]
        return row if columns == self.source.columns else {name: row.get(name) for name in columns}

    def _dated(self, row: Row, seal: int | None) -> Iterator[Finding]:
        """A row is written after the seal before its own, and before its own."""
        dated, made_at = row[self.source.dated], self.chain.made_at
        last = self.chain.last.number if self.chain.last else 0
        before = (seal or last + 1) - 1
        if seal in made_at and dated > made_at[seal] + CLOCKS_APART:
            yield of_row("row-future", self.source, row, seal)
        # A table that an upgrade brings may come with old rows.
        if before not in made_at or not 0 < self.cover.since <= before:
            return
        if dated < made_at[before] - LONGEST_TRANSACTION:
            yield of_row("row-backdated", self.source, row, before)

    def _agrees(self, number: int, entry: dict[str, Any]) -> bool:
        hashed = self.tally.hashed.get(number)
        return bool(hashed and hashed.hexdigest() == entry["sha256"])

    def _explain(self, number: int, entry: dict[str, Any]) -> Iterator[Finding]:
        """Which rows differ, by the file that was written when they were sealed."""
        if not set(entry["columns"]) <= set(self.source.columns):
            yield Finding("columns-gone", self.source.table, number)
            return
        found = list(self._against_the_file(number, entry))
        yield from found or [Finding("rows-differ", self.source.table, number)]

    def _against_the_file(self, number: int, entry: dict[str, Any]) -> Iterator[Finding]:
        standing = self.source.rows(_within(entry["spans"]))
        now = next(standing, None)
        for sealed in _sealed_rows(self.chain.rows_file[number], self.source.table):
            while now is not None and now[self.source.key] < sealed[self.source.key]:
                now = next(standing, None)
            if now is None or now[self.source.key] != sealed[self.source.key]:
                yield of_row("row-missing", self.source, sealed, number)
                continue
            plain = _as_sealed(self.source.table, {name: now[name] for name in entry["columns"]})
            if plain != sealed:
                yield of_row("row-changed", self.source, sealed, number, now=plain)


def _within(covered: list[list[int]]) -> Q:
    return Q(pk__range=(covered[0][0], covered[-1][1]))


def _as_sealed(table: str, row: Row) -> Row:
    plain: Row = json.loads(canonical.row_line(table, row))["row"]
    return plain


def _sealed_rows(name: str, table: str) -> Iterator[Row]:
    """In the order of their numbers; nothing when the file is gone or no longer what it was."""
    ending = f'"table":"{table}"}}\n'.encode()
    try:
        with row_files.open(path_of("sealed-rows", name, "jsonl.gz")) as file, gzip.open(file) as lines:
            yield from (json.loads(line)["row"] for line in lines if line.endswith(ending))
    except (OSError, EOFError, ValueError):
        return
