"""A paper as it stands now → an edition that never changes, and the row of its rendering."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.files import StoreDamaged
from accounts.models import Seal, User
from accounts.writing import recorded_write
from archive import paper_payloads, payload
from archive.check_prints import note_if_check_sheet
from archive.models import Edition, OrderedPaper, PaperOrder, Rendering
from archive.payload import Facts
from archive.retention import is_destroyed
from archive.store import editions
from archive.wanted import Wanted, may_ask
from gradebook.models import SchoolClass, Student
from transcripts.payload import canonical, fingerprint
from transcripts.transfer_format import CODE_LENGTH


class StillRendering(ValueError):
    """The paper's last edition is not finished; asking again would only make the same book twice."""


class FrozenAlready(ValueError):
    """The order has this paper already, from a worker who was interrupted afterwards."""


class NotUnderWay(ValueError):
    """Somebody has paused or cancelled the order."""


@recorded_write
def freeze(*, wanted: Wanted, by: User, order: PaperOrder | None = None) -> Edition:
    """The next edition of a paper, to be rendered; or the last one, issued already, when nothing has changed since.

    Raises PermissionDenied, StillRendering, NothingIssued, and of an order FrozenAlready or NotUnderWay.
    """
    if not may_ask(by, wanted):
        raise PermissionDenied
    wanted = _held(wanted)
    if order:
        _check(order, wanted)
    previous = wanted.editions.select_related("rendering").order_by("-number").first()
    if previous and not previous.rendering.is_finished:
        raise StillRendering
    book = paper_payloads.freeze(wanted)
    if edition := _standing(wanted, book):
        note_if_check_sheet(edition, by=by)
    else:
        edition = _begin(_edition(wanted, book, previous, by), order)
    if order:
        OrderedPaper.objects.create(order=order, edition=edition)
    return edition


def _check(order: PaperOrder, wanted: Wanted) -> None:
    # Held, so that whoever cancels waits, and then finds the rendering that has to stop.
    if not PaperOrder.objects.to_freeze().select_for_update().filter(pk=order.pk).exists():
        raise NotUnderWay
    if wanted.editions.filter(ordered__order=order).exists():
        raise FrozenAlready


def _standing(wanted: Wanted, book: Facts) -> Edition | None:
    """The edition that counts, while it says the same and its file is kept.

    Another one would only take its place: without its signatures, and while it hangs signed in somebody's folder.
    """
    last: Edition | None = wanted.editions.issued().order_by("-number").first()
    if last is None or last.content != fingerprint(canonical(book)):
        return None
    return last if _is_kept(last) else None


def _is_kept(edition: Edition) -> bool:
    """A store that does not answer is no reason to print anew: its OSError goes on."""
    try:
        editions.genuine(edition.path, edition.sha256)
    except (FileNotFoundError, StoreDamaged):
        return False
    return not is_destroyed(edition)


def _begin(edition: Edition, order: PaperOrder | None) -> Edition:
    by = edition.requested_by
    edition.save_by(by, origin="archive")
    Rendering.objects.create(edition=edition, order=order, heartbeat=edition.requested_at)
    audit.record(by=by, verb="archive.edition.requested", target=edition, number=edition.number)
    return edition


def _held(wanted: Wanted) -> Wanted:
    """The class's row (the teacher's, the pupil's) serialises numbering: two requests must not take the same number."""
    if wanted.student is not None:
        return replace(
            wanted, student=Student.objects.select_for_update(no_key=True).get(pk=wanted.student.pk)
        )
    if wanted.teacher is not None:
        return replace(wanted, teacher=User.objects.select_for_update(no_key=True).get(pk=wanted.teacher.pk))
    classes = SchoolClass.objects.select_for_update()
    assert wanted.school_class is not None  # noqa: S101  archive_edition_about
    return replace(wanted, school_class=classes.get(pk=wanted.school_class.pk))


def _edition(wanted: Wanted, book: Facts, previous: Edition | None, by: User) -> Edition:
    now = timezone.now()
    number = previous.number + 1 if previous else 1
    about: dict[str, Any] = {
        "number": number,
        "requested_at": timezone.localtime(now).isoformat(),
        "requested_by": by.full_name,
        "previous": {"number": previous.number, "fingerprint": previous.fingerprint} if previous else None,
        "seal": _newest_seal(),
    }
    text = canonical(payload.envelope(book, about, wanted.kind))
    hashed = fingerprint(text)
    return Edition(
        school_class=wanted.school_class,
        course=wanted.course,
        teacher=wanted.teacher,
        year=wanted.year,
        student=wanted.student,
        kind=wanted.kind,
        part=wanted.part,
        number=number,
        previous=previous,
        requested_by=by,
        requested_at=now,
        payload=text,
        fingerprint=hashed,
        is_interim=book["interim"],
        content=fingerprint(canonical(book)),
        code=hashed[:CODE_LENGTH],
    )


def _newest_seal() -> dict[str, Any] | None:
    """Printed on every page: paper that has left the school holds the chain of the history fast."""
    seal = Seal.objects.defer("facts").first()
    return {"number": seal.number, "sha256": seal.sha256} if seal else None
