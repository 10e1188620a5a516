"""The school, the calendar and the classes of a year, through the pages that set them up."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.actions import create_account, give_role
from accounts.models import AuditEvent
from accounts.roles import Role
from gradebook.actions.classes import ClassInUse, NameTaken, add_classes, copy_classes, withdraw_class
from gradebook.actions.school import found_school, open_year
from gradebook.actions.teaching import appoint_homeroom_teacher, open_class
from gradebook.class_names import BadName, parse
from gradebook.models import Course, Period, School, SchoolClass, SchoolYear
from gradebook.year_dates import BadDates
from gradebook.years import YearClosed
from tests.cast import signed_in
from tests.grants import held, implied

SET_UP = "/year-set-up/2026-2027"
NEXT = {"starts_on": "06/09/2027", "second_semester_on": "17/01/2028", "ends_on": "31/05/2028"}


@pytest.fixture
def following(cast):
    return open_year(
        name="2027-2028",
        starts_on=date(2027, 9, 6),
        second_semester_on=date(2028, 1, 17),
        ends_on=date(2028, 5, 31),
        by=cast.hanh,
    )


def test_the_school_is_renamed_and_the_page_shows_what_it_was_called(cast, client):
    facts = {"name": "Trường THCS Bến Đá", "governing_body": "UBND phường Bến Đá", "place": "Hà Nội"}

    signed_in(client, cast.hanh).post("/year-set-up/school/", facts)

    assert School.objects.get().name == "Trường THCS Bến Đá"
    assert "<del>Trường THCS Sông Hồng</del>" in client.get("/year-set-up/school/").content.decode()


@pytest.mark.duty("S0-34", "S1-45", "S4-20")
def test_the_next_year_is_opened_with_semesters_periods_and_policies(cast, client):
    response = signed_in(client, cast.khoa).post("/year-set-up/new-year/", NEXT)

    assert response["Location"] == "/year-set-up/2027-2028/calendar/"
    year = SchoolYear.objects.get(name="2027-2028")
    assert [p.code for p in Period.objects.filter(semester__year=year)] == ["GK1", "CK1", "GK2", "CN", "HE"]
    assert year.policies.count() == 3


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"second_semester_on": "01/06/2028"}, "second_semester_on"),
        ({"ends_on": "31/05/2029"}, "ends_on"),
        (
            {"starts_on": "05/09/2026", "second_semester_on": "18/01/2027", "ends_on": "31/05/2027"},
            "starts_on",
        ),
        ({"starts_on": "31/02/2027"}, "starts_on"),
    ],
)
def test_days_that_contradict_each_other_are_refused_beside_the_field(cast, client, change, field):
    response = signed_in(client, cast.hanh).post("/year-set-up/new-year/", NEXT | change)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert SchoolYear.objects.count() == 1


def calendar(**tests: str) -> dict[str, str]:
    days = {"starts_on": "07/09/2026", "second_semester_on": "18/01/2027", "ends_on": "31/05/2027"}
    return days | tests


@pytest.mark.parametrize("page", ["classes", "lock-board", "decisions", "policy", "movements"])
def test_before_the_first_year_a_page_says_so_and_leads_home(db, client, page):
    hanh = create_account(username="hanh", full_name="Nguyễn Thị Hạnh", password=None, by=None)
    give_role(user=hanh, role=Role.PRINCIPAL, since=timezone.localdate(), by=hanh)
    found_school(name="Trường THCS Bến Đá", governing_body="UBND phường", place="Hà Nội", by=hanh)

    shown = signed_in(client, hanh).get(f"/{page}/").text.split("<main")[1]

    assert "Chưa có năm học nào" in shown
    assert "Năm học –" not in shown
    assert 'class="button" href="/"' in shown


def test_a_year_without_classes_tells_who_sets_it_up_to_add_some(cast, client, following):
    page = signed_in(client, cast.hanh).get("/classes/?year=2027-2028").text

    assert 'href="/year-set-up/2027-2028/classes/"' in page


@pytest.mark.parametrize("typed", ["26/10/2026", "26-10-2026", "26.10.2026", "2026-10-26"])
def test_days_are_taken_as_offices_type_them(cast, client, typed):
    days = calendar(GK1_from=typed, GK1_until="30/10/2026")

    signed_in(client, cast.khoa).post(f"{SET_UP}/calendar/", days)

    assert Period.objects.get(code="GK1").tests_from == date(2026, 10, 26)


def test_the_calendar_of_exams_is_kept(cast, client):
    tests = {
        "GK1_from": "26/10/2026",
        "GK1_until": "07/11/2026",
        "CK1_from": "21/12/2026",
        "CK1_until": "09/01/2027",
    }

    assert signed_in(client, cast.hanh).post(f"{SET_UP}/calendar/", calendar(**tests)).status_code == 303

    first = Period.objects.get(code="GK1")
    assert (first.tests_from, first.tests_until) == (date(2026, 10, 26), date(2026, 11, 7))
    assert SchoolYear.objects.get().starts_on == date(2026, 9, 7)
    assert AuditEvent.objects.filter(verb="gradebook.calendar.set").exists()


@pytest.mark.parametrize(
    "tests",
    [
        {"GK1_from": "26/10/2026"},
        {"GK1_from": "07/11/2026", "GK1_until": "26/10/2026"},
        {"GK1_from": "26/03/2027", "GK1_until": "07/04/2027"},
        {
            "GK1_from": "26/10/2026",
            "GK1_until": "07/11/2026",
            "CK1_from": "01/11/2026",
            "CK1_until": "09/11/2026",
        },
        {"HE_from": "10/05/2027", "HE_until": "12/05/2027"},
    ],
)
def test_exams_outside_their_semester_or_out_of_order_are_refused(cast, client, tests):
    response = signed_in(client, cast.hanh).post(f"{SET_UP}/calendar/", calendar(**tests))

    assert response.status_code == 422
    assert not Period.objects.exclude(tests_from=None).exists()
    assert next(iter(tests.values())) in response.content.decode()  # what was typed is kept


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("6C, 6D ;7A", ["6C", "6D", "7A"]),
        ("10A1-10A4", ["10A1", "10A2", "10A3", "10A4"]),
        ("6a – 6d", ["6A", "6B", "6C", "6D"]),
        ("6/1-6/3, 6/2", ["6/1", "6/2", "6/3"]),
        ("12.6", ["12.6"]),
    ],
)
def test_names_of_classes_as_offices_type_them(typed, names):
    assert parse(typed) == names


@pytest.mark.parametrize("typed", ["A6", "13A", "6A-7D", "6A1-6A999", "6", "6ABCDEFGHIJ", "6A1-6"])
def test_what_is_no_name_of_a_class_is_refused(typed):
    with pytest.raises(BadName):
        parse(typed)


@pytest.mark.duty("S3-62")
def test_classes_are_added_by_name_to_the_grade_the_name_begins_with(cast, client):
    signed_in(client, cast.khoa).post(f"{SET_UP}/classes/add/", {"names": "6C, 10A1-10A3"})

    added = SchoolClass.objects.exclude(name__in=["6A", "6B"])
    assert [(each.name, each.grade) for each in added] == [
        ("6C", 6),
        ("10A1", 10),
        ("10A2", 10),
        ("10A3", 10),
    ]
    assert all(each.courses.get().kind == Course.Kind.HOMEROOM for each in added)


def test_a_name_that_is_taken_adds_nothing_and_is_named(cast, client):
    response = signed_in(client, cast.khoa).post(f"{SET_UP}/classes/add/", {"names": "6C, 6A"})

    assert response.status_code == 422
    assert "6A" in str(response.context["form"].errors["names"])
    assert not SchoolClass.objects.filter(name="6C").exists()


def test_the_next_year_takes_over_classes_and_if_wished_their_teachers(cast, following):
    copied = copy_classes(year=following, source=cast.year, keep_teachers=True, by=cast.khoa)

    assert [(each.name, each.homeroom_teacher) for each in copied] == [("6A", cast.mai), ("6B", None)]
    assert not copied[0].enrolments.exists()
    assert copy_classes(year=following, source=cast.year, keep_teachers=True, by=cast.khoa) == []
    assert held() == implied()


def test_an_empty_class_is_renamed_and_withdrawn(cast, client):
    empty = open_class(year=cast.year, name="7X", grade=7, by=cast.hanh)

    signed_in(client, cast.khoa).post(f"/classes/{empty.pk}/rename/", {"name": "7a"})
    assert SchoolClass.objects.get(pk=empty.pk).name == "7A"
    client.post(f"/classes/{empty.pk}/withdraw/")

    assert not SchoolClass.objects.filter(pk=empty.pk).exists()
    assert client.get(f"/classes/{empty.pk}/").status_code == 404
    assert [row.history_type for row in SchoolClass.history.filter(id=empty.pk)] == ["~", "~", "+"]
    assert add_classes(year=cast.year, names=["7A"], by=cast.khoa)[0].pk != empty.pk


def test_a_class_with_pupils_is_neither_renamed_nor_withdrawn(cast, client):
    with pytest.raises(ClassInUse):
        withdraw_class(school_class=cast.classes["6A"], by=cast.khoa)

    signed_in(client, cast.khoa).post(f"/classes/{cast.classes['6A'].pk}/rename/", {"name": "6Z"})
    assert SchoolClass.objects.get(pk=cast.classes["6A"].pk).name == "6A"


def test_a_withdrawn_class_takes_its_teacher_off(cast):
    empty = open_class(year=cast.year, name="7X", grade=7, by=cast.hanh)
    appoint_homeroom_teacher(school_class=empty, teacher=cast.lan, since=date(2026, 9, 5), by=cast.hanh)

    withdraw_class(school_class=empty, by=cast.khoa)

    assert held() == implied()


def test_nothing_of_a_closed_year_changes(cast, following):
    close(following, cast)

    with pytest.raises(YearClosed):
        add_classes(year=following, names=["6A"], by=cast.khoa)
    with pytest.raises(YearClosed):
        open_class(year=following, name="6A", grade=6, by=cast.hanh)


def close(year: SchoolYear, cast) -> None:
    year.status = SchoolYear.Status.CLOSED
    year.save_by(cast.hanh)


def test_a_page_of_a_closed_year_can_be_read_and_says_that_it_is_closed(cast, client, following):
    close(following, cast)
    page = "/year-set-up/2027-2028/calendar/"

    assert signed_in(client, cast.hanh).get(page).context["is_closed"]
    assert client.post(page, NEXT).status_code == 303

    assert not AuditEvent.objects.filter(verb="gradebook.calendar.set").exists()


def test_only_those_who_set_up_the_year_write(cast):
    for person in (cast.vinh, cast.cuc, cast.mai):
        with pytest.raises(PermissionDenied):
            add_classes(year=cast.year, names=["6C"], by=person)
        with pytest.raises(PermissionDenied):
            open_class(year=cast.year, name="6C", grade=6, by=person)


def test_two_years_do_not_share_days(cast):
    with pytest.raises(BadDates):
        open_year(
            name="2027-2028",
            starts_on=date(2027, 5, 31),
            second_semester_on=date(2028, 1, 17),
            ends_on=date(2028, 5, 31),
            by=cast.hanh,
        )


def test_a_name_of_the_year_is_found_by_letter_case_too(cast):
    with pytest.raises(NameTaken):
        add_classes(year=cast.year, names=["6a"], by=cast.khoa)
