"""Forms sent twice, forms that were tampered with, and rows changed behind the portal's back."""

import pytest
from django.db import connection

from accounts.models import AuditEvent, Seal
from accounts.seals import checking, words
from accounts.seals.making import seal_now
from corrections.models import CorrectionRequest
from gradebook.models import LockOrder, Mark
from tests.cast import client_of
from tests.corrections.chain import delegate, put_in_charge, rule
from tests.gradebook.windows.books import ordered

CHAIN = (
    ("dung", "endorse"),
    ("hanh", "approve"),
    ("khoa", "execute"),
)


@pytest.fixture
def confirmed_first(scene):
    rule(scene, correction_endorsement=True)
    put_in_charge(scene, scene.cast.dung, scene.cast.toan)
    return scene


def rows() -> dict[str, int]:
    """How much has been written of everything that is kept for ever."""
    found = {"events": AuditEvent.objects.count()}
    for model in (CorrectionRequest, LockOrder, Mark):
        found[model.__name__] = model.history.count()
    return found


def test_every_step_sent_twice_counts_once_and_the_second_sender_is_told(confirmed_first):
    correction = confirmed_first.submit()

    for person, verb in CHAIN:
        client = client_of(confirmed_first.cast.people[person])
        url = f"/corrections/{correction.pk}/{verb}/"
        assert client.post(url, {"note": "đã xem"}).status_code == 303
        before = rows()
        assert client.post(url, {"note": "đã xem"}).status_code in (403, 409), verb
        assert rows() == before, verb

    assert confirmed_first.mark().version == 2


def test_a_request_sent_twice_is_one_request(scene):
    client = client_of(scene.cast.toan)
    assert client.post(scene.post_url, scene.typed()).status_code == 303
    before = rows()

    assert client.post(scene.post_url, scene.typed()).status_code == 422

    assert rows() == before
    assert CorrectionRequest.objects.count() == 1


@pytest.mark.parametrize(("person", "verb"), [("khoa", "execute"), ("hanh", "withdraw")])
def test_an_order_settled_twice_is_settled_once(scene, person, verb):
    order = ordered(scene.cast, "open")
    client = client_of(scene.cast.people[person])
    url = f"/lock-board/orders/{order.pk}/{verb}/"
    client.post(url)
    before = rows()

    client.post(url)

    assert rows() == before


def test_an_order_sent_twice_is_one_order(scene):
    client = client_of(scene.cast.hanh)
    said = {"act": "open", "period": scene.column.period_id, "scope": "school", "reason": "nhập bù"}
    assert client.post("/lock-board/order/", said).status_code == 303
    before = rows()

    assert client.post("/lock-board/order/", said).status_code == 422
    assert rows() == before


@pytest.mark.parametrize(("pupil", "course"), [("6A", "6B"), ("6B", "6A"), ("6B", "6B")])
def test_a_grid_s_cell_of_another_class_or_course_is_not_saved(scene, pupil, course):
    scene.cast.execute("open")
    column = scene.cast.maths[course].columns.filter(period=scene.column.period).first()
    cell = f"m-{scene.cast.pupils[pupil][0].pk}-{column.pk}-0"

    client_of(scene.cast.toan).post(f"/courses/{scene.course.pk}/semester-1/save/", {cell: "10"})

    assert list(Mark.objects.values_list("score", flat=True)) == [8]


@pytest.mark.parametrize("verb", ["answer", "withdraw"])
@pytest.mark.parametrize("person", ["hanh", "vinh", "khoa"])
def test_nobody_speaks_for_the_requester(scene, person, verb):
    correction = scene.submit()
    client = client_of(scene.cast.people[person])
    before = rows()

    assert client.post(f"/corrections/{correction.pk}/{verb}/", {"note": "x"}).status_code == 403
    assert rows() == before


@pytest.mark.parametrize(
    "forged",
    [{"requested_by": "hanh"}, {"by": "hanh"}, {"due_on": "2030-01-01"}, {"decider": "leader"}],
    ids=str,
)
def test_a_form_has_no_field_that_says_who_asks_or_by_which_rules(scene, forged):
    name, value = next(iter(forged.items()))
    pk = scene.cast.people[value].pk if value in scene.cast.people else value

    client_of(scene.cast.toan).post(scene.post_url, scene.typed() | {name: pk})

    correction = CorrectionRequest.objects.get()
    assert (correction.requested_by, correction.due_on) == (scene.cast.toan, None)
    assert correction.decider == "principal"


def test_a_delegate_s_own_request_is_not_approved_on_the_page_either(scene):
    delegate(scene, scene.cast.toan)
    correction = scene.submit()

    url = f"/corrections/{correction.pk}/approve/"

    assert client_of(scene.cast.toan).post(url, {"note": "tự duyệt"}).status_code == 403
    assert scene.again(correction).status == "waiting_for_decision"


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("corrections_decision", "note = 'khác'"),
        ("corrections_correctionrequest", "reason = 'lý do khác'"),
        ("corrections_correctionline", "new_text = '10'"),
        ("gradebook_lockorder", "reason = 'lệnh khác'"),
        ("gradebook_window", "is_open = NOT is_open"),
    ],
)
def test_a_dossier_or_an_order_changed_with_sql_is_found_and_named(scene, table, change):
    scene.approved()
    seal_now(reason=Seal.Reason.DAILY)

    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change}")

    findings = checking.check_history().findings
    assert {finding.code for finding in findings} == {"live-differs"}
    assert all(words.sentence(finding.as_json()) for finding in findings)
