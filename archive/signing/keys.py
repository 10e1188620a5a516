"""The keys that sign: a file (PKCS#12) that somebody hands in for one act, the school's file, or its token (PKCS#11).

No key, password or PIN is ever stored or logged.
"""

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pkcs11
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers import Signer, SimpleSigner

from archive.signing.certificates import Certificate, certificate_of

# It would log a traceback for a mistyped password.
logging.getLogger("pyhanko.sign.signers").setLevel(logging.CRITICAL)


class KeyUnusable(ValueError):
    """Nothing was signed. Codes: not-a-key-file, wrong-password, no-key, too-early, expired, no-token, wrong-pin."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Key(Protocol):
    """Something that can sign for as long as it is open."""

    def opened(self) -> AbstractContextManager[Signer]: ...


@dataclass(frozen=True, slots=True)
class FileKey:
    """A PKCS#12 file (.p12, .pfx) and its password."""

    content: bytes = field(repr=False)
    password: str = field(repr=False)

    @contextmanager
    def opened(self) -> Iterator[Signer]:
        """Raises KeyUnusable not-a-key-file, wrong-password or no-key."""
        secret = self.password.encode() or None
        _check_file(self.content, secret)
        signer = SimpleSigner.load_pkcs12_data(self.content, other_certs=[], passphrase=secret)
        if signer is None:
            raise KeyUnusable("not-a-key-file")
        yield signer


def _check_file(content: bytes, secret: bytes | None) -> None:
    if not content.startswith(b"\x30"):
        raise KeyUnusable("not-a-key-file")
    try:
        key, certificate, _chain = pkcs12.load_key_and_certificates(content, secret)
    except (ValueError, TypeError) as error:  # TypeError: a password is asked for, or there is none
        known = "password" in str(error).lower()
        raise KeyUnusable("wrong-password" if known else "not-a-key-file") from None
    except UnsupportedAlgorithm:
        raise KeyUnusable("not-a-key-file") from None
    if key is None or certificate is None:
        raise KeyUnusable("no-key")


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A key that never leaves its token: a USB stick or HSM that speaks PKCS#11."""

    module: str
    token: str
    label: str
    pin: str = field(repr=False)

    @contextmanager
    def opened(self) -> Iterator[Signer]:
        """Raises KeyUnusable no-token or wrong-pin."""
        try:
            session = open_pkcs11_session(
                self.module, token_criteria=TokenCriteria(label=self.token), user_pin=self.pin
            )
        except (pkcs11.PinIncorrect, pkcs11.PinLenRange, pkcs11.PinInvalid):
            raise KeyUnusable("wrong-pin") from None
        except Exception:  # the module is missing, the token is not plugged in, its driver refuses …
            raise KeyUnusable("no-token") from None
        with session:
            try:
                yield PKCS11Signer(session, cert_label=self.label, key_label=self.label)
            except pkcs11.PKCS11Error:  # it holds no key of this label, or was pulled out meanwhile
                raise KeyUnusable("no-token") from None


def seal_key() -> FileKey | TokenKey | None:
    """The key of the school's seal, from the environment; None where there is none."""
    if settings.SEAL_MODULE:
        return TokenKey(
            settings.SEAL_MODULE, settings.SEAL_TOKEN, settings.SEAL_LABEL, settings.SEAL_PASSWORD
        )
    path = Path(settings.SEAL_KEY_FILE) if settings.SEAL_KEY_FILE else None
    if path is None or not path.is_file():
        return None
    return FileKey(path.read_bytes(), settings.SEAL_PASSWORD)


def certificate_in_force(signer: Signer, now: datetime) -> Certificate:
    """Whose key it is. Raises KeyUnusable too-early, expired or no-key."""
    found = signer.signing_cert
    if found is None:
        raise KeyUnusable("no-key")
    certificate = certificate_of(x509.load_der_x509_certificate(found.dump()))
    if now < certificate.since:
        raise KeyUnusable("too-early")
    if now > certificate.until:
        raise KeyUnusable("expired")
    return certificate
