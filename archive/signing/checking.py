"""The signatures inside a document: whose, since when, whether anything was changed, whether they are trusted.

Nothing is fetched from a network: whether a certificate was revoked is not asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from archive.signing.certificates import Certificate, certificate_of, trusted

_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
"""Either will do: the authorities of Vietnam issue both kinds."""


@dataclass(frozen=True, slots=True)
class Checked:
    """`is_intact`: what was signed is as it was. `is_followed_by_signatures_only`: and so is what came after."""

    field: str
    certificate: Certificate
    claimed_at: datetime | None
    is_intact: bool
    is_followed_by_signatures_only: bool
    is_trusted: bool

    @property
    def is_good(self) -> bool:
        return self.is_intact and self.is_followed_by_signatures_only


def check(content: bytes, moments: Sequence[datetime]) -> list[Checked]:
    """Every signature in the order of signing. Trust is judged at the moments that the archive recorded, one each.

    Raises ValueError when the document cannot be read that far.
    """
    roots = [asn1.Certificate.load(each.public_bytes(Encoding.DER)) for each in trusted()]
    try:
        found = PdfFileReader(BytesIO(content)).embedded_signatures
        times = [*moments, *[None] * len(found)][: len(found)]
        return [_check(each, roots, moment) for each, moment in zip(found, times, strict=True)]
    except Exception as error:  # a damaged document makes the parser fall anywhere
        raise ValueError(f"{type(error).__name__}: {error}") from error


def _check(found: EmbeddedPdfSignature, roots: list[asn1.Certificate], moment: datetime | None) -> Checked:
    context = ValidationContext(trust_roots=roots, moment=moment, allow_fetching=False)
    status = validate_pdf_signature(found, context, key_usage_settings=_USAGE)
    return Checked(
        field=found.field_name,
        certificate=certificate_of(x509.load_der_x509_certificate(found.signer_cert.dump())),
        claimed_at=found.self_reported_timestamp,
        is_intact=status.intact and status.valid,
        is_followed_by_signatures_only=_only_signatures_follow(status),
        is_trusted=status.trusted,
    )


def _only_signatures_follow(status: PdfSignatureStatus) -> bool:
    level = status.modification_level
    return level is not None and level <= ModificationLevel.FORM_FILLING
