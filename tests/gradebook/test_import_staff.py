"""A list of staff becomes accounts, roles and departments; passwords come on slips."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actions import disable_account, units
from accounts.models import AuditEvent, Department, User
from gradebook.actions.import_lists import confirm_list
from tests.cast import build, in_english
from tests.gradebook.workbooks import confirmed, handed_in, page_of, reasons, table
from tests.races import at_once, errors

pytestmark = pytest.mark.django_db
HEADINGS = ["STT", "Họ và tên", "Mã cán bộ", "Email", "Chức vụ", "Tổ chuyên môn"]
HOA = ["1", "Nguyễn Thị Hoa", "0112345678", "hoa@truong.vn", "Tổ trưởng, Giáo viên", "Tổ Toán – Tin"]


@pytest.fixture
def principal(cast):
    return in_english(cast.hanh)


@pytest.mark.duty("S0-34")
def test_a_member_of_staff_gets_an_account_with_roles_and_a_department(cast, principal):
    done = confirmed(principal, "staff", table(HEADINGS, HOA))

    hoa = User.objects.get(staff_code="0112345678")
    assert done.counts["added"] == 1
    assert (hoa.username, hoa.email) == ("hoant", "hoa@truong.vn")
    assert {role.value for role in hoa.roles} == {"department_head", "subject_teacher"}
    assert hoa.memberships.get().department.name == "Tổ Toán – Tin"


def test_nobody_signs_in_before_the_slip_and_slips_are_made_once(cast, principal):
    done = confirmed(principal, "staff", table(HEADINGS, HOA))
    hoa = User.objects.get(staff_code="0112345678")
    page = page_of(principal, f"/imports/{done.pk}/")

    assert "1 person has no password yet" in page
    assert not hoa.has_usable_password()
    assert "hoant" in principal.post("/accounts/slips/", {"account": hoa.pk}).content.decode()
    assert "has no password yet" not in page_of(principal, f"/imports/{done.pk}/")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["1", "Lê Văn Tám", "", "", "Thầy giáo", ""], "unknown_choice"),
        (["1", "Lê Văn Tám", "", "khong-phai", "", ""], "bad_email"),
        (["1", "", "0112345679", "", "Giáo viên", ""], "missing_value"),
        (["1", "", "", "", "Giáo viên", "Tổ Toán"], "not_an_entry"),
        (["1", "Lê Văn Tám", "", "", "Tổ trưởng", ""], "head_of_nothing"),
        (["1", "Bùi Ngọc Lan", "0999999999", "", "", ""], "name_of_somebody"),
    ],
)
def test_who_does_not_fit_is_refused(cast, principal, row, code):
    people = User.objects.count()

    done = confirmed(principal, "staff", table(HEADINGS, row))

    assert reasons(done) == [code]
    assert User.objects.count() == people


@pytest.mark.parametrize(
    ("post", "role"),
    [
        ("Tổ phó chuyên môn", "subject_teacher"),
        ("Giáo viên THCS hạng III", "subject_teacher"),
        ("GVCN 6A1", "homeroom_teacher"),
        ("Giáo viên chủ nhiệm lớp 9A", "homeroom_teacher"),
        ("Hiệu phó", "vice_principal"),
        ("Quản trị mạng", "administrator"),
    ],
)
def test_posts_are_understood_as_schools_write_them(cast, principal, post, role):
    confirmed(principal, "staff", table(HEADINGS, ["1", "Lê Văn Tám", "0112345680", "", post, ""]))

    assert [held.value for held in User.objects.get(staff_code="0112345680").roles] == [role]


def test_somebody_known_keeps_roles_and_what_differs_is_shown(cast, principal):
    row = ["1", "Bùi Ngọc Lan", "", "", "Văn thư", "Tổ Văn"]
    given = handed_in(principal, "staff", table(HEADINGS, row))
    page = page_of(principal, f"/imports/{given.pk}/?show=different")
    principal.post(f"/imports/{given.pk}/confirm/")

    assert "Clerk" in page
    assert {role.value for role in User.objects.get(username="lan").roles} == {"subject_teacher"}
    assert User.objects.get(username="lan").memberships.get().department.name == "Tổ Văn"


def test_the_journal_says_who_founded_the_department_and_appointed_its_head(cast, principal):
    """As if it had been done on the department's page: the same actions do it."""
    confirmed(principal, "staff", table(HEADINGS, HOA))

    verbs = set(AuditEvent.objects.filter(actor_id=cast.hanh.pk).values_list("verb", flat=True))
    assert verbs >= {"accounts.department.founded", "accounts.member.added", "accounts.head.appointed"}


def test_nobody_joins_a_department_with_a_disabled_account_or_before_leaving_another(cast, principal):
    today = timezone.localdate()
    leaving = units.add_member(
        department=units.found_department(name="Tổ Văn", by=cast.khoa),
        user=cast.lan,
        since=today,
        by=cast.khoa,
    )
    units.end_membership(membership=leaving, until=today + timedelta(days=1), by=cast.khoa)
    disable_account(account=cast.toan, by=cast.hanh)

    rows = (["1", str(each), "", "", "", "Tổ Toán"] for each in (cast.lan, cast.toan))
    done = confirmed(principal, "staff", table(HEADINGS, *rows))

    assert (done.counts["filled"], done.counts["present"]) == (0, 2)
    assert [each.name for each in Department.objects.all()] == ["Tổ Văn"]


def test_the_same_file_twice_opens_no_account(cast, principal):
    confirmed(principal, "staff", table(HEADINGS, HOA))
    people = User.objects.count()

    again = confirmed(principal, "staff", table(HEADINGS, HOA))

    assert (again.counts["present"], User.objects.count()) == (1, people)
    assert Department.objects.count() == 1


@pytest.mark.parametrize("person", ["khoa", "cuc", "vinh", "toan"])
def test_only_who_manages_accounts_imports_staff(cast, principal, person):
    given = handed_in(principal, "staff", table(HEADINGS, HOA))
    stranger = in_english(cast.people[person])

    assert stranger.get(f"/imports/{given.pk}/").status_code == 404
    assert stranger.post(f"/imports/{given.pk}/confirm/").status_code == 404
    assert not User.objects.filter(staff_code="0112345678").exists()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_one_list_confirmed_twice_at_once_opens_one_account_and_both_are_told(attempt):
    cast = build()
    lists = [handed_in(in_english(cast.hanh), "staff", table(HEADINGS, HOA)) for _ in range(2)]
    today = timezone.localdate()

    results = at_once(
        *[lambda given=given: confirm_list(upload=given, by=cast.hanh, today=today) for given in lists]
    )

    assert errors(results) == []
    assert sorted((done.counts["added"], done.counts["present"]) for done in results) == [(0, 1), (1, 0)]
    assert User.objects.filter(full_name="Nguyễn Thị Hoa").count() == 1
