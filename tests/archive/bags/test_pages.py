"""Ordering bags, taking them away, and the register of copies."""

import io
import zipfile

import pytest

from accounts.models import AuditEvent
from archive import rendering
from archive.actions import request_class_book
from archive.bags import making
from archive.models import Bag, Medium, MediumEvent
from tests.archive.bags.conftest import made
from tests.archive.conftest import move_school
from tests.cast import in_english, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client, scene):
    return signed_in(client, scene.cast.cuc)


def test_the_clerk_orders_bags_of_all_classes_and_takes_one_away(clerk):
    answer = clerk.post("/archive/bags/request/", follow=True)
    [waiting] = Bag.objects.all()
    assert "6B" in answer.content.decode()
    assert f"/archive/bags/{waiting.pk}/progress/" in answer.content.decode()
    assert clerk.get(f"/archive/bags/{waiting.pk}/download/").status_code == 404

    making.make(waiting.pk)

    taken = clerk.get(f"/archive/bags/{waiting.pk}/download/")
    assert "tui-6A-2026-2027-ban-1.zip" in taken["Content-Disposition"]
    assert zipfile.ZipFile(io.BytesIO(taken.getvalue())).testzip() is None
    assert AuditEvent.objects.filter(verb="archive.bag.downloaded").exists()
    done = clerk.get(f"/archive/bags/{waiting.pk}/progress/", headers={"hx-request": "true"})
    assert done["HX-Refresh"] == "true"


def test_a_bag_whose_file_is_lost_is_said_to_be(clerk, scene, file_store):
    bag = made(scene)
    (file_store / bag.path).unlink()
    answer = clerk.get(f"/archive/bags/{bag.pk}/download/", follow=True)
    assert [str(message.level_tag) for message in answer.context["messages"]] == ["error"]


def test_a_failed_bag_is_tried_again(clerk, scene):
    bag = made(scene)
    clerk.post(f"/archive/bags/{bag.pk}/retry/")
    assert Bag.objects.get().state == Bag.State.DONE
    Bag.objects.filter(pk=bag.pk).update(
        state="failed", sha256="", path="", tag_sha256="", size=None, files=None, octets=None
    )
    clerk.post(f"/archive/bags/{bag.pk}/retry/")
    assert Bag.objects.get().state == Bag.State.QUEUED


def test_a_class_with_something_newer_than_its_last_bag_says_so(scene):
    made(scene)
    clerk = in_english(scene.cast.cuc)
    newer = "printed or signed since: make a new bag"
    assert newer not in clerk.get("/archive/bags/").text

    move_school(scene.cast)
    rendering.render(request_class_book(school_class=scene.cast.classes["6A"], by=scene.cast.cuc).pk)

    assert newer in clerk.get("/archive/bags/").text


@pytest.mark.duty("S3-69")
def test_a_copy_is_entered_and_what_becomes_of_it_is_noted(clerk, scene):
    bag = made(scene)
    assert [each.name for each in clerk.get("/archive/media/").context["without_bag"]] == ["6B"]
    refused = clerk.post("/archive/media/record/", {"kind": "usb", "label": "Kingston 01"})
    assert refused.status_code == 422
    assert "Kingston 01" in refused.content.decode()
    clerk.post("/archive/media/record/", {"kind": "usb", "label": "Kingston 01", "kept_at": "Tủ số 2"})
    medium = Medium.objects.get()
    index = clerk.get(f"/archive/media/{medium.pk}/index.json")
    assert index.content.decode() == medium.contents
    assert bag.tag_sha256 in medium.contents

    note = f"/archive/media/{medium.pk}/note/"
    tomorrow = {"kind": "handed_over", "on": "2126-01-01", "person": "Phòng GD&ĐT"}
    assert clerk.post(note, tomorrow).status_code == 422
    clerk.post(note, {"kind": "checked", "on": "2026-11-01", "person": "Nguyễn Thị Cúc", "note": "đủ"})
    assert MediumEvent.objects.get().noted_by == scene.cast.cuc
    register = clerk.get("/archive/media/")
    assert register.context["media"][0].last_check == MediumEvent.objects.get()
