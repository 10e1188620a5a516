"""What the portal says of a certificate, and which authorities it trusts."""

import logging
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.conf import settings

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Certificate:
    name: str
    """The common name: a person, or the school."""
    subject: str
    issuer: str
    since: datetime
    until: datetime
    sha256: str


def certificate_of(found: x509.Certificate) -> Certificate:
    der = found.public_bytes(Encoding.DER)
    return Certificate(
        name=_common_name(found.subject)[:200],
        subject=found.subject.rfc4514_string()[:500],
        issuer=_common_name(found.issuer),
        since=found.not_valid_before_utc,
        until=found.not_valid_after_utc,
        sha256=sha256(der).hexdigest(),
    )


def _common_name(name: x509.Name) -> str:
    values = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(values[0].value) if values else name.rfc4514_string()


def trusted() -> list[x509.Certificate]:
    """The authorities in the folder of the environment; a file that is no certificate is named in the log."""
    folder = Path(settings.TRUST_DIR)
    found: list[x509.Certificate] = []
    for path in sorted(folder.glob("*")) if folder.is_dir() else []:
        if path.suffix.lower() in {".pem", ".crt", ".cer"}:
            found += _read(path)
    return found


def _read(path: Path) -> list[x509.Certificate]:
    content = path.read_bytes()
    try:
        if b"-----BEGIN CERTIFICATE" in content:
            return x509.load_pem_x509_certificates(content)
        return [x509.load_der_x509_certificate(content)]
    except ValueError:
        logger.warning("not a certificate: %s", path.name)
        return []
