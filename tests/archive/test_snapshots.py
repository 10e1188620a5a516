"""What stood in a class's book at every lock and correction is kept, and two states are compared in words."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import AuditEvent
from archive.models import Snapshot, SnapshotSource
from archive.snapshots import taking
from archive.snapshots.differences import between
from archive.store import snapshots
from corrections import actions
from tests.cast import enrol, signed_in
from tests.corrections.scene import Scene
from transcripts.payload import fingerprint

pytestmark = pytest.mark.django_db


def text_of(taken: Snapshot) -> str:
    with snapshots.open(taken.path) as file:
        return file.read().decode()


@pytest.fixture
def corrected(cast) -> Scene:
    """Locked and kept, then corrected from 8 to 9 and kept again."""
    scene = Scene.locked(cast)
    taking.take_due()
    correction = scene.submit()
    actions.approve(correction=correction, by=cast.hanh)
    actions.execute(correction=correction, by=cast.khoa)
    taking.take_due()
    return scene


def of_6a(scene: Scene) -> list[Snapshot]:
    return list(Snapshot.objects.filter(school_class=scene.cast.classes["6A"]).order_by("number"))


def test_a_lock_and_a_correction_each_leave_a_state_of_the_class(corrected):
    lock, correction = of_6a(corrected)
    assert (lock.number, lock.reason, lock.previous) == (1, "lock", None)
    assert (correction.number, correction.reason, correction.previous) == (2, "correction", lock)
    for taken in (lock, correction):
        assert fingerprint(text_of(taken)) == taken.sha256
    assert correction.history.get().history_user == corrected.cast.khoa


def test_the_difference_names_pupil_subject_place_values_and_request(corrected):
    old, new = (json.loads(text_of(taken))["book"] for taken in of_6a(corrected))
    pupil = corrected.cast.pupils["6A"][0].student.full_name
    sentences = [each.sentence for each in between(old, new)]
    assert f"{pupil}, Toán, ĐĐGtx 1, học kỳ I: 8 → 9, đề nghị 1/2026-2027" in sentences
    assert between(new, new) == []
    backwards = [each.sentence for each in between(new, old)]
    assert f"{pupil}, Toán, ĐĐGtx 1, học kỳ I: 9 → 8" in backwards


def test_nothing_is_kept_twice_and_an_act_is_looked_at_once(corrected):
    before = Snapshot.objects.count()
    SnapshotSource.objects.all().delete()
    assert taking.take_due() == 0
    assert Snapshot.objects.count() == before
    assert list(taking.due()) == []


def test_a_lock_whose_worker_was_killed_is_still_due(cast, monkeypatch):
    Scene.locked(cast)
    monkeypatch.setattr(taking, "_add", lambda *_: (_ for _ in ()).throw(RuntimeError("killed")))
    assert taking.take_due() == 0
    assert Snapshot.objects.count() == 0
    monkeypatch.undo()
    assert taking.take_due() > 0
    assert Snapshot.objects.filter(school_class=cast.classes["6A"]).count() == 1


def test_opening_a_book_keeps_nothing(cast):
    cast.execute("open", "CK1")
    assert taking.take_due() == 0


def test_a_snapshot_asks_no_more_for_45_pupils_than_for_5(cast):
    cast.execute("lock")
    act = AuditEvent.objects.filter(verb="gradebook.lock.executed").latest("pk")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert taking.take(cast.classes["6A"], act)
        return len(captured)

    few = queries()
    enrol(cast, "6A", 40)
    assert queries() <= few


def test_the_page_compares_two_states(client, corrected):
    client = signed_in(client, corrected.cast.vinh)
    with translation.override("en"):
        page = client.get(f"/archive/classes/{corrected.cast.classes['6A'].pk}/states/")
    assert next(each.requests for each in page.context["differences"]) == ("1/2026-2027",)
    assert "8 → 9, đề nghị 1/2026-2027" in page.content.decode()


def test_nothing_differs_is_said_only_of_two_states_that_are_the_same(client, corrected):
    """A teacher's new name changes the book, and neither a mark nor a result."""
    client, cast = signed_in(client, corrected.cast.vinh), corrected.cast
    cast.toan.full_name = "Đỗ Minh Toàn Anh"
    cast.toan.save()
    assert taking.take(cast.classes["6A"], AuditEvent.objects.filter(verb__in=taking.CORRECTED).latest("pk"))
    _lock, before, after = of_6a(corrected)

    def compared(old: Snapshot, new: Snapshot) -> tuple[bool, int]:
        pair = {"from": f"s{old.pk}", "to": f"s{new.pk}"}
        page = client.get(f"/archive/classes/{cast.classes['6A'].pk}/states/", pair)
        return page.context["is_same"], len(page.context["differences"])

    assert compared(after, after) == (True, 0)
    assert compared(before, after) == (False, 0)


def test_families_and_the_roll_differ_in_words_too():
    """Since version 5 the book holds both; one of before knows the parents by name."""
    pupil = {"number": 1, "name": "Trần Bảo An", "household": "none", "father": "Trần Văn Ba"}
    father = {"relation": "father", "name": "Trần Văn Ba", "occupation": "thợ mộc", "phone": ""}
    old = {"pupils": [pupil], "courses": [], "summary": []}
    new = {
        **old,
        "pupils": [{**pupil, "household": "poor", "family": [father]}],
        "roll": {"absences": [[1, "2026-10-05", "morning", "excused"]]},
    }

    assert [each.sentence for each in between(old, new)] == [
        "Trần Bảo An, Sơ yếu lý lịch, hoàn cảnh gia đình: không → Hộ nghèo",
        "Trần Bảo An, Sơ yếu lý lịch, cha: Trần Văn Ba → Trần Văn Ba, thợ mộc",
        "Trần Bảo An, Điểm danh, buổi sáng 05/10/2026: (trống) → P",
    ]


def test_a_state_that_is_lost_is_said_to_be(client, corrected, settings):
    (settings.FILE_STORE / of_6a(corrected)[0].path).unlink()
    page = signed_in(client, corrected.cast.vinh).get(
        f"/archive/classes/{corrected.cast.classes['6A'].pk}/states/"
    )
    assert page.context["is_lost"]
