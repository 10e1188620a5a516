"""Who leads and who teaches: placed on one page, from a day on, and what the year still lacks."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext, override

from accounts.actions import create_account, give_role
from accounts.roles import Role
from gradebook.actions.classes import add_classes
from gradebook.actions.school import open_year
from gradebook.actions.teaching import OwnAssignment, Placement, place_teachers
from gradebook.models import SchoolClass
from gradebook.set_up.checks import read_checks
from tests.cast import signed_in
from tests.grants import held, implied

PAGE = "/year-set-up/2026-2027/teachers/"
PLACE = f"{PAGE}place/?grade=6"


def sheet(school_class: SchoolClass):
    return school_class.courses.get(kind="homeroom")


def change(course, was, teacher, since="01/12/2026") -> dict[str, str]:
    pk = "" if was is None else str(was.pk)
    return {
        f"was-{course.pk}-0": pk,
        f"teacher-{course.pk}-0": str(teacher.pk if teacher else ""),
        "since": since,
    }


def test_a_course_changes_hands_on_a_day_and_history_keeps_both(cast, client):
    course = cast.maths["6A"]

    assert signed_in(client, cast.khoa).post(PLACE, change(course, cast.toan, cast.lan)).status_code == 303

    rows = course.assignments.order_by("since").values_list("teacher", "since", "until")
    assert list(rows) == [
        (cast.toan.pk, date(2026, 9, 5), date(2026, 11, 30)),
        (cast.lan.pk, date(2026, 12, 1), None),
    ]
    assert held() == implied()


def test_the_homeroom_teacher_takes_the_class_and_its_sheet(cast, client):
    signed_in(client, cast.khoa).post(PLACE, change(sheet(cast.classes["6B"]), None, cast.lan))

    cast.classes["6B"].refresh_from_db()
    assert cast.classes["6B"].homeroom_teacher == cast.lan
    assert sheet(cast.classes["6B"]).assignments.get().teacher == cast.lan
    assert held() == implied()


def test_a_page_that_somebody_else_overtook_changes_nothing(cast, client):
    place_teachers(
        placements=[Placement(cast.maths["6A"], cast.lan)], since=timezone.localdate(), by=cast.hanh
    )

    response = signed_in(client, cast.khoa).post(PLACE, change(cast.maths["6A"], cast.toan, cast.mai))

    assert response.status_code == 422
    assert cast.maths["6A"].assignments.get(until=None).teacher == cast.lan


def test_the_administrator_gives_no_course_to_himself(cast):
    with pytest.raises(OwnAssignment):
        place_teachers(
            placements=[Placement(cast.maths["6A"], cast.khoa)], since=date(2026, 12, 1), by=cast.khoa
        )

    assert cast.maths["6A"].assignments.get(until=None).teacher == cast.toan


@pytest.mark.parametrize("since", ["01/07/2026", "01/06/2027", "31/11/2026", ""])
def test_a_day_outside_the_year_is_refused_and_the_choice_stays(cast, client, since):
    response = signed_in(client, cast.khoa).post(PLACE, change(cast.maths["6A"], cast.toan, cast.lan, since))

    assert response.status_code == 422
    assert f'<option value="{cast.lan.pk}" selected>' in response.content.decode()
    assert cast.maths["6A"].assignments.get(until=None).teacher == cast.toan


def test_people_without_a_teaching_role_cannot_be_chosen(cast, client):
    assert (
        signed_in(client, cast.khoa).post(PLACE, change(cast.maths["6A"], cast.toan, cast.cuc)).status_code
        == 422
    )

    assert cast.maths["6A"].assignments.get(until=None).teacher == cast.toan


def test_namesakes_are_offered_with_what_they_sign_in_with(cast, client):
    other = create_account(username="lan2", full_name="Bùi Ngọc Lan", password=None, by=cast.hanh)
    give_role(user=other, role=Role.SUBJECT_TEACHER, since=date(2026, 9, 5), by=cast.hanh)

    page = signed_in(client, cast.khoa).get(f"{PAGE}?grade=6").text

    assert ">Bùi Ngọc Lan (lan2)<" in page
    assert ">Bùi Ngọc Lan (lan)<" in page
    assert ">Đỗ Minh Toàn<" in page


def test_one_subject_is_shown_in_all_classes(cast, client):
    board = signed_in(client, cast.hanh).get(f"{PAGE}?subject=toan").context["board"]

    assert [title for title, _cells in board.rows] == ["6A", "6B"]


def words(source: str) -> str:
    with override("vi"):
        return gettext(source)


def found(cast) -> dict[str, tuple[str, ...]]:
    with override("vi"):
        return {check.title: check.names for check in read_checks(cast.year)}


def test_the_check_page_names_what_is_missing_and_where_to_fix_it(cast, client):
    page = signed_in(client, cast.hanh).get("/year-set-up/")
    missing = {check.title: (check.count, check.url) for check in page.context["missing"]}

    assert missing[words("Classes without a homeroom teacher")] == (1, PAGE)
    assert words("Periods without exam dates") in missing
    assert words("Subjects without a teacher") not in missing


def test_a_course_loses_its_teacher_and_appears_among_what_is_missing(cast):
    place_teachers(
        placements=[Placement(cast.maths["6A"], None)],
        since=timezone.localdate() - timedelta(days=1),
        by=cast.hanh,
    )

    assert found(cast)[words("Subjects without a teacher")] == ("Toán 6A",)


def test_the_home_page_leads_there_until_the_year_is_ready(cast, client):
    urls = [task["url"] for task in signed_in(client, cast.khoa).get("/").context["tasks"]]

    assert urls == ["/year-set-up/"]


def test_the_classes_page_leads_there_only_those_who_may(cast, client):
    assert "/year-set-up/" in signed_in(client, cast.khoa).get("/classes/").content.decode()
    assert "/year-set-up/" not in signed_in(client, cast.mai).get("/classes/").content.decode()


def test_steps_that_wait_for_the_classes_are_not_ticked(cast, client):
    open_year(
        name="2027-2028",
        starts_on=date(2027, 9, 6),
        second_semester_on=date(2028, 1, 17),
        ends_on=date(2028, 5, 31),
        by=cast.hanh,
    )

    page = signed_in(client, cast.hanh).get("/year-set-up/?year=2027-2028")

    states = [step["state"] for step in page.context["steps"]]
    assert states == ["done", "waiting", "waiting", "waiting", "waiting", "waiting"]
    assert words("Classes without pupils") not in page.text


def test_classes_are_listed_by_grade_and_name_whenever_they_were_added(cast, client):
    add_classes(year=cast.year, names=["7A", "5B", "6Đ", "5A"], by=cast.khoa)

    for page in ("/classes/", "/year-set-up/2026-2027/classes/"):
        rows = signed_in(client, cast.khoa).get(page).context["classes" if page == "/classes/" else "rows"]
        assert [row.name for row in rows] == ["5A", "5B", "6A", "6B", "6Đ", "7A"]


@pytest.mark.parametrize("step", ["classes", "teachers"])
def test_the_principal_is_led_from_the_steps_to_the_lists_in_excel(cast, client, step):
    assert 'href="/imports/"' in main_of(
        signed_in(client, cast.hanh).get(f"/year-set-up/2026-2027/{step}/").text
    )


def main_of(page: str) -> str:
    """Without the menu, which leads there too."""
    return page.split("<main")[1]
