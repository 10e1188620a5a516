"""Who checks what: a leader reads the grades and subjects given, and changes nothing in them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.actions.delegations import delegate_power
from accounts.models import User
from accounts.roles import Permission
from gradebook.actions.courses import withdraw_courses
from gradebook.actions.oversight import NotALeader, end_oversight, give_oversight
from gradebook.models import Subject
from tests.cast import signed_in

DAY = timedelta(days=1)


def give(cast, to: User, *, grades=(), subjects=(), by: User | None = None):
    found = list(Subject.objects.filter(code__in=subjects))
    today = timezone.localdate()
    return give_oversight(leader=to, grades=list(grades), subjects=found, since=today, by=by or cast.hanh)


@pytest.mark.duty("S0-04", "S4-06")
def test_the_principal_says_on_a_page_what_the_vice_principal_checks(cast, client):
    subject = Subject.objects.get(code="toan").pk
    today = f"{timezone.localdate():%d/%m/%Y}"
    data = {"grades": ["6"], "subjects": [subject], "since": today}
    signed_in(client, cast.hanh).post(f"/oversight/{cast.vinh.pk}/give/", data)

    home = signed_in(client, cast.vinh).get("/")
    [listed] = signed_in(client, cast.toan).get("/oversight/").context["leaders"]

    classes = [[row.name for row in check.classes] for check in home.context["standing"].checks]
    assert classes == [["6A", "6B"], ["6A", "6B"]]
    assert (listed.leader, listed.grades, listed.subjects) == (cast.vinh, [6], ["Toán"])


@pytest.mark.duty("S0-05")
@pytest.mark.parametrize("scope", [{"grades": [6]}, {"subjects": ["toan"]}], ids=["grade", "subject"])
def test_a_department_head_reads_the_books_to_check_and_enters_nothing(cast, client, scope):
    course = cast.maths["6A"].pk
    signed_in(client, cast.dung)
    assert client.get(f"/courses/{course}/semester-1/").status_code == 404

    give(cast, cast.dung, **scope)

    assert client.get(f"/classes/{cast.classes['6A'].pk}/").status_code == 200
    assert client.get(f"/courses/{course}/semester-1/").status_code == 200
    assert client.post(f"/courses/{course}/semester-1/save/", {}).status_code == 403


def test_another_grade_stays_closed(cast, client):
    give(cast, cast.dung, grades=[7])

    assert signed_in(client, cast.dung).get(f"/courses/{cast.maths['6A'].pk}/semester-1/").status_code == 404


def test_who_checks_a_subject_sees_no_other_book_of_the_class(cast, client):
    give(cast, cast.dung, subjects=["toan"])
    sheet = cast.classes["6A"].courses.get(kind="homeroom")

    assert signed_in(client, cast.dung).get(f"/courses/{sheet.pk}/semester-1/").status_code == 404


def test_a_withdrawn_course_opens_no_class(cast, client):
    give(cast, cast.dung, subjects=["toan"])
    withdraw_courses(courses=[cast.maths["6A"]], by=cast.khoa)

    assert signed_in(client, cast.dung).get(f"/classes/{cast.classes['6A'].pk}/").status_code == 404


def test_oversight_ends_with_its_last_day(cast, client):
    [scope] = give(cast, cast.dung, grades=[6])
    scope.since -= 9 * DAY
    scope.save_by(cast.hanh)
    end_oversight(scope=scope, until=timezone.localdate() - DAY, by=cast.hanh)

    assert signed_in(client, cast.dung).get(f"/courses/{cast.maths['6A'].pk}/semester-1/").status_code == 404


def test_only_a_leader_is_given_something_to_check(cast):
    with pytest.raises(NotALeader):
        give(cast, cast.toan, grades=[6])


def test_who_decides_by_delegation_gives_themselves_nothing(cast):
    today = timezone.localdate()
    delegate_power(
        power=Permission.ISSUE_DECISIONS,
        to=cast.dung,
        since=today,
        until=today,
        number="1/QĐ",
        dated=today,
        by=cast.hanh,
    )
    dung = User.objects.get(pk=cast.dung.pk)

    with pytest.raises(PermissionDenied):
        give(cast, dung, grades=[6], by=dung)
    assert give(cast, cast.vinh, grades=[6], by=dung)


def test_what_is_checked_already_is_left_as_it_stands(cast):
    give(cast, cast.vinh, grades=[6])

    [fresh] = give(cast, cast.vinh, grades=[6, 7])

    assert fresh.grade == 7


def test_nothing_chosen_is_refused(cast, client):
    url = f"/oversight/{cast.vinh.pk}/give/"
    assert signed_in(client, cast.hanh).post(url, {"since": "25/11/2026"}).status_code == 422
