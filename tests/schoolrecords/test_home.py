"""The home page says what waits for this person, and leads there in one click."""

from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.windows import order_lock
from gradebook.models import Column, Decision
from tests.cast import signed_in
from tests.scene import build_scene


def test_a_teacher_sees_how_many_marks_the_open_columns_lack(cast, client):
    column = Column.objects.filter(course=cast.maths["6A"], period__code="GK1")[0]
    edits = [Edit(cast.pupils["6A"][0].pk, column.pk, "8", 0)]
    save_marks(course=cast.maths["6A"], edits=edits, by=cast.toan, origin="page")

    [task] = signed_in(client, cast.toan).get("/").context["tasks"]

    assert task["count"] == 3 * 5 - 1  # two regular marks and the midterm of five pupils
    assert task["url"] == f"/courses/{cast.maths['6A'].pk}/semester-1/"


def test_a_teacher_of_nothing_open_has_nothing_waiting(cast, client):
    cast.execute("lock")

    assert signed_in(client, cast.toan).get("/").context["tasks"] == []


def test_the_administrator_sees_the_order_that_waits(cast, client):
    order_lock(period=cast.periods["CK1"], act="open", reason="x", by=cast.hanh)

    [task] = signed_in(client, cast.khoa).get("/").context["tasks"]

    assert (task["count"], task["url"]) == (1, "/lock-board/")


def test_the_principal_sees_what_waits_for_a_decision_and_the_order_not_yet_executed(cast, client):
    build_scene(cast)

    tasks = signed_in(client, cast.hanh).get("/").context["tasks"]

    assert [(task["count"], task["url"]) for task in tasks] == [
        (1, "/corrections/"),
        (1, "/lock-board/"),
        (1, f"/classes/{cast.classes['6A'].pk}/proposals/year/"),
        (1, "/incidents/desk/?state=unanswered"),
        (None, f"/decisions/{Decision.objects.unread_by(cast.hanh).get().pk}/"),
    ]
