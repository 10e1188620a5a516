"""Lists out: in the shapes in which they come in, recorded, and only for those who may take them."""

import io

import pytest
from openpyxl import load_workbook

from accounts.models import AuditEvent
from gradebook.models import Guardian, Student
from tests.cast import in_english
from tests.gradebook.workbooks import confirmed, handed_in

pytestmark = pytest.mark.django_db


def table_of(response) -> list[tuple[str, ...]]:
    """The header and what stands below it."""
    assert response.status_code == 200
    lines = list(load_workbook(io.BytesIO(response.content)).active.values)
    return lines[3:]


@pytest.mark.duty("S1-30", "S4-01")
def test_the_vice_principal_takes_the_pupils_of_a_class_with_their_whole_profile(cast):
    student = cast.pupils["6A"][0].student
    student.permanent_address, student.household = "Tổ 5", Student.Household.NEAR_POOR
    student.save_by(cast.hanh)
    Guardian(student=student, relation="mother", full_name="Lê Thị Hoa", birth_year=1987).save_by(cast.hanh)

    header, *rows = table_of(in_english(cast.vinh).get(f"/exports/pupils/?class={cast.classes['6A'].pk}"))

    first = dict(zip(header, rows[0], strict=True))
    assert len(rows) == 5
    assert (first["Họ tên"], first["Lớp học"], first["Cận nghèo"]) == (student.full_name, "6A", "x")
    assert (first["Tổ/thôn Hộ khẩu thường trú"], first["Năm sinh mẹ"]) == ("Tổ 5", "1987")


@pytest.mark.duty("S4-09")
def test_what_was_exported_is_read_again_and_changes_nothing(cast):
    student = cast.pupils["6A"][0].student
    student.hometown, student.policy_group, student.phone = "Nam Định", "merit", "0912345678"
    student.save_by(cast.hanh)
    clerk = in_english(cast.cuc)

    done = confirmed(clerk, "pupils", clerk.get("/exports/pupils/").content)

    assert (done.counts["present"], done.counts["rows"]) == (10, 10)


def test_every_export_says_who_took_what(cast):
    in_english(cast.cuc).get("/exports/pupils/?grade=6")

    event = AuditEvent.objects.get(verb="gradebook.export.made")
    assert (event.actor_id, event.particulars) == (
        cast.cuc.pk,
        {"kind": "pupils", "part": "khối 6", "rows": 10},
    )


def test_a_homeroom_teacher_takes_the_own_class_only(cast):
    _, *rows = table_of(in_english(cast.mai).get("/exports/pupils/"))

    assert {row[22] for row in rows} == {"6A"}
    assert in_english(cast.mai).get(f"/exports/pupils/?class={cast.classes['6B'].pk}").status_code == 404


@pytest.mark.parametrize("person", ["toan", "lan", "dung"])
def test_who_reads_no_whole_record_takes_nothing(cast, person):
    client = in_english(cast.people[person])

    assert client.get("/exports/pupils/").status_code == 403
    assert client.get("/exports/").status_code == 403
    assert not AuditEvent.objects.filter(verb="gradebook.export.made").exists()


@pytest.mark.parametrize("kind", ["classes", "assignments", "assignments-matrix"])
def test_lists_of_the_year_are_read_again_without_a_change(cast, kind):
    administrator = in_english(cast.khoa)
    data = administrator.get(f"/exports/{kind}/").content

    given = handed_in(administrator, kind.removesuffix("-matrix"), data)
    administrator.post(f"/imports/{given.pk}/confirm/")

    given.refresh_from_db()
    assert given.counts["present"] == given.counts["rows"] == 2


def test_staff_with_their_posts_are_read_again_without_a_change(cast):
    principal = in_english(cast.hanh)

    done = confirmed(principal, "staff", principal.get("/exports/staff/").content)

    assert (done.counts["present"], done.counts["refused"]) == (8, 0)


def test_accounts_without_secrets(cast):
    response = in_english(cast.hanh).get("/exports/accounts/")

    header, *rows = table_of(response)
    assert header == ("STT", "Tên đăng nhập", "Họ và tên", "Vai trò", "Trạng thái", "Đăng nhập gần nhất")
    assert cast.hanh.password not in str(rows)
