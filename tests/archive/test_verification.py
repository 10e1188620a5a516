"""Every flipped byte is found: by the command, and on the page."""

import random
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from archive.models import Edition
from archive.store import editions
from archive.verification import verify
from tests.archive.conftest import move_school

pytestmark = pytest.mark.one_database


def damage(edition: Edition, position: int) -> None:
    path = editions.locate(edition.path)
    content = bytearray(path.read_bytes())
    content[position] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)


def codes(edition: Edition) -> set[str]:
    return {finding.code for finding in verify(edition)}


def run_command() -> str:
    out = StringIO()
    call_command("verify_archive", stdout=out, stderr=out)
    return out.getvalue()


def test_an_untouched_archive_is_clean(cast, issue, ask):
    issue()
    move_school(cast)
    ask()

    assert run_command() == "1 issued editions checked, 1 not issued yet, 0 faults\n"


def test_one_flipped_byte_is_found_wherever_it_is(issue):
    edition = issue()
    whole = editions.locate(edition.path).read_bytes()
    for position in [0, edition.size - 1, *random.Random(1).sample(range(edition.size), 30)]:
        damage(edition, position)
        assert "file-changed" in codes(edition), position
        editions.locate(edition.path).write_bytes(whole)
    assert codes(edition) == set()


def test_the_command_names_the_edition_and_fails(issue, capsys):
    edition = issue()
    damage(edition, 100)
    errors = StringIO()

    with pytest.raises(CommandError, match="1 issued editions checked, 0 not issued yet, ") as failed:
        call_command("verify_archive", stderr=errors)
    assert failed.value.returncode == 1
    assert f"edition {edition.pk} (2026-2027 6A #1): file-changed" in errors.getvalue()


def test_a_missing_and_a_shortened_file_are_found(issue):
    edition = issue()
    path = editions.locate(edition.path)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1])
    assert {"size-differs", "file-changed"} <= codes(edition)

    path.unlink()
    assert codes(edition) == {"file-missing"}


def test_changed_data_are_found_even_with_a_fitting_fingerprint(issue):
    edition = issue()
    payload = edition.payload.replace("Trần Bảo An", "Trần Bảo Ân")
    edition.payload = payload
    assert {"payload-changed", "attachment-differs"} <= codes(edition)

    from transcripts.payload import fingerprint

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE archive_edition SET payload = %s, fingerprint = %s", [payload, fingerprint(payload)]
        )
    assert codes(Edition.objects.get()) == {"attachment-differs"}
