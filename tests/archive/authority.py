"""An authority of the tests: it certifies people, and hands out their keys as real PKCS#12 files."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

KEY_PASSWORD = "mat-khau-khoa"
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Authority:
    name: str

    @property
    def key(self) -> rsa.RSAPrivateKey:
        return private_key(self.name)

    @property
    def certificate(self) -> x509.Certificate:
        return certificate(self.name, self.key, issuer=self)

    def trust_in(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        (folder / f"{self.name}.pem").write_bytes(self.certificate.public_bytes(Encoding.PEM))

    def key_file(self, name: str, *, password: str = KEY_PASSWORD, age: timedelta = timedelta()) -> bytes:
        own = private_key(name)
        return pkcs12.serialize_key_and_certificates(
            name.encode(),
            own,
            certificate(name, own, issuer=self, age=age),
            [self.certificate],
            BestAvailableEncryption(password.encode()),
        )


@lru_cache(maxsize=20)
def private_key(name: str) -> rsa.RSAPrivateKey:
    """One for each name: making them is slow."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(
    name: str, key: rsa.RSAPrivateKey | Ed25519PrivateKey, *, issuer: Authority, age: timedelta = timedelta()
) -> x509.Certificate:
    """Valid for a year, from a day before `age` ago."""
    since = datetime.now(UTC) - timedelta(days=1) - age
    is_root = name == issuer.name
    usage = x509.KeyUsage(not is_root, not is_root, False, False, False, is_root, is_root, False, False)
    builder = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer.name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + YEAR)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(usage, critical=True)
    )
    return builder.sign(issuer.key, hashes.SHA256())


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
