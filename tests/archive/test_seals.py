"""What is done behind a lock is sealed as soon as it is done (S0-21), and every day."""

import pytest

from accounts.models import Seal
from accounts.seals import checking
from accounts.tasks import seal_history
from archive import rendering
from archive.models import Edition
from archive.store import editions
from corrections import actions
from gradebook.models import LockOrder
from tests.corrections.scene import Scene
from tests.poppler import pages_of

pytestmark = pytest.mark.django_db


def sealed() -> list[tuple[str, str]]:
    return list(Seal.objects.order_by("number").values_list("reason", "reference"))


def test_a_lock_order_is_sealed_when_it_is_carried_out(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        cast.execute("lock")

    assert sealed() == [("lock_order", str(LockOrder.objects.latest("pk").number))]
    assert Seal.objects.get().said["tables"]["gradebook_historicalwindow"]["count"] > 0
    assert Seal.objects.get().by_name == "Trần Đăng Khoa"


@pytest.mark.duty("S0-21", "S3-37")
def test_a_correction_is_sealed_with_the_old_value_the_new_one_and_the_whole_dossier(
    cast, django_capture_on_commit_callbacks
):
    scene = Scene.locked(cast)
    with django_capture_on_commit_callbacks(execute=True):
        correction = scene.approved()
    with django_capture_on_commit_callbacks(execute=True):
        actions.execute(correction=correction, by=cast.khoa)

    assert sealed() == [("correction", "1/2026-2027")]
    tables = Seal.objects.get().said["tables"]
    for name in ("request", "line", "decision", "execution"):
        table = (
            f"corrections_historicalcorrection{name}"
            if name in {"request", "line"}
            else f"corrections_historical{name}"
        )
        assert tables[table]["count"] > 0, name
    assert tables["gradebook_historicalmark"]["through"] == scene.mark().history.first().history_id


def test_an_edition_is_sealed_when_its_file_is_stored(ask, django_capture_on_commit_callbacks):
    edition = ask()
    with django_capture_on_commit_callbacks(execute=True):
        rendering.render(edition.pk)

    assert sealed() == [("edition", "6A #1")]


def test_every_day_has_its_seal_even_when_nothing_was_written(cast):
    seal_history()
    seal_history()

    assert sealed() == [("daily", ""), ("daily", "")]
    assert Seal.objects.get(number=2).rows == 0


def test_a_seal_that_fails_undoes_nothing(cast, monkeypatch, django_capture_on_commit_callbacks, caplog):
    """The disk is full: the books are locked all the same, and the next seal covers it."""

    def full(*args, **kwargs):
        raise OSError("no space left")

    with monkeypatch.context() as patched, django_capture_on_commit_callbacks(execute=True):
        patched.setattr("accounts.files.os.fsync", full)
        cast.execute("lock")
    assert not Seal.objects.exists()
    assert "no space left" in caplog.text

    seal_history()
    assert Seal.objects.get().said["tables"]["gradebook_historicalwindow"]["count"] > 0


def test_every_page_of_an_edition_names_the_newest_seal_and_its_hash_is_found_in_the_chain(cast, ask):
    """An anchor outside the portal: who makes the chain anew would have to collect the paper."""
    seal_history()
    made = Seal.objects.get()
    edition = ask()
    rendering.render(edition.pk)

    pages = pages_of(editions.read(Edition.objects.get(pk=edition.pk).path))
    printed = f"Niêm phong lịch sử số 1: {made.sha256[:32]}"
    assert pages and all(printed in page for page in pages)
    assert checking.seal_with_hash(made.sha256[:32]) == made
