"""Make the file of an edition. The row carries the job; whoever holds its current attempt may write.

A worker may be killed at any moment. Its heartbeat then grows stale, the row is put back, and a successor
continues with the parts that are already on disk. A worker that was only slow finds that its attempt is no
longer the current one and stops. The file's name is its content and the same payload gives the same bytes,
so that even two workers at once end in one file.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import F

from accounts import audit, jobs, seals
from accounts.files import StoredFile
from accounts.writing import recorded_write
from archive import pdf
from archive.check_prints import note_if_check_sheet
from archive.listing import PupilsMissing
from archive.models import Edition, Rendering
from archive.store import editions
from gradebook import printing

_S = Rendering.State
_F = Rendering.Failure
AT_ONCE = 8
"""How many workers are woken when messages were lost; each goes on with the next by itself."""


def render(edition_id: int) -> bool:
    """Render a queued edition. False when it is not queued: messages may come twice."""
    row = Rendering.objects.filter(edition=edition_id).only("pk").first()
    return row is not None and jobs.run(Rendering, row.pk, _make, failed=_failure)


def first_queued(most: int = AT_ONCE) -> list[int]:
    """The editions that wait longest; what somebody waits for on a page goes before the orders of many."""
    queued = Rendering.objects.queued().order_by(F("order").asc(nulls_first=True), "pk")
    return list(queued.values_list("edition_id", flat=True)[:most])


@recorded_write
def put_back_stale(now: datetime) -> list[int]:
    """Queue again what a killed worker left behind. Returns the editions whose worker has to be woken.

    A long queue is no sign of a lost message: only when nobody is at work, the first in it are woken again.
    """
    running = Rendering.objects.running()
    woken = jobs.put_back_stale(running, now, killed={"failure": _F.KILLED})
    if not running.exists():
        waiting = Rendering.objects.filter(edition__in=first_queued()).exclude(pk__in=woken)
        woken += jobs.put_back_stale(waiting, now, killed={"failure": _F.KILLED})
    return list(Rendering.objects.filter(pk__in=woken).order_by("pk").values_list("edition_id", flat=True))


def _make(claimed: jobs.Claim) -> None:
    edition = Edition.objects.get(rendering=claimed.pk)
    book = book_of(edition)
    parts = list(_parts(claimed, book))
    joined = pdf.join(book, parts)
    claimed.update()
    _issue(claimed, edition, editions.put(joined.content, suffix="pdf"), joined.pages)
    _sweep(book)


def book_of(edition: Edition) -> pdf.Book:
    address = f"{settings.PUBLIC_URL}/verify/{edition.code}/"
    return pdf.Book(edition.payload, edition.fingerprint, edition.code, address)


def _parts(claimed: jobs.Claim, book: pdf.Book) -> Iterator[printing.Part]:
    sections = pdf.sections(book)
    for index, section in enumerate(sections):
        claimed.update(done=index, total=len(sections))
        kept = _work_folder(book) / f"{index:03}.pdf"
        if not kept.exists():
            _keep(kept, pdf.render_section(book, section))
        yield printing.Part(section.title, kept.read_bytes())
    claimed.update(done=len(sections))


def _work_folder(book: pdf.Book) -> Path:
    """Parts are a cache on this machine's disk: without them a successor starts from the beginning."""
    folder: Path = settings.DATA_DIR / "work" / f"{book.fingerprint}-{pdf.LAYOUT_VERSION}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _keep(path: Path, content: bytes) -> None:
    """Under its name only when whole: a successor must not find half a part."""
    half = path.with_suffix(f".{os.getpid()}")
    half.write_bytes(content)
    half.replace(path)


def _sweep(book: pdf.Book) -> None:
    folder = _work_folder(book)
    for path in folder.iterdir():
        path.unlink(missing_ok=True)
    folder.rmdir()


@recorded_write
def _issue(claimed: jobs.Claim, edition: Edition, file: StoredFile, pages: int) -> None:
    """The file, the end of the job and the record of it, in one transaction."""
    claimed.update(state=_S.DONE)
    edition.issue(file, pages=pages, origin="rendering")
    audit.record(
        by=edition.requested_by,
        verb="archive.edition.issued",
        target=edition,
        number=edition.number,
        sha256=file.sha256,
    )
    seals.make_seal(reason=seals.Reason.EDITION, reference=edition.reference, by=edition.requested_by)
    note_if_check_sheet(edition, by=edition.requested_by)


def _failure(error: Exception) -> jobs.Facts:
    """What a disk or a missing font says names nobody; of any other error only its kind is kept."""
    failure, kind = _failure_of(error), type(error).__name__
    return {"failure": failure, "detail": kind if failure == _F.UNEXPECTED else f"{kind}: {error}"[:300]}


def _failure_of(error: Exception) -> Rendering.Failure:
    if isinstance(error, printing.FontsMissing):
        return _F.FONTS
    if isinstance(error, PupilsMissing):
        return _F.PUPILS
    return _F.STORE if isinstance(error, OSError) else _F.UNEXPECTED
