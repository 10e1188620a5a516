"""The history rows of a pack, with the seals that cover them and what is needed to hash them again."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Q

from accounts.models import Seal
from accounts.seals import canonical
from accounts.seals.chain import Chain, Cover
from accounts.seals.sources import Row, Source, sources
from archive.packs.concerned import Which
from archive.packs.writing import ZipFolder


class SealedRows:
    """The history as of the newest seal that the chain knows: the school may go on writing and sealing meanwhile.

    Rows are written first; on the way it is noted which seals cover them.
    """

    def __init__(self, chain: Chain, which: Which) -> None:
        self._chain, self._which = chain, which
        self.counts: dict[str, int] = defaultdict(int)
        self._seals: dict[str, set[int]] = defaultdict(set)

    def write(self, pack: ZipFolder) -> None:
        pack.add_lines("history.jsonl", self._rows())
        for source in sources():
            for number in sorted(self._seals[source.table]):
                pack.add_lines(f"digests/{number}-{source.table}.txt", self._digests(source, number))
        pack.add_lines("seals.jsonl", self._links())

    def _rows(self) -> Iterator[str]:
        for source in sources():
            if source.table in self._which:
                cover = self._chain.covers[source.table]
                for row in source.rows(self._which[source.table]):
                    number = cover.seal_of(row[source.key])
                    if number or not cover.awaits(row[source.key]):
                        yield self._line(source, cover, row, number)

    def _line(self, source: Source, cover: Cover, row: Row, number: int | None) -> str:
        """As it was hashed. A row that every seal has passed over goes into the pack too: the check says so."""
        self.counts[source.table] += 1
        if number is None:
            return canonical.row_line(source.table, row)
        self._seals[source.table].add(number)
        return _as_sealed(source, cover, row, number)

    def _digests(self, source: Source, number: int) -> Iterator[str]:
        """Of all rows that the seal covers: those of others stay unreadable, and are needed for the hash."""
        cover = self._chain.covers[source.table]
        covered = cover.entries[number]["spans"]
        for row in source.rows(Q(pk__range=(covered[0][0], covered[-1][1]))):
            if cover.seal_of(row[source.key]) == number:
                yield f"{row[source.key]} {canonical.digest(_as_sealed(source, cover, row, number))}"

    def _links(self) -> Iterator[str]:
        """From the oldest seal that is needed to the newest, without a gap."""
        needed = [number for numbers in self._seals.values() for number in numbers]
        if needed and self._chain.last:
            span = (min(needed), self._chain.last.number)
            chain = Seal.objects.filter(number__range=span).order_by("number")
            yield from chain.values_list("facts", flat=True).iterator(chunk_size=200)


def _as_sealed(source: Source, cover: Cover, row: Row, number: int) -> str:
    columns = cover.entries[number]["columns"]
    return canonical.row_line(source.table, {name: row.get(name) for name in columns})
