"""Make a seal of what the history has gained since the last one.

Nobody waits for it: rows are read without a lock, and only the seal itself is written in a (short) transaction. Two
at once read the same rows; the number is unique, so one is kept and the other begins anew behind it.

On PostgreSQL a row can become visible after rows with higher numbers. The numbers that a seal skips therefore stay
open for as long as a transaction may last; a row that appears there is covered by the next seal and counted as late.
A row that appears later still is covered by no seal, and the check of the history names it.
"""

import gzip
import logging
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from typing import IO, Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.files import WriteOnceStore
from accounts.models import Seal, User
from accounts.seals import canonical, spans
from accounts.seals.sources import Source, sources
from accounts.writing import recorded_write

logger = logging.getLogger(__name__)

LONGEST_TRANSACTION = timedelta(hours=1)
FORMAT = "history-seal"
seal_files = WriteOnceStore("seals")
"""Each seal's facts: a file's name is the seal's hash, so that who rewrites the database disagrees with the files."""
row_files = WriteOnceStore("sealed-rows")
"""What stood in the rows when they were sealed, to say later what was changed."""

Facts = dict[str, Any]


class _Overtaken(Exception):
    """Somebody else has made this number."""


def make_seal(*, reason: Seal.Reason, reference: str = "", by: User | None = None) -> None:
    """Seal what an act has written, right after its commit.

    Not inside its transaction: reading all history tables would lengthen the time for which the act holds its locks,
    and its own rows would not be numbered for good yet. A seal that fails undoes nothing that was done: it is logged,
    and the next one, the daily at the latest, covers the rows.
    """

    def seal_it() -> None:
        seal_now(reason=reason, reference=reference, by=by)

    transaction.on_commit(seal_it, robust=True)


def seal_now(*, reason: Seal.Reason, reference: str = "", by: User | None = None) -> Seal:
    about = {
        "format": FORMAT,
        "version": canonical.VERSION,
        "reason": reason.value,
        "reference": reference[:120],
        "by": {"id": by.pk if by else None, "name": str(by) if by else ""},
    }
    while True:
        try:
            return _seal(about)
        except _Overtaken:
            logger.info("a seal was overtaken by another and is made again")


def _seal(about: Facts) -> Seal:
    previous = Seal.objects.first()
    number = previous.number + 1 if previous else 1
    with row_files.incoming() as incoming:
        tables = _write_rows(incoming.file, previous, number)
        rows = sum(entry.get("count", 0) for entry in tables.values())
        kept = incoming.keep("jsonl.gz").sha256 if rows else ""
    # Read only now: every row that it covers was written before.
    now = timezone.now()
    facts = {
        **about,
        "number": number,
        "made_at": canonical.moment(now),
        "previous": previous.sha256 if previous else "",
        "tables": tables,
        "rows_file": kept,
    }
    text = canonical.canonical(facts)
    seal = Seal(
        number=number,
        made_at=now,
        reason=about["reason"],
        reference=about["reference"],
        rows=rows,
        facts=text,
        sha256=canonical.digest(text),
    )
    _append(seal)
    return seal


@recorded_write
def _append(seal: Seal) -> None:
    try:
        seal.save(force_insert=True)
    except IntegrityError:
        raise _Overtaken from None
    seal_files.put(seal.facts.encode(), suffix="json")


def _write_rows(file: IO[bytes], previous: Seal | None, number: int) -> Facts:
    before = _before(previous)
    with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0, compresslevel=6) as out:
        return {
            source.table: _entry(source, before.get(source.table, {}), number, out) for source in sources()
        }


def _before(previous: Seal | None) -> Facts:
    """How far each table is covered. Skipped numbers are closed once no transaction can hold them any more."""
    if previous is None:
        return {}
    tables: Facts = previous.said["tables"]
    skipped_by = {span[2] for entry in tables.values() for span in entry.get("open", [])}
    recent = set(
        Seal.objects.filter(
            number__in=skipped_by, made_at__gt=timezone.now() - LONGEST_TRANSACTION
        ).values_list("number", flat=True)
    )
    return {
        table: {**entry, "open": [span for span in entry.get("open", []) if span[2] in recent]}
        for table, entry in tables.items()
    }


def _entry(source: Source, before: Facts, number: int, out: "gzip.GzipFile") -> Facts:
    """What the seal says of one table, its rows written to the file on the way."""
    through, still_open = before.get("through", 0), before.get("open", [])
    found: list[list[int]] = []
    hashed, count, late = sha256(), 0, 0
    for row in source.rows(_unsealed(through, still_open)):
        line = canonical.row_line(source.table, row)
        hashed.update(f"{canonical.digest(line)}\n".encode())
        out.write(f"{line}\n".encode())
        spans.add(found, row[source.key])
        count, late = count + 1, late + (row[source.key] <= through)
    last = max(through, found[-1][1] if found else 0)
    skipped = spans.without([[through + 1, last]] if last > through else [], found)
    entry: Facts = {"through": last}
    if remaining := _remaining(still_open, found) + [[*span, number] for span in skipped]:
        entry["open"] = remaining
    if count:
        entry |= {"columns": source.columns, "count": count, "late": late, "spans": found}
        entry["sha256"] = hashed.hexdigest()
    return entry


def _unsealed(through: int, still_open: Iterable[list[int]]) -> Q:
    which = Q(pk__gt=through)
    for first, last, _ in still_open:
        which |= Q(pk__range=(first, last))
    return which


def _remaining(still_open: Iterable[list[int]], found: list[list[int]]) -> list[list[int]]:
    return [
        [*left, number]
        for first, last, number in still_open
        for left in spans.without([[first, last]], found)
    ]
