"""A class book of 6A that was really rendered, a corrected mark with evidence, and the bag of both."""

import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from accounts.models import Seal
from accounts.seals.making import seal_now
from archive import bag_actions, rendering
from archive.actions import request_class_book
from archive.bags import making
from archive.models import Bag, Edition
from corrections import actions
from tests.corrections.scene import Scene, handed_in, png


@pytest.fixture
def scene(cast) -> Scene:
    scene = Scene.locked(cast)
    correction = scene.submit(uploads=(handed_in("bài kiểm tra của An.png", png()),))
    actions.approve(correction=correction, by=cast.hanh)
    actions.execute(correction=correction, by=cast.khoa)
    issue_book(scene)
    return scene


def issue_book(scene: Scene) -> Edition:
    edition = request_class_book(school_class=scene.cast.classes["6A"], by=scene.cast.cuc)
    rendering.render(edition.pk)
    seal_now(reason=Seal.Reason.DAILY)
    return Edition.objects.get(pk=edition.pk)


def asked(scene: Scene, *names: str) -> bag_actions.Asked:
    classes = [scene.cast.classes[name] for name in names or ("6A",)]
    return bag_actions.request_bags(year=scene.cast.year, classes=classes, by=scene.cast.cuc)


def made(scene: Scene) -> Bag:
    [bag] = asked(scene).bags
    making.make(bag.pk)
    return Bag.objects.get(pk=bag.pk)


def unpacked(bag: Bag, where: Path) -> Path:
    zipfile.ZipFile(settings.FILE_STORE / bag.path).extractall(where)
    return where / bag.folder


@pytest.fixture
def folder(scene, tmp_path) -> Path:
    return unpacked(made(scene), tmp_path / "medium")
