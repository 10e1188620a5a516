"""The keys that the demonstration hands out: enough to sign with, readable by nobody else, made once."""

import pytest
from django.utils import timezone

from archive.signing.certificates import trusted
from archive.signing.keys import FileKey, KeyUnusable, certificate_in_force, seal_key
from schoolrecords.demonstration import keys
from schoolrecords.demonstration.staff import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(cast, tmp_path, settings, monkeypatch):
    monkeypatch.setattr(keys, "HOLDERS", ("hanh",))
    made = tmp_path / "keys"
    keys.make(made)
    settings.TRUST_DIR, settings.SEAL_KEY_FILE, settings.SEAL_PASSWORD = str(made), str(made / keys.SEAL), ""
    return made


def test_the_seal_and_a_leaders_key_open_and_their_authority_is_trusted(cast, folder):
    [authority] = trusted()
    seal = seal_key()
    assert seal is not None
    for key, name in (
        (seal, "Trường THCS Sông Hồng"),
        (FileKey((folder / "hanh.p12").read_bytes(), PASSWORD), cast.hanh.full_name),
    ):
        with key.opened() as signer:
            found = certificate_in_force(signer, timezone.now())
        assert (found.name, found.issuer) == (name, keys.AUTHORITY)
    assert keys.AUTHORITY in authority.subject.rfc4514_string().replace("\\", "")


def test_nobody_else_can_read_them_and_they_are_made_once(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    keys.make(folder)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert folder.stat().st_mode & 0o077 == 0
    with (
        pytest.raises(KeyUnusable, match="wrong-password"),
        FileKey(before["hanh.p12"], "khác").opened(),
    ):
        pass
