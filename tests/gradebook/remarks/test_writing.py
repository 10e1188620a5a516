"""Weekly remarks: who writes what, and until when."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gradebook.actions.remarks import Words, change_remark, withdraw_remark, write_remarks
from gradebook.models import Remark
from gradebook.years import YearClosed
from tests.cast import FIRST_DAY, signed_in
from tests.gradebook.remarks.saying import (
    FIRST_MONDAY,
    FRIDAY,
    TALKED,
    WEEK,
    page,
    refusal,
    say,
)


@pytest.mark.duty("S3-26")
def test_a_subject_teacher_writes_the_same_of_several_pupils_at_once(cast, client):
    an, anh = cast.pupils["6A"][:2]
    data = {
        "week": WEEK,
        "course": cast.maths["6A"].pk,
        "kind": "breach",
        "text": TALKED,
        "about": [an.pk, anh.pk],
    }
    url = f"/classes/{cast.classes['6A'].pk}/remarks/"

    response = signed_in(client, cast.toan).post(f"{url}write/", data)

    assert (response.status_code, response["Location"]) == (303, f"{url}?week=2026-11-23")
    assert set(Remark.objects.values_list("enrolment", "kind", "written_by")) == {
        (an.pk, "breach", cast.toan.pk),
        (anh.pk, "breach", cast.toan.pk),
    }
    assert {row.history_user for row in Remark.history.all()} == {cast.toan}
    text = page(client, cast, cast.mai)
    assert text.count(TALKED) == 2
    assert "1. Trần Bảo An" in text
    assert "Đỗ Minh Toàn · Toán" in text


def test_a_form_sent_twice_writes_once(cast):
    assert len(say(cast, pupils=[0, 1])) == 2
    assert len(say(cast, pupils=[0, 1, 2])) == 1
    assert Remark.objects.count() == 3


def test_statements_do_not_grow_with_the_pupils(cast, django_assert_num_queries):
    with CaptureQueriesContext(connection) as one:
        say(cast, pupils=[0])
    with django_assert_num_queries(len(one)):
        say(cast, pupils=[0, 1, 2, 3, 4], text="Hăng hái")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": "  \n "}, "empty"),
        ({"text": "a" * 501}, "too-long"),
        ({"week": WEEK + timedelta(days=7)}, "to-come"),
        ({"week": WEEK + timedelta(days=1)}, "outside"),
        ({"week": FIRST_MONDAY - timedelta(days=7)}, "outside"),
        ({"week": date(2027, 6, 7), "today": date(2027, 6, 9)}, "outside"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_reason(cast, changes, code):
    assert refusal(lambda: say(cast, **changes)) == code
    assert not Remark.objects.exists()


def test_only_pupils_on_the_roll_are_written_about(cast):
    gone = cast.pupils["6A"][0]
    gone.status, gone.until = "left", FIRST_DAY
    gone.save_by(cast.hanh)

    assert refusal(lambda: say(cast, pupils=[0])) == "not-on-roll"
    other = {cast.pupils["6B"][0].pk}
    assert (
        refusal(
            lambda: write_remarks(
                course=cast.maths["6A"],
                week=WEEK,
                words=Words("remark", "x"),
                pupils=other,
                whole_class=False,
                by=cast.toan,
                today=FRIDAY,
            )
        )
        == "not-on-roll"
    )


@pytest.mark.parametrize("who", ["lan", "mai", "hanh"])
def test_only_who_teaches_the_course_writes_in_it(cast, who):
    with pytest.raises(PermissionDenied):
        say(cast, by=cast.people[who])


def test_remarks_are_written_before_any_book_was_opened_and_until_it_is_locked_on_order(cast):
    say(cast)
    cast.execute("open", "CK1")
    say(cast, text="Vẫn ghi được")

    cast.execute("lock", "CK1")

    assert refusal(lambda: say(cast, text="Muộn rồi")) == "locked"
    mine = Remark.objects.get(text=TALKED)
    assert (
        refusal(lambda: change_remark(remark=mine, words=Words("praise", "x"), seen=1, by=cast.toan))
        == "locked"
    )
    assert refusal(lambda: withdraw_remark(remark=mine, seen=1, by=cast.toan)) == "locked"
    # The second semester has its own window.
    say(cast, week=date(2027, 1, 18), today=date(2027, 1, 20))


def test_a_closed_year_is_only_read(cast):
    cast.year.status, cast.year.closed_by, cast.year.closed_at = (
        "closed",
        cast.hanh,
        cast.year.history.get().history_date,
    )
    cast.year.save_by(cast.hanh)

    with pytest.raises(YearClosed):
        say(cast)


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(cast, client):
    data = {"week": WEEK, "course": cast.maths["6A"].pk, "kind": "praise", "text": "Chữ đẹp"}

    response = signed_in(client, cast.toan).post(f"/classes/{cast.classes['6A'].pk}/remarks/write/", data)

    assert response.status_code == 422
    assert "Chữ đẹp" in response.text
    assert not Remark.objects.exists()
