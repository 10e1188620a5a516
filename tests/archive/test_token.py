"""The seal's key on a token: a real PKCS#11 module (SoftHSM) that never gives the key away."""

import os
import subprocess
from pathlib import Path
from shutil import which

import pkcs11
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11.util.x509 import decode_x509_certificate

from archive import store
from archive.signing import acts, checking
from archive.signing.keys import FileKey, KeyUnusable, TokenKey
from gradebook import pdfa
from tests.archive.authority import KEY_PASSWORD, certificate, private_key
from tests.cast import Cast

MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm.so", "/usr/lib64/libsofthsm2.so")
MODULE = next((path for path in MODULES if Path(path).exists()), "")
TOKEN, LABEL, PIN = "Trường Sông Hồng", "con-dau", "246810"

pytestmark = [
    pytest.mark.one_database,
    pytest.mark.django_db,
    pytest.mark.skipif(not (MODULE and which("softhsm2-util")), reason="needs SoftHSM: apt install softhsm2"),
]


@pytest.fixture(scope="session")
def token(tmp_path_factory) -> None:
    """One for all tests: a process reads the module's configuration once."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    _util("--init-token", "--free", "--so-pin", "13579")
    key = folder / "key.pem"
    own = private_key("Trường THCS Sông Hồng")
    key.write_bytes(own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    _util("--import", str(key), "--token", TOKEN, "--id", "01")


def _util(act: str, *words: str) -> None:
    told = ["softhsm2-util", act, *words, "--label", TOKEN if act == "--init-token" else LABEL, "--pin", PIN]
    subprocess.run(told, check=True, capture_output=True)


@pytest.fixture
def seal(token, authority, settings) -> None:
    """The token holds the key's certificate; the environment names the token and no file."""
    der = certificate("Trường THCS Sông Hồng", private_key("Trường THCS Sông Hồng"), issuer=authority)
    found = pkcs11.lib(MODULE).get_token(token_label=TOKEN)
    with found.open(rw=True, user_pin=PIN) as session:
        for old in session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE}):
            old.destroy()
        facts = decode_x509_certificate(der.public_bytes(Encoding.DER))
        session.create_object({**facts, pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: LABEL})
    settings.SEAL_KEY_FILE = ""
    settings.SEAL_MODULE, settings.SEAL_TOKEN, settings.SEAL_LABEL = MODULE, TOKEN, LABEL
    settings.SEAL_PASSWORD = PIN


@pytest.fixture
def cast(shared_book) -> Cast:
    return shared_book.cast


@pytest.fixture
def waiting(cast, final_book, authority):
    """Both people have signed; the seal is missing."""
    for person in (cast.mai, cast.hanh):
        key = FileKey(authority.key_file(person.full_name), KEY_PASSWORD)
        acts.sign_edition(edition=final_book, key=key, by=person)
    return final_book


def test_the_seal_on_a_token_signs_the_book(cast, waiting, seal):
    signature = acts.seal_edition(edition=waiting, by=cast.cuc)
    content = store.signed.locate(signature.path).read_bytes()
    last = checking.check(content, [signature.signed_at] * 3)[-1]

    assert last.certificate.name == "Trường THCS Sông Hồng"
    assert last.is_good and last.is_trusted
    assert pdfa.faults(content) == []


def test_a_wrong_pin_or_another_token_seals_nothing(cast, waiting, seal, settings, caplog):
    settings.SEAL_PASSWORD = "000000"
    with pytest.raises(KeyUnusable, match="wrong-pin"):
        acts.seal_edition(edition=waiting, by=cast.cuc)
    settings.SEAL_PASSWORD, settings.SEAL_TOKEN = PIN, "khác"
    with pytest.raises(KeyUnusable, match="no-token"):
        acts.seal_edition(edition=waiting, by=cast.cuc)
    settings.SEAL_TOKEN, settings.SEAL_LABEL = TOKEN, "khác"
    with pytest.raises(KeyUnusable, match="no-token"):
        acts.seal_edition(edition=waiting, by=cast.cuc)

    assert waiting.signatures.count() == 2
    assert PIN not in caplog.text and PIN not in repr(TokenKey(MODULE, TOKEN, LABEL, PIN))
