"""“Checked against my book”: who confirms, when it falls, what the leaders read."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from gradebook.actions.confirmations import NotConfirmed, confirm_columns
from gradebook.actions.marks import Amendment, save_marks
from gradebook.actions.teaching import assign_teacher
from gradebook.models import Confirmation, Mark
from tests.cast import Cast, signed_in
from tests.gradebook.test_save_marks import column, edit, save


def last_change() -> int:
    return max(Mark.history.values_list("history_id", flat=True), default=0)


def confirm(cast: Cast, *columns, seen: int | None = None, by=None):
    keys = [each.pk for each in columns or [column(cast)]]
    state = last_change() if seen is None else seen
    return confirm_columns(course=cast.maths["6A"], columns=keys, seen=state, by=by or cast.toan)


def standing() -> list[int]:
    return list(Confirmation.objects.standing().values_list("column_id", flat=True))


def sheet(cast: Cast) -> str:
    return f"/courses/{cast.maths['6A'].pk}/semester-1/"


@pytest.mark.duty("S3-31")
def test_the_owner_confirms_a_column_and_the_sheet_says_who_and_when(cast, client):
    save(cast, edit(cast, "8"))
    page = signed_in(client, cast.toan).get(sheet(cast))
    data = {"columns": str(column(cast).pk), "seen": page.context["sheet"].seen}

    answer = client.post(sheet(cast) + "confirm/", data)

    assert answer["Location"] == sheet(cast) + "#checks"
    [row] = Confirmation.objects.all()
    assert (row.column, row.confirmed_by) == (column(cast), cast.toan)
    shown = signed_in(client, cast.mai).get(sheet(cast)).content.decode()
    assert "✓" in shown and "Đỗ Minh Toàn" in shown
    assert AuditEvent.objects.filter(verb="gradebook.columns.confirmed", actor_id=cast.toan.pk).exists()


def test_a_whole_period_is_confirmed_at_once_and_empty_columns_are_not_among_it(cast, client):
    save(cast, edit(cast, "8"), edit(cast, "7", ordinal=2))
    shown = signed_in(client, cast.toan).get(sheet(cast)).context["sheet"]
    keys = " ".join(str(column.pk) for column in shown.groups[0].to_confirm)

    client.post(sheet(cast) + "confirm/", {"columns": keys, "seen": shown.seen})

    assert sorted(standing()) == sorted([column(cast).pk, column(cast, ordinal=2).pk])


def test_before_a_column_is_confirmed_it_says_who_has_no_value(cast, client):
    an, *others = [pupil.student.full_name for pupil in cast.pupils["6A"]]
    save(cast, edit(cast, "8"))

    page = signed_in(client, cast.toan).get(sheet(cast)).text

    [said] = re.findall(r'<details class="column-missing".*?</details>', page)
    assert an not in said
    assert all(name in said for name in others)
    confirm(cast)
    assert "column-missing" not in client.get(sheet(cast)).text


@pytest.mark.duty("S3-31", "S0-55")
def test_a_confirmation_falls_with_the_value_and_only_that_of_its_column(cast):
    save(cast, edit(cast, "8"), edit(cast, "7", ordinal=2))
    confirm(cast, column(cast), column(cast, ordinal=2))

    save(cast, edit(cast, "9", version=1))

    assert standing() == [column(cast, ordinal=2).pk]
    fallen = Confirmation.objects.get(column=column(cast))
    assert fallen.fallen_by == cast.toan and fallen.fallen_at
    assert Confirmation.history.filter(id=fallen.pk).count() == 2


def test_an_open_page_is_told_which_column_is_no_longer_confirmed(cast, client):
    save(cast, edit(cast, "8"), edit(cast, "7", ordinal=2))
    confirm(cast, column(cast), column(cast, ordinal=2))
    changed = edit(cast, "9", version=1)

    answer = signed_in(client, cast.toan).post(
        sheet(cast) + "save/",
        {f"m-{changed.enrolment_id}-{changed.column_id}-1": "9"},
        headers={"accept": "application/json"},
    )

    assert answer.json()["fallen"] == [column(cast).pk]


def test_saving_what_stands_there_already_lets_nothing_fall(cast):
    save(cast, edit(cast, "8"))
    confirm(cast)

    save(cast, edit(cast, "8", version=1))

    assert standing() == [column(cast).pk]


def test_a_correction_after_the_lock_lets_it_fall_too(cast):
    save(cast, edit(cast, "8"))
    confirm(cast)
    cast.execute("lock")
    changed = edit(cast, "9", version=1)

    leave = Amendment("1/2026", "nhập nhầm", frozenset({changed.cell}))
    save_marks(course=cast.maths["6A"], edits=[changed], by=cast.khoa, origin="correction 1", amendment=leave)

    assert standing() == []


def test_a_teacher_is_asked_to_confirm_again_and_not_after_it(cast, client):
    save(cast, edit(cast, "8"))
    confirm(cast)
    save(cast, edit(cast, "9", version=1))
    signed_in(client, cast.toan)

    [asked] = [task for task in client.get("/").context["tasks"] if task["kind"] == "conflict"]
    assert (asked["count"], asked["url"]) == (1, sheet(cast) + "#checks")

    confirm(cast)
    assert not [task for task in client.get("/").context["tasks"] if task["kind"] == "conflict"]


@pytest.mark.parametrize(("person", "status"), [("lan", 404), ("mai", 403), ("hanh", 403), ("cuc", 403)])
def test_nobody_confirms_for_the_teacher(cast, client, person, status):
    save(cast, edit(cast, "8"))
    data = {"columns": str(column(cast).pk), "seen": "999999"}

    answer = signed_in(client, cast.people[person]).post(sheet(cast) + "confirm/", data)

    assert answer.status_code == status
    assert standing() == []


def test_a_column_of_another_strand_is_not_ones_own_to_confirm(cast, client):
    save(cast, edit(cast, "8"))
    strand = assign_teacher(
        course=cast.maths["6A"], teacher=cast.lan, since=cast.year.starts_on, strand="Hình học", by=cast.hanh
    )
    assert strand is None or strand
    data = {"columns": str(column(cast).pk), "seen": "999999"}

    assert signed_in(client, cast.lan).post(sheet(cast) + "confirm/", data).status_code == 403


def test_what_somebody_else_changed_meanwhile_is_not_confirmed_unseen(cast, client):
    save(cast, edit(cast, "8"))
    seen = last_change()
    assign_teacher(course=cast.maths["6A"], teacher=cast.dung, since=cast.year.starts_on, by=cast.hanh)
    save(cast, edit(cast, "3", version=1), by=cast.dung)

    with pytest.raises(NotConfirmed, match="stale"):
        confirm(cast, seen=seen)
    page = signed_in(client, cast.toan).post(
        sheet(cast) + "confirm/", {"columns": column(cast).pk, "seen": seen}, follow=True
    )
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert standing() == []


def test_ones_own_marks_saved_since_the_page_opened_are_no_surprise(cast):
    save(cast, edit(cast, "8"))
    seen = last_change()
    save(cast, edit(cast, "9", pupil=1))

    assert len(confirm(cast, seen=seen)) == 1


def test_an_empty_column_has_nothing_to_confirm(cast):
    with pytest.raises(NotConfirmed, match="empty"):
        confirm(cast)


@pytest.mark.parametrize(
    "data", [{}, {"columns": "1"}, {"columns": "x", "seen": "1"}, {"columns": "1", "seen": "-1"}]
)
def test_a_form_made_by_hand_is_refused(cast, client, data):
    assert signed_in(client, cast.toan).post(sheet(cast) + "confirm/", data).status_code == 400


def test_a_save_asks_one_statement_more_however_many_columns(cast):
    def statements(*edits) -> int:
        with CaptureQueriesContext(connection) as captured:
            save(cast, *edits)
        return sum("confirmation" in query["sql"] for query in captured)

    assert statements(edit(cast, "8")) == 1
    assert (
        statements(edit(cast, "8", pupil=1), edit(cast, "7", ordinal=2), edit(cast, "6", kind="midterm")) == 1
    )


@pytest.mark.duty("S0-46", "S3-43", "S3-14", "S3-25", "S1-58", "S2-38")
def test_the_homeroom_teacher_reads_who_confirmed_and_what_is_missing(cast, client):
    save(cast, edit(cast, "8"), edit(cast, "7", ordinal=2))
    confirm(cast)

    page = signed_in(client, cast.mai).get(f"/classes/{cast.classes['6A'].pk}/confirmations/")

    rows = {row.course.pk: row for row in page.context["courses"]}
    _semester, state = rows[cast.maths["6A"].pk].periods[0]
    assert (len(state.confirmed), state.total, state.people) == (1, 2, ["Đỗ Minh Toàn"])
    assert state.missing == (column(cast, ordinal=2),)
