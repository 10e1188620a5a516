"""Make the file of an edition. The row carries the job; whoever holds its current attempt may write.

A worker may be killed at any moment. Its heartbeat then grows stale, the row is put back, and a successor
continues with the parts that are already on disk. A worker that was only slow finds that its attempt is no
longer the current one and stops. The file's name is its content and the same payload gives the same bytes,
so that even two workers at once end in one file.
"""

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from accounts import audit, seals
from accounts.files import StoredFile
from accounts.writing import recorded_write
from archive import pdf
from archive.models import Edition, Rendering
from archive.store import editions
from gradebook import printing
from gradebook.actions.check_prints import note_check_print
from gradebook.models import Period

logger = logging.getLogger(__name__)

ATTEMPTS_MAX = 5
_S = Rendering.State


class Superseded(RuntimeError):
    """Another worker has taken over this rendering, or it is finished."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to render an edition, until somebody else gets a higher attempt."""

    edition_id: int
    attempt: int

    def update(self, **facts: object) -> None:
        """Compare and swap. Raises Superseded when this attempt is not the current one."""
        current = Rendering.objects.filter(edition_id=self.edition_id, attempt=self.attempt, state=_S.RUNNING)
        if current.update(heartbeat=timezone.now(), **facts) != 1:
            raise Superseded(f"edition {self.edition_id}, attempt {self.attempt}")


def render(edition_id: int) -> None:
    """Render a queued edition. Does nothing when it is not queued: messages may come twice."""
    claimed = claim(edition_id)
    if claimed is None:
        return
    try:
        _make(claimed)
    except Superseded:
        logger.warning("edition %s: attempt %s was taken over", edition_id, claimed.attempt)
    except Exception as error:
        logger.exception("edition %s: rendering failed", edition_id)
        _fail(claimed, error)


@recorded_write
def claim(edition_id: int) -> Claim | None:
    """Take a queued rendering; of two workers at once exactly one succeeds."""
    row = Rendering.objects.filter(edition_id=edition_id, state=_S.QUEUED).first()
    if row is None:
        return None
    queued = Rendering.objects.filter(pk=row.pk, state=_S.QUEUED, attempt=row.attempt)
    taken = queued.update(state=_S.RUNNING, attempt=F("attempt") + 1, heartbeat=timezone.now())
    return Claim(edition_id, row.attempt + 1) if taken == 1 else None


@recorded_write
def put_back_stale(now: datetime) -> list[int]:
    """Queue again what shows no sign of life. Returns the editions whose worker has to be woken."""
    woken = []
    for row in Rendering.objects.stale(now).order_by("pk"):
        same = Rendering.objects.filter(pk=row.pk, attempt=row.attempt, state=row.state)
        if row.attempt >= ATTEMPTS_MAX:
            same.update(state=_S.FAILED, failure=Rendering.Failure.KILLED)
        elif same.update(state=_S.QUEUED, heartbeat=now) == 1:
            woken.append(row.edition_id)
    return woken


def _make(claimed: Claim) -> None:
    edition = Edition.objects.get(pk=claimed.edition_id)
    book = book_of(edition)
    parts = list(_parts(claimed, book))
    joined = pdf.join(book, parts)
    claimed.update()
    _issue(claimed, edition, editions.put(joined.content, suffix="pdf"), joined.pages)
    _sweep(book)


def book_of(edition: Edition) -> pdf.Book:
    address = f"{settings.PUBLIC_URL}/verify/{edition.code}/"
    return pdf.Book(edition.payload, edition.fingerprint, edition.code, address)


def _parts(claimed: Claim, book: pdf.Book) -> Iterator[printing.Part]:
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
def _issue(claimed: Claim, edition: Edition, file: StoredFile, pages: int) -> None:
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
    # Seals leave the portal with every evidence pack: none names a pupil.
    reference = edition.code if edition.student_id else str(edition)
    seals.make_seal(reason=seals.Reason.EDITION, reference=reference, by=edition.requested_by)
    if edition.kind == Edition.Kind.CHECK_SHEET:
        _note_check_print(edition)


def _note_check_print(edition: Edition) -> None:
    assert edition.school_class is not None  # noqa: S101  archive_edition_about
    code = edition.part.rpartition("-")[2].upper()
    period = Period.objects.get(semester__year=edition.school_class.year_id, code=code)
    courses = [edition.course] if edition.course else edition.school_class.courses.of_subjects()
    note_check_print(courses=courses, period=period, by=edition.requested_by)


def _fail(claimed: Claim, error: Exception) -> None:
    detail = f"{type(error).__name__}: {error}"[:300]
    try:
        claimed.update(state=_S.FAILED, failure=_failure_of(error), detail=detail)
    except Superseded:
        logger.warning("edition %s: failed after it was taken over", claimed.edition_id)


def _failure_of(error: Exception) -> Rendering.Failure:
    if isinstance(error, printing.FontsMissing):
        return Rendering.Failure.FONTS
    return Rendering.Failure.STORE if isinstance(error, OSError) else Rendering.Failure.UNEXPECTED
