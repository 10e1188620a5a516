"""The home page says what waits for this person, and leads there in one click."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.school import open_year
from gradebook.actions.teaching import appoint_homeroom_teacher, open_class
from gradebook.actions.windows import execute_lock_order, order_lock
from gradebook.models import Column, Decision, Period
from tests.cast import signed_in
from tests.scene import build_scene


def test_a_teacher_sees_how_many_marks_the_open_columns_lack(cast, client):
    column = Column.objects.filter(course=cast.maths["6A"], period__code="GK1")[0]
    edits = [Edit(cast.pupils["6A"][0].pk, column.pk, "8", 0)]
    save_marks(course=cast.maths["6A"], edits=edits, by=cast.toan, origin="page")

    [task] = signed_in(client, cast.toan).get("/").context["tasks"]

    assert task["count"] == 3 * 5 - 1  # two regular marks and the midterm of five pupils
    assert task["url"] == f"/courses/{cast.maths['6A'].pk}/semester-1/"


def test_a_teacher_of_nothing_open_has_nothing_waiting_and_reads_that_the_books_are_locked(cast, client):
    cast.execute("lock")

    page = signed_in(client, cast.toan).get("/")

    assert page.context["tasks"] == []
    assert page.context["is_locked_out"]
    assert not signed_in(client, cast.cuc).get("/").context["is_locked_out"]


def test_the_principal_is_told_that_the_books_of_a_new_year_were_never_opened(cast, client):
    today = timezone.localdate()
    year = open_year(
        name="2027-2028",
        starts_on=date(2027, 9, 6),
        second_semester_on=date(2028, 1, 17),
        ends_on=date(2028, 5, 31),
        by=cast.hanh,
    )
    year.starts_on = today
    year.save_by(cast.hanh)
    led = open_class(year=year, name="6A", grade=6, by=cast.hanh)
    appoint_homeroom_teacher(school_class=led, teacher=cast.mai, since=today, by=cast.hanh)

    def urls() -> list[str]:
        return [task["url"] for task in signed_in(client, cast.hanh).get("/").context["tasks"]]

    assert urls() == ["/year-set-up/", "/lock-board/"]
    period = Period.objects.get(semester__year=year, code="GK1")
    order = order_lock(period=period, act="open", reason="x", by=cast.hanh)
    execute_lock_order(order=order, by=cast.khoa)
    assert urls() == ["/year-set-up/"]


def test_the_administrator_sees_the_order_that_waits(cast, client):
    order_lock(period=cast.periods["CK1"], act="open", reason="x", by=cast.hanh)

    [task, *_year] = signed_in(client, cast.khoa).get("/").context["tasks"]

    assert (task["count"], task["url"]) == (1, "/lock-board/")


def test_the_principal_sees_what_waits_for_a_decision_and_the_order_not_yet_executed(cast, client):
    build_scene(cast)

    tasks = signed_in(client, cast.hanh).get("/").context["tasks"]

    assert [(task["count"], task["url"]) for task in tasks[:6]] == [
        (1, "/corrections/"),
        (1, "/lock-board/"),  # a proposal
        (1, "/lock-board/"),  # an order that waits
        (1, f"/classes/{cast.classes['6A'].pk}/proposals/year/"),
        (1, "/incidents/desk/?state=unanswered"),
        (None, f"/decisions/{Decision.objects.unread_by(cast.hanh).get().pk}/"),
    ]


def test_ten_closed_years_cost_the_home_page_no_question_more(cast, client):
    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            signed_in(client, cast.mai).get("/")
        return len(captured)

    questions()
    before = questions()
    for first in range(2016, 2026):
        old = open_year(
            name=f"{first}-{first + 1}",
            starts_on=date(first, 9, 5),
            second_semester_on=date(first + 1, 1, 15),
            ends_on=date(first + 1, 5, 31),
            by=cast.hanh,
        )
        led = open_class(year=old, name="6A", grade=6, by=cast.hanh, scheme="TT58-2020")
        appoint_homeroom_teacher(school_class=led, teacher=cast.mai, since=old.starts_on, by=cast.hanh)
        old.status = "closed"
        old.save_by(cast.hanh)

    assert questions() == before


def test_in_the_summer_the_principal_and_the_administrator_see_what_blocks_closing(cast, client):
    cast.year.starts_on, cast.year.ends_on = date(2025, 9, 5), date(2026, 5, 31)
    cast.year.save_by(cast.hanh)

    for person in (cast.hanh, cast.khoa):
        task = signed_in(client, person).get("/").context["tasks"][-1]
        assert task["url"] == f"/school-years/{cast.year.pk}/"
        assert "10" in task["text"]
    assert all("school-years" not in t["url"] for t in signed_in(client, cast.mai).get("/").context["tasks"])
