"""The files of an edition: as it was issued, and after each signature."""

from collections.abc import Iterable
from typing import IO

from archive import store
from archive.models import Edition, Signature


def newest_signature(edition: Edition) -> Signature | None:
    return newest_signatures([edition]).get(edition.pk)


def newest_signatures(editions: Iterable[Edition]) -> dict[int, Signature]:
    """By edition; one that nobody has signed is missing. One query."""
    found = Signature.objects.filter(edition__in=[each.pk for each in editions], next=None)
    return {signature.edition_id: signature for signature in found}


def open_file(edition: Edition, signature: Signature | None) -> IO[bytes]:
    """Raises OSError when the store has lost it."""
    if signature is None:
        return store.editions.open(edition.path)
    return store.signed.open(signature.path)


def name_of(edition: Edition, signature: Signature | None) -> str:
    """so-theo-doi-6A-2026-2027-ban-2-ky-3.pdf: with the third signature."""
    if signature is None:
        return edition.file_name
    return edition.file_name.replace(".pdf", f"-ky-{signature.number}.pdf")
