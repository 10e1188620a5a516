"""Departments: everybody sees them, their head reads what members teach, and the role follows from heading."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.actions import units
from accounts.models import Department, User
from accounts.roles import Role
from tests.cast import FIRST_DAY, signed_in

ONE_DAY = timedelta(days=1)


@pytest.fixture
def maths(cast):
    """Lan heads the department of mathematics, Toàn belongs to it."""
    department = units.found_department(name="Tổ Toán", by=cast.khoa)
    lan = units.add_member(department=department, user=cast.lan, since=FIRST_DAY, by=cast.khoa)
    units.appoint_head(membership=lan, since=FIRST_DAY, by=cast.khoa)
    units.add_member(department=department, user=cast.toan, since=FIRST_DAY, by=cast.khoa)
    return department


def again(user: User) -> User:
    """As the next request reads this person."""
    return User.objects.get(pk=user.pk)


@pytest.mark.duty("S0-08", "S0-32", "S3-59")
def test_the_administrator_founds_a_department_and_fills_it_on_its_page(cast, client):
    signed_in(client, cast.khoa)
    url = client.post("/departments/found/", {"name": "  Tổ  Toán "})["Location"]
    client.post(f"{url}add-member/", {"member-person": cast.lan.pk, "member-day": "05/09/2026"})
    client.post(f"{url}appoint-head/", {"head-person": cast.lan.pk, "head-day": "05/09/2026"})
    client.post(f"{url}rename/", {"rename-name": "Tổ Toán – Tin"})

    page = signed_in(client, cast.toan).get(url)

    assert [(row.user, row.is_head) for row in page.context["members"]] == [(cast.lan, True)]
    assert "Tổ Toán – Tin" in page.text
    assert Role.DEPARTMENT_HEAD in again(cast.lan).roles


@pytest.mark.duty("S1-39")
def test_the_head_reads_the_members_courses_and_changes_nothing_in_them(cast, client, maths):
    course = cast.maths["6A"].pk
    signed_in(client, cast.lan)

    assert client.get(f"/classes/{cast.classes['6A'].pk}/").status_code == 200
    assert client.get(f"/courses/{course}/semester-1/").status_code == 200
    assert client.post(f"/courses/{course}/semester-1/save/", {}).status_code == 403


def test_the_head_sees_nothing_of_a_class_but_what_members_teach(cast, client, maths):
    sheet = cast.classes["6A"].courses.get(kind="homeroom")
    signed_in(client, cast.lan)

    shown = client.get(f"/classes/{cast.classes['6A'].pk}/").context["courses"]
    assert list(shown) == [cast.maths["6A"]]
    assert client.get(f"/courses/{sheet.pk}/semester-1/").status_code == 404
    assert client.get(f"/classes/{cast.classes['6A'].pk}/results/year/").status_code == 404


def test_a_plain_member_reads_no_more_than_before(cast, client, maths):
    signed_in(client, cast.toan)

    assert client.get(f"/courses/{cast.maths['6B'].pk}/semester-1/").status_code == 404


def test_a_head_who_leaves_loses_the_role_and_the_books_with_the_next_request(cast, client, maths):
    signed_in(client, cast.lan)
    assert client.get(f"/courses/{cast.maths['6A'].pk}/semester-1/").status_code == 200

    membership = maths.memberships.get(user=cast.lan)
    units.end_membership(membership=membership, until=timezone.localdate() - ONE_DAY, by=cast.khoa)

    assert client.get(f"/courses/{cast.maths['6A'].pk}/semester-1/").status_code == 404
    assert Role.DEPARTMENT_HEAD not in again(cast.lan).roles


def test_a_member_who_leaves_is_read_by_the_head_no_longer(cast, client, maths):
    membership = maths.memberships.get(user=cast.toan)
    units.end_membership(membership=membership, until=timezone.localdate() - ONE_DAY, by=cast.khoa)

    assert signed_in(client, cast.lan).get(f"/courses/{cast.maths['6A'].pk}/semester-1/").status_code == 404


def test_a_new_head_replaces_the_former_who_stays_a_member(cast, maths):
    today = timezone.localdate()
    units.appoint_head(membership=maths.memberships.get(user=cast.toan), since=today, by=cast.khoa)

    standing = {row.user: row.is_head for row in maths.memberships.on(today)}
    assert standing == {cast.lan: False, cast.toan: True}
    assert Role.DEPARTMENT_HEAD not in again(cast.lan).roles
    assert Role.DEPARTMENT_HEAD in again(cast.toan).roles
    assert maths.memberships.on(today - ONE_DAY).get(is_head=True).user == cast.lan


def test_who_was_made_head_by_mistake_loses_the_role_the_same_day(cast, maths):
    today = timezone.localdate()
    units.appoint_head(membership=maths.memberships.get(user=cast.toan), since=today, by=cast.khoa)
    back = maths.memberships.get(user=cast.lan, until=None)

    units.appoint_head(membership=back, since=today, by=cast.khoa)

    assert Role.DEPARTMENT_HEAD not in again(cast.toan).roles
    assert Role.DEPARTMENT_HEAD in again(cast.lan).roles


def test_who_heads_two_departments_keeps_the_role_with_the_second(cast, maths):
    other = units.found_department(name="Tổ Tin", by=cast.khoa)
    second = units.add_member(department=other, user=cast.lan, since=FIRST_DAY, by=cast.khoa)
    units.appoint_head(membership=second, since=FIRST_DAY, by=cast.khoa)

    first = maths.memberships.get(user=cast.lan)
    units.end_membership(membership=first, until=timezone.localdate() - ONE_DAY, by=cast.khoa)

    assert Role.DEPARTMENT_HEAD in again(cast.lan).roles


def test_the_same_name_in_other_letters_is_refused_and_stays_typed(cast, client, maths):
    response = signed_in(client, cast.khoa).post("/departments/found/", {"name": "TO TOAN"})

    assert response.status_code == 422
    assert "TO TOAN" in response.text
    assert Department.objects.count() == 1


def test_nobody_joins_twice(cast, maths):
    with pytest.raises(units.AlreadyMember):
        units.add_member(department=maths, user=cast.toan, since=timezone.localdate(), by=cast.khoa)


def test_a_last_day_before_the_first_is_refused(cast, client, maths):
    data = {"end-person": cast.toan.pk, "end-day": "01/09/2026"}
    response = signed_in(client, cast.khoa).post(f"/departments/{maths.pk}/end-membership/", data)

    assert response.status_code == 422
    assert "01/09/2026" in response.text


def test_a_head_may_not_change_the_department(cast, maths):
    with pytest.raises(PermissionDenied):
        units.rename_department(department=maths, name="Tổ của tôi", by=cast.lan)
