"""Errors and difficulties: told from any page, answered by the board, and the reporter learns of it at home."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.actions import create_account
from gradebook.actions.incidents import (
    AlreadyAnswered,
    AlreadySettled,
    NotReported,
    answer_incident,
    report_incident,
    settle_incident,
)
from gradebook.models import Incident
from tests.cast import in_english


def report(desk, who: str = "toan", what: str = "Trang không mở") -> Incident:
    return report_incident(what=what, page="/classes/", by=desk.cast.people[who])


def tasks(client) -> list[str]:
    return [task["title"] for task in client.get("/").context["tasks"]]


@pytest.mark.duty("S0-56", "S2-39", "S3-27")
def test_a_teacher_reports_from_the_page_where_it_happened_and_finds_the_answer_at_home(desk):
    teacher, administrator = in_english(desk.cast.toan), in_english(desk.cast.khoa)
    assert 'href="/incidents/new/?page=/lock-board/"' in teacher.get("/lock-board/").text
    assert 'value="/lock-board/"' in teacher.get("/incidents/new/?page=/lock-board/").text

    teacher.post("/incidents/new/", {"what": "Không thấy cột giữa kỳ", "page": "/lock-board/"})
    incident = Incident.objects.get()
    waiting = tasks(administrator)
    administrator.post(f"/incidents/{incident.pk}/answer/", {"answer": "Vuốt sang trái."})

    assert "Answer a report of a problem" in waiting
    assert "Your report 1 is answered" in tasks(teacher)
    assert "Vuốt sang trái." in teacher.get(f"/incidents/{incident.pk}/").text


@pytest.mark.duty("S2-54", "S3-72", "S4-33")
def test_the_board_answers_and_settles_whatever_role_its_members_hold(desk):
    incident = report(desk)
    assert in_english(desk.cast.dung).get("/incidents/desk/").status_code == 403

    desk.seat("dung")
    answer_incident(incident=incident, answer="Đã sửa.", by=desk.cast.dung)
    settle_incident(incident=incident, by=desk.cast.dung)

    incident.refresh_from_db()
    assert (incident.answered_by, incident.settled_by) == (desk.cast.dung, desk.cast.dung)
    assert "Your report 1 is answered" not in tasks(in_english(desk.cast.toan))


def test_numbers_follow_each_other_without_a_gap(desk):
    report(desk)
    with pytest.raises(NotReported):
        report(desk, what="   ")

    assert report(desk).number == 2


@pytest.mark.parametrize(
    "page",
    ["//evil.example/", "https://evil.example/", "/pupils/?q=An", "/\\evil", "javascript:alert(1)", "/a#b"],
)
def test_only_a_page_of_the_portal_is_kept_and_never_what_was_searched_for(desk, page):
    teacher = in_english(desk.cast.toan)

    refused = teacher.post("/incidents/new/", {"what": "Lỗi", "page": page})

    assert refused.status_code == 422
    assert "Lỗi" in refused.text
    with pytest.raises(NotReported, match="bad-page"):
        report_incident(what="Lỗi", page=page, by=desk.cast.toan)


def test_the_link_carries_no_search(desk):
    page = in_english(desk.cast.toan).get("/incidents/new/", {"page": "/pupils/?q=Nguyễn Văn An"})

    assert page.context["form"].initial == {"page": "/pupils/"}


def test_a_colleague_does_not_read_or_settle_the_report_of_another(desk):
    incident = report(desk)

    assert in_english(desk.cast.lan).get(f"/incidents/{incident.pk}/").status_code == 404
    with pytest.raises(PermissionDenied):
        settle_incident(incident=incident, by=desk.cast.lan)
    with pytest.raises(PermissionDenied):
        answer_incident(incident=incident, answer="x", by=desk.cast.lan)


def test_the_second_answer_is_refused_and_what_was_typed_stays(desk):
    incident = report(desk)
    answer_incident(incident=incident, answer="Lần một", by=desk.cast.khoa)

    response = in_english(desk.cast.vinh).post(f"/incidents/{incident.pk}/answer/", {"answer": "Lần hai"})

    assert response.status_code == 409
    assert "Lần một" in response.text and "Lần hai" in response.text
    with pytest.raises(AlreadyAnswered):
        answer_incident(incident=incident, answer="Lần ba", by=desk.cast.vinh)


def test_the_reporter_may_say_at_any_time_that_it_is_over(desk):
    incident = report(desk)

    settle_incident(incident=incident, by=desk.cast.toan)

    assert "Answer a report of a problem" not in tasks(in_english(desk.cast.khoa))
    with pytest.raises(AlreadySettled):
        answer_incident(incident=incident, answer="Muộn", by=desk.cast.khoa)


def test_the_board_filters_its_list_by_state(desk):
    first, _second = report(desk), report(desk, what="Việc thứ hai")
    answer_incident(incident=first, answer="Đã xem", by=desk.cast.khoa)
    board = in_english(desk.cast.khoa)

    shown = {
        state: [row.number for row in board.get(f"/incidents/desk/?state={state}").context["page"]]
        for state in ("", "unanswered", "answered", "settled")
    }

    assert shown == {"": [2, 1], "unanswered": [2], "answered": [1], "settled": []}


def test_somebody_without_a_role_reports_nothing(desk):
    stranger = create_account(username="khach", full_name="Người Lạ", password=None, by=desk.cast.hanh)

    with pytest.raises(PermissionDenied):
        report_incident(what="Lỗi", by=stranger)
