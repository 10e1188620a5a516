"""A correction that is carried out while its book is open again for a time: the papers say what is so."""

import re
from datetime import timedelta

from django.utils import timezone

from corrections import actions
from gradebook.actions import windows
from tests.corrections.chain import rule
from tests.corrections.papers import FORM, MINUTES, carried_out, pdf
from tests.poppler import text_of, words_of

A4_RIGHT_EDGE = 595.3 - 15 * 72 / 25.4
"""Points from the left; the right margin is 15 mm (NĐ 30/2020, annex I)."""


def opened_until(scene, hour):
    order = windows.order_lock(
        period=scene.cast.periods["GK1"],
        act="open",
        reason="Giáo viên nghỉ ốm",
        by=scene.cast.hanh,
        course=scene.course,
        until=hour,
    )
    windows.execute_lock_order(order=order, by=scene.cast.khoa)
    return order


def test_the_minutes_do_not_call_a_book_locked_that_is_open_for_an_extension(scene):
    correction = scene.approved()
    tonight = timezone.now() + timedelta(hours=2)
    order = opened_until(scene, tonight)
    actions.execute(correction=correction, by=scene.cast.khoa)

    text = words_of(pdf(correction, MINUTES))

    hour = f"{timezone.localtime(tonight):%H:%M %d/%m/%Y}"
    assert f"sổ của kỳ “Giữa học kỳ I” đang mở đến {hour} theo lệnh số {order.number}" in text
    assert "đã khóa. Việc" not in text
    assert "sổ của kỳ “Giữa học kỳ I” đã khóa" in words_of(pdf(correction, FORM))


def test_once_the_extension_is_over_the_book_is_locked_again(scene):
    opened_until(scene, timezone.now() + timedelta(seconds=1))
    scene.cast.execute("lock")

    assert "sổ của kỳ “Giữa học kỳ I” đã khóa" in words_of(pdf(carried_out(scene), MINUTES))


def test_three_places_for_signatures_stay_within_the_margins(scene):
    rule(scene, homeroom_signs_minutes=True)

    edges = re.findall(r'xMax="([\d.]+)"', text_of(pdf(scene.submit()), "-bbox"))

    assert max(map(float, edges)) <= A4_RIGHT_EDGE
