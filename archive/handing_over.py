"""The file with which a transcript goes to another school: the booklet, its data, how to check both."""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from django.conf import settings
from django.core.exceptions import PermissionDenied

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from accounts.writing import recorded_write
from archive.files import name_of, newest_signature
from archive.models import Edition
from archive.packs.writing import PackWriter
from archive.paper_payloads import is_outdated
from archive.store import editions, signed
from archive.wanted import Wanted
from gradebook import printing
from gradebook.models import Enrolment, Movement
from transcripts.transfer_format import DATA_NAME

README = "DOC-TRUOC.txt"


class NothingPrinted(ValueError):
    """No booklet of the pupil is printed yet."""


class Outdated(ValueError):
    """The records say something else than the last booklet: a new edition comes first."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    name: str
    content: bytes


@recorded_write
def hand_over(*, pupil: Enrolment, by: User) -> HandedOver:
    """The ZIP of the last edition, by the clerk; that it left is part of the record (S0-28).

    `pupil` needs the student and the class with its year. Raises NothingPrinted, Outdated, StoreDamaged.
    """
    if not by.may(Permission.REQUEST_BOOK):
        raise PermissionDenied
    wanted = Wanted(Edition.Kind.TRANSCRIPT, pupil.school_class, student=pupil.student)
    edition = (
        wanted.editions.issued().select_related("student", "school_class__year").order_by("-number").first()
    )
    if edition is None:
        raise NothingPrinted
    if is_outdated(edition):
        raise Outdated
    content = _package(edition)
    audit.record(
        by=by,
        verb="archive.transcript.handed_over",
        target=edition,
        sha256=sha256(content).hexdigest(),
        to=_next_school(pupil),
    )
    return HandedOver(f"{_folder(edition)}.zip", content)


def _package(edition: Edition) -> bytes:
    """With what has been signed by now; then the same edition makes the same bytes."""
    signature = newest_signature(edition)
    newest = signature or edition
    booklet = (signed if signature else editions).genuine(newest.path, newest.sha256)
    target = BytesIO()
    with PackWriter(target, _folder(edition)) as pack:
        name = name_of(edition, signature)
        pack.add(README, _readme(edition, name))
        pack.add(name, booklet)
        pack.add(DATA_NAME, edition.payload)
    return target.getvalue()


def _folder(edition: Edition) -> str:
    return edition.file_name.removesuffix(".pdf")


def _readme(edition: Edition, file: str) -> str:
    context = {
        "edition": edition,
        "file": file,
        "data": DATA_NAME,
        "address": f"{settings.PUBLIC_URL}/verify/{edition.code}/",
    }
    return printing.page("archive/print/hand_over.txt", context)


def _next_school(pupil: Enrolment) -> str:
    gone = Movement.objects.standing().filter(student=pupil.student, kind=Movement.Kind.TRANSFERRED).last()
    return gone.other_school if gone else ""
