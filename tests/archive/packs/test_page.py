"""Asking for evidence packs and taking them away."""

import io
import re
import zipfile
from html import unescape

import pytest

from accounts.models import AuditEvent
from archive.models import EvidencePack
from archive.packs import making
from corrections.models import CorrectionRequest
from tests.cast import signed_in
from tests.corrections.scene import Scene

pytestmark = pytest.mark.django_db
URL = "/archive/evidence-packs/"


@pytest.fixture
def scene(cast) -> Scene:
    scene = Scene.locked(cast)
    scene.submit()
    return scene


@pytest.fixture
def leader(client, scene):
    return signed_in(client, scene.cast.vinh)


@pytest.mark.duty("S3-71")
def test_a_leader_asks_for_a_pack_by_the_number_of_the_request_and_takes_it_away(leader):
    leader.post(f"{URL}request/", {"reference": " 1/2026–2027 "})
    pack = EvidencePack.objects.get()
    assert pack.correction == CorrectionRequest.objects.get()
    assert leader.get(f"{URL}{pack.pk}/download/").status_code == 404

    making.make(pack.pk)

    answer = leader.get(f"{URL}{pack.pk}/download/")
    assert "minh-chung-sua-diem-1-2026-2027.zip" in answer["Content-Disposition"]
    assert zipfile.ZipFile(io.BytesIO(answer.getvalue())).testzip() is None
    assert AuditEvent.objects.filter(verb="archive.pack.downloaded", actor_name="Lê Quang Vinh").exists()


def test_a_leader_asks_for_a_pack_of_a_class(leader, scene):
    leader.post(f"{URL}request/?year={scene.cast.year.name}", {"school_class": scene.cast.classes["6A"].pk})

    assert EvidencePack.objects.get().school_class == scene.cast.classes["6A"]


@pytest.mark.parametrize(
    "number", ["9/2026-2027", "1", "x/2026-2027", "1/2030-2031", "9" * 30 + "/2026-2027"]
)
def test_a_number_that_nobody_knows_is_refused_beside_the_field_and_stays_typed(leader, number):
    answer = leader.post(f"{URL}request/", {"reference": number})

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"reference"}
    assert number in answer.content.decode()
    assert not EvidencePack.objects.exists()


def test_neither_or_both_is_refused(leader, scene):
    both = {"reference": "1/2026-2027", "school_class": scene.cast.classes["6A"].pk}
    for data in ({}, both):
        assert leader.post(f"{URL}request/", data).status_code == 422


def test_what_is_asked_for_twice_before_it_is_made_is_made_once(leader):
    for _ in range(2):
        leader.post(f"{URL}request/", {"reference": "1/2026-2027"})

    assert EvidencePack.objects.count() == 1


def test_a_pack_that_failed_says_so_and_is_tried_again(leader, monkeypatch):
    leader.post(f"{URL}request/", {"reference": "1/2026-2027"})
    pack = EvidencePack.objects.get()
    with monkeypatch.context() as full:
        full.setattr("accounts.files.os.fsync", lambda descriptor: 1 / 0)
        making.make(pack.pk)
    assert f"{URL}{pack.pk}/retry/" in leader.get(URL).content.decode()

    leader.post(f"{URL}{pack.pk}/retry/")
    making.make(pack.pk)

    assert EvidencePack.objects.get().state == "done"
    assert "message-warning" in leader.post(f"{URL}{pack.pk}/retry/", follow=True).content.decode()


def test_the_dossier_leads_an_inspector_to_a_pack_of_it_with_the_number_filled_in(leader, scene):
    dossier = f"/corrections/{CorrectionRequest.objects.get().pk}/"
    [link] = re.findall(rf'href="({URL}[^"]*)"', leader.get(dossier).content.decode())

    assert leader.get(unescape(link)).context["form"]["reference"].value() == "1/2026-2027"
    leader.force_login(scene.cast.toan)
    assert URL not in leader.get(dossier).content.decode()


def test_a_teacher_gets_no_pack_even_of_the_own_request(client, scene):
    teacher = signed_in(client, scene.cast.toan)

    assert teacher.post(f"{URL}request/", {"reference": "1/2026-2027"}).status_code == 403


def test_the_dossier_leads_to_its_packs_and_they_lead_back(leader, client, scene):
    [first, second] = [CorrectionRequest.objects.get(), scene.submit(scene.edit("7", version=0, pupil=1))]
    for correction in (first, second):
        leader.post(f"{URL}request/", {"reference": correction.reference})
    link = f"{URL}?correction=1/2026-2027&amp;year=2026-2027"
    assert link in leader.get(f"/corrections/{first.pk}/").text

    page = leader.get(link.replace("&amp;", "&"))

    assert [pack.correction for pack in page.context["packs"]] == [first]
    assert page.context["form"]["reference"].value() == "1/2026-2027"
    assert f'href="/corrections/{first.pk}/"' in page.text
    assert f'href="/corrections/{second.pk}/"' not in page.text
    assert len(leader.get(f"{URL}?correction=x").context["packs"]) == 2
    assert URL not in signed_in(client, scene.cast.toan).get(f"/corrections/{first.pk}/").text
