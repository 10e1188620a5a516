"""Dạy thay: the substitute enters under their own name for some days, and who is replaced keeps the course."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from gradebook.actions.courses import Shape, shape_courses
from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.substitution import NotAppointed, appoint_substitute, end_substitution
from gradebook.actions.teaching import assign_teacher
from gradebook.book import read_book
from gradebook.models import Column, Mark, TeachingAssignment
from gradebook.policies import may_enter_marks
from gradebook.tasks import revoke_expired_grants
from tests.cast import FIRST_DAY, signed_in
from tests.grants import held, implied

DAY, WEEK = timedelta(days=1), timedelta(days=7)


def appointed(cast, **changes) -> TeachingAssignment:
    """Lan teaches 6A for Toàn for a week."""
    today = timezone.localdate()
    days = {"since": today, "until": today + WEEK, "dated": today} | changes
    [made] = appoint_substitute(
        course=cast.maths["6A"],
        **{"substitute": cast.lan, "acting_for": cast.toan, "number": "46/QĐ", "by": cast.khoa, **days},
    )
    return made


def enter(cast, who, typed: str = "8") -> int:
    """How many cells were saved."""
    column = Column.objects.filter(course=cast.maths["6A"], period__code="GK1").order_by("order")[0]
    edits = [Edit(cast.pupils["6A"][0].pk, column.pk, typed, 0)]
    return len(save_marks(course=cast.maths["6A"], edits=edits, by=who, origin="page").saved)


@pytest.mark.duty("S1-04", "S3-01", "S4-14")
def test_the_administrator_appoints_and_the_book_shows_who_really_entered(cast, client):
    today = timezone.localdate()
    data = {
        "acting_for": cast.toan.pk,
        "substitute": cast.lan.pk,
        "since": f"{today:%d/%m/%Y}",
        "until": f"{today + WEEK:%d/%m/%Y}",
        "number": "46/QĐ-THCS",
        "dated": f"{today:%d/%m/%Y}",
    }
    url = f"/courses/{cast.maths['6A'].pk}/substitutes/"
    assert signed_in(client, cast.khoa).post(f"{url}appoint/", data).status_code == 303

    assert enter(cast, cast.lan) == 1

    assert Mark.history.get().history_user == cast.lan
    [course] = read_book(cast.classes["6A"]).courses
    assert course.teachers == ("Đỗ Minh Toàn", "Bùi Ngọc Lan (dạy thay Đỗ Minh Toàn)")
    assert (
        "Bùi Ngọc Lan" in signed_in(client, cast.mai).get(f"/courses/{cast.maths['6A'].pk}/semester-1/").text
    )


def test_who_is_replaced_keeps_the_course(cast):
    appointed(cast)

    assert enter(cast, cast.toan) == 1
    assert held() == implied()


def test_the_day_after_the_last_the_substitute_is_out_before_the_nightly_work(cast, client):
    assignment = appointed(cast)
    assignment.since, assignment.until = assignment.since - WEEK, timezone.localdate() - DAY
    assignment.save_by(cast.khoa)

    assert enter(cast, cast.lan) == 0
    assert signed_in(client, cast.lan).get(f"/courses/{cast.maths['6A'].pk}/semester-1/").status_code == 404
    assert signed_in(client, cast.lan).get(f"/classes/{cast.classes['6A'].pk}/").status_code == 404
    assert revoke_expired_grants() == 1
    assert held() == implied()


def test_the_book_of_the_year_still_names_the_substitute_whose_days_are_over(cast):
    assignment = appointed(cast)
    assignment.since, assignment.until = FIRST_DAY, FIRST_DAY + WEEK
    assignment.save_by(cast.khoa)

    [course] = read_book(cast.classes["6A"]).courses
    assert course.teachers[1] == "Bùi Ngọc Lan (dạy thay Đỗ Minh Toàn)"


def test_before_the_first_day_the_substitute_enters_nothing(cast):
    appointed(cast, since=timezone.localdate() + DAY)

    assert enter(cast, cast.lan) == 0
    assert held() == implied()


@pytest.mark.parametrize("begun", [timedelta(0), WEEK], ids=["today", "a week ago"])
def test_ended_early_it_is_over_with_the_next_request(cast, client, begun):
    assignment = appointed(cast, since=timezone.localdate() - begun, dated=timezone.localdate() - begun)

    signed_in(client, cast.khoa).post(f"/substitutes/{assignment.pk}/end/")

    assert enter(cast, cast.lan) == 0
    assert held() == implied()
    assert len(held()) == 4


def test_a_substitute_takes_only_the_strands_of_who_is_replaced(cast):
    whole = cast.maths["6A"].assignments.get()
    whole.strand = "Hình học"
    whole.save_by(cast.hanh)
    assign_teacher(course=cast.maths["6A"], teacher=cast.dung, since=FIRST_DAY, by=cast.hanh)

    assert appointed(cast).strand == "Hình học"
    assert enter(cast, cast.lan) == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"until": -9}, "dates"),
        ({"since": -9, "until": -2}, "over"),
        ({"until": 900}, "outside"),
        ({"dated": 3}, "later"),
    ],
)
def test_days_that_make_no_sense_are_refused(cast, changes, code):
    today = timezone.localdate()

    with pytest.raises(NotAppointed, match=code):
        appointed(cast, **{name: today + timedelta(days=shift) for name, shift in changes.items()})


def test_nobody_is_replaced_who_does_not_teach_the_course(cast):
    with pytest.raises(NotAppointed, match="not-teaching"):
        appointed(cast, acting_for=cast.mai)


def test_nobody_is_appointed_twice_for_the_same_days(cast):
    appointed(cast)

    with pytest.raises(NotAppointed, match="teaches"):
        appointed(cast, number="47/QĐ")


def test_nobody_appoints_themselves_and_no_teacher_anybody(cast):
    with pytest.raises(PermissionDenied):
        appointed(cast, substitute=cast.khoa)
    with pytest.raises(PermissionDenied):
        appointed(cast, by=cast.toan)


def test_an_ordinary_assignment_is_not_over_as_a_substitution(cast):
    with pytest.raises(TeachingAssignment.DoesNotExist):
        end_substitution(assignment=cast.maths["6A"].assignments.get(), by=cast.khoa)


def test_a_refused_form_keeps_what_was_typed(cast, client):
    url = f"/courses/{cast.maths['6A'].pk}/substitutes/appoint/"
    response = signed_in(client, cast.khoa).post(url, {"number": "46/QĐ", "until": "31/02/2027"})

    assert response.status_code == 422
    assert "31/02/2027" in response.text


def test_a_substitute_keeps_the_course_when_it_is_laid_out_anew(cast):
    appointed(cast)
    end_substitution(assignment=appointed(cast, substitute=cast.mai), by=cast.khoa)

    [course] = shape_courses(courses=[cast.maths["6A"]], shape=Shape(70), by=cast.khoa)

    assert may_enter_marks(cast.lan, course)
    assert not course.assignments.filter(teacher=cast.mai).exists()
    assert held() == implied()
