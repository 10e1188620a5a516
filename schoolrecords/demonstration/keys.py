"""Keys to try signing with: an invented authority, a key file for each leader, and the seal of the school.

Only the demonstration makes them, and it refuses to run in production.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from accounts.models import User
from gradebook.models import School
from schoolrecords.demonstration.staff import PASSWORD

AUTHORITY = "CA trình diễn, không có giá trị pháp lý"
TEN_YEARS = timedelta(days=3652)
HOLDERS = ("hieutruong", "gvcn6a", "gvcn5a", "gvcn12a")
SEAL = "con-dau.p12"


@dataclass(frozen=True, slots=True)
class _Authority:
    key: rsa.RSAPrivateKey
    certificate: x509.Certificate


def make(folder: Path) -> None:
    """Into a folder that only this user can read. What is there already stays."""
    if folder.exists():
        return
    folder.mkdir(mode=0o700)
    key = _key()
    authority = _Authority(key, _certificate(AUTHORITY, key, None))
    (folder / "ca.pem").write_bytes(authority.certificate.public_bytes(Encoding.PEM))
    for user in _holders():
        _write(folder / f"{user.username}.p12", user.full_name, authority, _locked())
    # The server's own: what protects it is that nobody else can read the folder.
    _write(folder / SEAL, School.objects.get().name, authority, NoEncryption())


def _holders() -> Iterable[User]:
    return User.objects.filter(username__in=HOLDERS)


def _locked() -> KeySerializationEncryption:
    return BestAvailableEncryption(PASSWORD.encode())


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _write(path: Path, name: str, authority: _Authority, encryption: KeySerializationEncryption) -> None:
    key = _key()
    own = _certificate(name, key, authority)
    content = pkcs12.serialize_key_and_certificates(
        name.encode(), key, own, [authority.certificate], encryption
    )
    path.touch(mode=0o600)
    path.write_bytes(content)


def _certificate(name: str, key: rsa.RSAPrivateKey, authority: _Authority | None) -> x509.Certificate:
    is_authority = authority is None
    since = datetime.now(UTC) - timedelta(days=1)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(authority.certificate.subject if authority else _named(name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + TEN_YEARS)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(_usage(is_authority=is_authority), critical=True)
    )
    return builder.sign(authority.key if authority else key, hashes.SHA256())


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def _named(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
