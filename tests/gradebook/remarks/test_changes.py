"""A remark is changed or withdrawn by who wrote it, and what stood there before stays readable."""

import pytest

from gradebook.actions.remarks import ChangedMeanwhile, Words, change_remark, withdraw_remark
from gradebook.models import Remark
from tests.cast import signed_in
from tests.gradebook.remarks.saying import (
    TALKED,
    page,
    say,
)


def test_only_the_writer_changes_a_remark_and_its_first_text_stays_readable(cast, client):
    [written] = say(cast, pupils=[0])
    data = {"version": 1, "kind": "breach", "text": "Nói chuyện, đã nhắc"}
    url = f"/remarks/{written.pk}/change/"

    assert signed_in(client, cast.mai).post(url, data).status_code == 403
    assert signed_in(client, cast.toan).post(url, data).status_code == 303

    written.refresh_from_db()
    assert (written.kind, written.text, written.version) == ("breach", "Nói chuyện, đã nhắc", 2)
    shown = signed_in(client, cast.mai).get(f"/remarks/{written.pk}/").text
    assert TALKED in shown
    assert "Nói chuyện, đã nhắc" in shown


def test_a_change_from_an_old_page_shows_both_texts_and_overwrites_nothing(cast, client):
    [written] = say(cast)
    change_remark(remark=written, words=Words("remark", "Từ máy khác"), seen=1, by=cast.toan)
    data = {"version": 1, "kind": "remark", "text": "Từ trang cũ"}

    response = signed_in(client, cast.toan).post(f"/remarks/{written.pk}/change/", data)

    assert response.status_code == 409
    assert "Từ máy khác" in response.text
    assert "Từ trang cũ" in response.text
    written.refresh_from_db()
    assert written.text == "Từ máy khác"
    # Having seen it, the writer may decide.
    again = {**data, "version": 2}
    assert signed_in(client, cast.toan).post(f"/remarks/{written.pk}/change/", again).status_code == 303


def test_a_withdrawn_remark_is_gone_for_colleagues_and_stays_in_the_history(cast, client):
    [written] = say(cast, pupils=[0])

    url = f"/remarks/{written.pk}/"
    assert signed_in(client, cast.toan).post(f"{url}withdraw/", {"version": 1}).status_code == 303

    assert TALKED not in page(client, cast, cast.mai)
    assert signed_in(client, cast.mai).get(url).status_code == 404
    assert TALKED in page(client, cast, cast.hanh)
    assert Remark.history.filter(is_withdrawn=True).count() == 1
    with pytest.raises(ChangedMeanwhile):
        withdraw_remark(remark=written, seen=1, by=cast.toan)
