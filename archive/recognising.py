"""A file that somebody holds: is it one that the school issued? Only bytes are compared; it is not opened or kept."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from archive.models import Edition, Signature


@dataclass(frozen=True, slots=True)
class Digests:
    """Of a whole file, and of as many of its first bytes as the edition's own file has."""

    whole: str
    beginning: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """`kind`: this, other, changed, unknown. `signatures`: how many the file carries."""

    kind: str
    sha256: str
    edition: Edition | None = None
    signatures: int = 0


def digests(chunks: Iterable[bytes], length: int) -> Digests:
    whole, beginning, left = hashlib.sha256(), hashlib.sha256(), length
    for chunk in chunks:
        whole.update(chunk)
        beginning.update(chunk[:left])
        left -= min(left, len(chunk))
    return Digests(whole.hexdigest(), beginning.hexdigest())


def recognise(chunks: Iterable[bytes], edition: Edition) -> Recognised:
    """Beside the edition whose code was followed. Changed: it begins as that edition, and nobody signed it so."""
    found = digests(chunks, edition.size or 0)
    issued, signatures = _issued_as(found.whole)
    if issued is not None:
        kind = "this" if issued.pk == edition.pk else "other"
        return Recognised(kind, found.whole, issued, signatures)
    if found.beginning == edition.sha256:
        return Recognised("changed", found.whole)
    return Recognised("unknown", found.whole)


def _issued_as(sha256: str) -> tuple[Edition | None, int]:
    about = ("school_class__year", "course__subject", "teacher", "year")
    issued = Edition.objects.issued().without_payload().filter(sha256=sha256).select_related(*about).first()
    if issued is not None:
        return issued, 0
    signature = Signature.objects.filter(sha256=sha256).first()
    if signature is None:
        return None, 0
    signed = Edition.objects.without_payload().select_related(*about).get(pk=signature.edition_id)
    return signed, signature.number
