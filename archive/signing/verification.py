"""Are the signed files of an edition what was signed? Each row against its file, each file against that before."""

from collections.abc import Iterator, Sequence

from accounts.models import AuditEvent
from archive import store
from archive.models import Edition, Signature
from archive.retention import is_destroyed
from archive.signing.turns import signatures_of
from gradebook import pdfa

SIGNED = "archive.edition.signed"
Fault = tuple[str, str]


def faults(edition: Edition) -> list[Fault]:
    """Codes with a detail for the technician; nothing for an edition that nobody has signed."""
    signatures = signatures_of(edition)
    found = list(_vanished(edition, signatures))
    before: bytes | None = None
    for place, signature in enumerate(signatures, start=1):
        try:
            content = store.signed.read(signature.path)
        except OSError:
            if not is_destroyed(edition):
                found.append(("signed-file-missing", signature.path))
            before = None
            continue
        found += _file_faults(signature, content, before)
        found += _signature_faults(signatures[:place], content)
        before = content
    return found


def _vanished(edition: Edition, signatures: Sequence[Signature]) -> Iterator[Fault]:
    """The journal has an entry for each signature; numbers have no gap."""
    told = AuditEvent.objects.filter(verb=SIGNED, target_type="archive.edition", target_id=edition.pk)
    numbers = [each.number for each in signatures]
    if told.count() > len(signatures) or numbers != list(range(1, len(signatures) + 1)):
        yield "signature-vanished", f"{told.count()} ≠ {len(signatures)}"


def _file_faults(signature: Signature, content: bytes, before: bytes | None) -> Iterator[Fault]:
    if store.digest(content) != signature.sha256 or len(content) != signature.size:
        yield "signed-file-changed", f"{signature.number}"
    elif pdfa.faults(content):
        yield "signed-not-pdfa", f"{signature.number}"
    if before is not None and not content.startswith(before):
        yield "signed-file-changed", f"{signature.number}"


def _signature_faults(signatures: Sequence[Signature], content: bytes) -> Iterator[Fault]:
    # Imported here: it takes over a second, and most editions are not signed.
    from archive.signing.checking import check

    try:
        found = check(content, [each.signed_at for each in signatures])
    except ValueError as error:
        yield "signature-broken", str(error)
        return
    if [each.certificate.sha256 for each in found] != [each.certificate_sha256 for each in signatures]:
        yield "signature-replaced", f"{signatures[-1].number}"
    if not all(each.is_good for each in found):
        yield "signature-broken", f"{signatures[-1].number}"
