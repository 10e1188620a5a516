"""The register of corrections: what was changed in a class and year, and the count that the class book prints."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.change_layout import corrected
from archive.payload import freeze_class_book
from corrections import actions
from corrections.register import read_register
from tests.cast import client_of, in_english
from tests.corrections.papers import carried_out
from tests.poppler import words_of


def url_of(scene):
    return f"/corrections/register/{scene.cast.classes['6A'].pk}/"


@pytest.mark.duty("S3-39")
def test_the_register_lists_what_was_carried_out_with_the_decision_and_the_minutes(scene):
    carried_out(scene, scene.edit("9"), scene.edit("7", version=0, pupil=1))
    scene.submit(scene.edit("5", version=0, pupil=2))  # only asked for

    page = in_english(scene.cast.mai).get(url_of(scene)).text

    assert "In this book 2 places were corrected." in page
    assert "Toán: 2" in page
    assert page.count("1/2026-2027") == 2
    for words in ("Trần Bảo An", "Lê Thị Ánh", "<del>8</del>", "<ins>9</ins>", "Nguyễn Thị Hạnh"):
        assert words in page
    assert "Phạm Gia Bình" not in page


def test_a_cell_that_was_corrected_twice_is_one_place_and_the_class_book_says_the_same(scene):
    carried_out(scene)
    carried_out(scene, scene.edit("10", version=2))

    school_class = scene.cast.classes["6A"]
    assert read_register(school_class).places == 1
    assert len(corrected(freeze_class_book(school_class))) == 1
    paper = words_of(client_of(scene.cast.hanh).get(f"{url_of(scene)}pdf/").content)
    assert "Trong bảng này có sửa chữa ở 1 chỗ: Toán 1 chỗ." in paper
    assert "BB 2" in paper


def test_a_refused_request_and_another_class_do_not_count(scene):
    refused = scene.submit()
    actions.refuse(correction=refused, by=scene.cast.hanh, note="Không")
    assert "Nothing was corrected" in in_english(scene.cast.hanh).get(url_of(scene)).text
    other = f"/corrections/register/{scene.cast.classes['6B'].pk}/"
    assert "Nothing was corrected" in in_english(scene.cast.hanh).get(other).text


def test_the_register_asks_the_same_for_many_requests(scene):
    client = client_of(scene.cast.hanh)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(url_of(scene))
        return len(captured)

    carried_out(scene)
    queries()
    one = queries()
    for pupil in range(1, 4):
        carried_out(scene, scene.edit("7", version=0, pupil=pupil))
    assert queries() == one
