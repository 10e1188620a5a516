"""A paper as it stands now → an edition that never changes, and the row of its rendering."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import audit
from accounts.models import Seal, User
from accounts.writing import recorded_write
from archive import paper_payloads, payload
from archive.models import Edition, PaperOrder, Rendering
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
    """The next edition of a paper, to be rendered.

    Raises PermissionDenied, StillRendering, and of an order FrozenAlready or NotUnderWay.
    """
    if not may_ask(by, wanted):
        raise PermissionDenied
    wanted = _held(wanted)
    # Held, so that whoever cancels waits, and then finds the rendering that has to stop.
    if order and not PaperOrder.objects.to_freeze().select_for_update().filter(pk=order.pk).exists():
        raise NotUnderWay
    if order and wanted.editions.filter(rendering__order=order).exists():
        raise FrozenAlready
    previous = wanted.editions.select_related("rendering").order_by("-number").first()
    if previous and not previous.rendering.is_finished:
        raise StillRendering
    edition = _edition(wanted, previous, by)
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


def _edition(wanted: Wanted, previous: Edition | None, by: User) -> Edition:
    now = timezone.now()
    number = previous.number + 1 if previous else 1
    book = paper_payloads.freeze(wanted)
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
