"""The pages: draw up, look, propose, order, decline; the board and the plan."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gradebook.actions.windows import execute_lock_order, propose_lock
from gradebook.models import Decision, LockOrder
from gradebook.printing import page_count
from tests.cast import Cast, in_english, signed_in
from tests.gradebook.windows.books import enter, is_open, ordered

SOON = timedelta(days=2)


def fields(cast: Cast, **others) -> dict[str, str | int]:
    return {
        "act": "lock",
        "period": cast.periods["GK1"].pk,
        "scope": "school",
        "reason": "hết hạn",
        **others,
    }


def picked(moment) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def test_who_looks_first_sees_what_is_missing_and_orders_nothing(cast, client):
    enter(cast, "v")
    response = signed_in(client, cast.hanh).get("/lock-board/new/", fields(cast, look=1))

    columns = cast.maths["6A"].columns.filter(period__code="GK1").count()
    [found] = [state for state in response.context["readiness"] if state.school_class.name == "6A"]
    assert found.totals == (5 * columns - 1, 1, 1, 0)
    assert f'href="/courses/{cast.maths["6A"].pk}/semester-1/"' in response.content.decode()
    assert not LockOrder.objects.waiting().exists()


def test_what_was_looked_at_is_ordered_with_one_button(cast, client):
    hour = timezone.now() + SOON
    asked = fields(cast, effective_at=picked(hour), scope="grade-6", kind="regular")
    looked = signed_in(client, cast.hanh).get("/lock-board/new/", asked | {"look": 1}).content.decode()
    assert 'type="hidden" name="effective_at"' in looked

    client.post("/lock-board/order/", asked)

    order = LockOrder.objects.waiting().get()
    assert (order.grade, order.kind) == (6, "regular")
    assert picked(order.effective_at) == picked(hour)


def test_the_administrator_s_proposal_is_ordered_and_carried_out_on_its_page(cast, client):
    signed_in(client, cast.khoa).post("/lock-board/propose/", fields(cast))
    proposal = LockOrder.objects.proposed().get()

    signed_in(client, cast.hanh).post(f"/lock-board/orders/{proposal.pk}/approve/")
    signed_in(client, cast.khoa).post(f"/lock-board/orders/{proposal.pk}/execute/")

    assert not is_open(cast)


def test_a_proposal_declined_without_a_reason_says_so_beside_the_field(cast, client):
    proposal = propose_lock(period=cast.periods["GK1"], act="lock", reason="x", by=cast.khoa)
    client = signed_in(client, cast.hanh)

    assert client.post(f"/lock-board/orders/{proposal.pk}/decline/", {"reason": ""}).status_code == 422
    client.post(f"/lock-board/orders/{proposal.pk}/decline/", {"reason": "Chưa thi xong"})

    assert "Chưa thi xong" in client.get(f"/lock-board/orders/{proposal.pk}/").content.decode()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("until", {"until": "2030-01-01T08:00"}),
        ("until", {"act": "open", "effective_at": "2030-01-02T08:00", "until": "2030-01-01T08:00"}),
        ("when_complete", {"when_complete": "on", "effective_at": "2030-01-02T08:00"}),
        ("effective_at", {"effective_at": "2020-01-02T08:00"}),
        ("scope", {"scope": "course-99999999999999999999"}),
        ("lifts_end", {"lifts_end": "on"}),
        ("lifts_end", {"act": "open", "until": "2030-01-01T08:00", "lifts_end": "on"}),
        ("scope", {"scope": "class-1000000"}),
        ("effective_at", {"effective_at": "ngày mai"}),
    ],
)
def test_terms_that_make_no_sense_are_refused_at_their_field(cast, client, field, wrong):
    response = signed_in(client, cast.hanh).post("/lock-board/order/", fields(cast, **wrong))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "hết hạn" in response.content.decode()


def test_an_hour_that_is_over_is_said_at_the_look_already(cast, client):
    asked = fields(cast, act="open", until=picked(timezone.now() - timedelta(hours=1)), look=1)

    response = signed_in(client, cast.khoa).get("/lock-board/new/", asked)

    assert list(response.context["form"].errors) == ["until"]
    assert response.context["draft"] is None


def test_who_gives_an_order_is_told_what_comes_next(cast):
    page = in_english(cast.hanh).post("/lock-board/order/", fields(cast), follow=True).content.decode()

    assert "The order is given." in page
    assert "Next: the administrator carries it out." in page


def test_anothers_proposal_is_declined_with_a_reason_and_not_withdrawn(cast, client):
    proposal = propose_lock(period=cast.periods["GK1"], act="lock", reason="x", by=cast.khoa)
    address = f"/lock-board/orders/{proposal.pk}/"

    assert f"{address}withdraw/" in signed_in(client, cast.khoa).get(address).content.decode()
    principals = signed_in(client, cast.hanh).get(address).content.decode()
    assert f"{address}decline/" in principals
    assert f"{address}withdraw/" not in principals
    proposals = client.get("/lock-board/").content.decode().split("</tbody>")[0]
    assert proposals.count(cast.khoa.full_name) == 1


def test_a_decision_to_order_by_is_chosen_by_date_and_title_too(cast, client):
    Decision(
        year=cast.year,
        number="12/QĐ-KS",
        dated=date(2026, 11, 2),
        title="Khóa sổ giữa kỳ",
        decided_by=cast.hanh,
        decided_at=timezone.now(),
    ).save_by(cast.hanh)

    page = signed_in(client, cast.hanh).get("/lock-board/new/").content.decode()

    assert "12/QĐ-KS, 02/11/2026, Khóa sổ giữa kỳ" in page
    assert 'href="/decisions/enter/?year=' in page
    assert "/decisions/enter/" not in signed_in(client, cast.khoa).get("/lock-board/new/").content.decode()


def test_another_course_than_the_year_s_is_nothing_to_choose(cast, client):
    data = fields(cast, act="open", scope=f"course-{cast.maths['6A'].pk}", until="2030-01-01T08:00")
    client = signed_in(client, cast.hanh)
    client.post("/lock-board/order/", data)

    assert LockOrder.objects.waiting().get().course == cast.maths["6A"]


@pytest.mark.duty("S0-19", "S3-06")
def test_the_board_says_state_next_change_and_who_ordered(cast, client):
    lock = ordered(cast, effective_at=timezone.now() + SOON, school_class=cast.classes["6A"])
    execute_lock_order(order=ordered(cast, kind="test", school_class=cast.classes["6B"]), by=cast.khoa)

    response = signed_in(client, cast.toan).get("/lock-board/")

    rows = {row.name: cells[0] for row, cells in response.context["board"].rows}
    assert rows["6A"].state == "open"
    assert (rows["6A"].next.opens, rows["6A"].next.order) == (False, lock)
    assert rows["6B"].state == "partly"
    assert {state for _label, state in rows["6B"].kinds} == {"open", "locked"}
    assert f'href="/lock-board/orders/{lock.pk}/"' in response.content.decode()
    assert "Nguyễn Thị Hạnh" in response.content.decode()


def test_the_board_of_a_class_leads_to_opening_one_course_until_an_hour(cast, client):
    cast.execute("lock")
    path = f"/lock-board/new/?year=2026-2027&amp;act=open&amp;period={cast.periods['GK1'].pk}"
    path += f"&amp;scope=course-{cast.maths['6A'].pk}"
    page = signed_in(client, cast.hanh).get(f"/lock-board/classes/{cast.classes['6A'].pk}/").content.decode()
    assert path in page

    form = client.get(path.replace("&amp;", "&")).content.decode()
    assert f'value="course-{cast.maths["6A"].pk}" selected' in form
    toan = signed_in(client, cast.toan).get(f"/lock-board/classes/{cast.classes['6A'].pk}/")
    assert path not in toan.content.decode()


@pytest.mark.duty("S4-19")
def test_the_plan_lists_orders_by_hour_and_is_printed(cast, client):
    late = ordered(cast, effective_at=timezone.now() + 2 * SOON)
    early = ordered(cast, effective_at=timezone.now() + SOON, school_class=cast.classes["6A"])
    client = signed_in(client, cast.toan)

    listed = [order.pk for order in client.get("/lock-board/plan/").context["orders"]]
    assert listed.index(early.pk) < listed.index(late.pk)
    of_6b = client.get("/lock-board/plan/", {"class": cast.classes["6B"].pk}).context["orders"]
    assert early not in of_6b
    assert late in of_6b
    assert page_count(client.get("/lock-board/plan.pdf").content) == 1


def test_what_is_missing_is_not_shown_to_teachers(cast, client):
    order = ordered(cast)

    assert "readiness" in signed_in(client, cast.hanh).get(f"/lock-board/orders/{order.pk}/").context
    page = signed_in(client, cast.toan).get(f"/lock-board/orders/{order.pk}/")
    assert not page.context["readiness"]
