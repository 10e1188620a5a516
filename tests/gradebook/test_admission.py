"""A pupil added by hand, and the question whether two pupils are one child."""

import pytest
from django.test import Client
from django.utils import timezone

from gradebook.actions.admission import ClassWithdrawn, add_pupil
from gradebook.actions.classes import add_classes, withdraw_class
from gradebook.duplicates import possible_duplicates
from gradebook.models import DifferentPupils, Enrolment, SchoolYear, Student
from gradebook.years import YearClosed
from tests.cast import signed_in

NEW = {"full_name": "Hoàng Thị Mới", "birth_date": "05/05/2015", "sex": "female", "ethnicity": "Tày"}
KNOWN = {"full_name": "tran bao an", "birth_date": "01/03/2015", "sex": "female"}


def admit(cast, **typed):
    url = f"/classes/{cast.classes['6A'].pk}/pupils/admit/"
    return signed_in(Client(), cast.cuc).post(url, typed)


def test_a_new_pupil_stands_at_the_end_of_the_list_with_profile_and_parents(cast):
    response = admit(cast, **NEW, **{"mother.full_name": "Lò Thị Hoa", "phone": "0911111111"})

    assert response.status_code == 303
    enrolment = Enrolment.objects.get(student__full_name="Hoàng Thị Mới")
    assert (enrolment.number, enrolment.school_class.name) == (6, "6A")
    assert (enrolment.student.ethnicity, enrolment.student.phone) == ("02", "0911111111")
    assert enrolment.student.guardians.get().full_name == "Lò Thị Hoa"
    assert enrolment.student.admitted_on == timezone.localdate()


def test_an_identifier_that_belongs_to_somebody_is_refused(cast):
    response = admit(cast, **NEW, ministry_code=cast.pupils["6B"][0].student.ministry_code)
    assert response.status_code == 422
    assert not Student.objects.filter(full_name="Hoàng Thị Mới").exists()


def test_the_same_name_and_birth_date_must_be_answered_and_the_answer_is_kept(cast):
    asked = admit(cast, **KNOWN)
    assert asked.status_code == 422
    known = [student.pk for student in asked.context["known"]]
    assert len(known) == 2
    assert admit(cast, **KNOWN, different=known[:1]).status_code == 422
    assert Student.objects.filter(search_key="tran bao an").count() == 2

    assert admit(cast, **KNOWN, different=known).status_code == 303
    added = Student.objects.get(full_name="tran bao an")
    assert set(DifferentPupils.objects.values_list("first", "second")) == {(pk, added.pk) for pk in known}


def test_nobody_is_added_to_a_closed_year(cast):
    cast.year.status = SchoolYear.Status.CLOSED
    cast.year.save_by(cast.hanh)
    with pytest.raises(YearClosed):
        add_pupil(school_class=cast.classes["6A"], typed=NEW, today=timezone.localdate(), by=cast.cuc)


def test_nobody_is_added_to_a_class_that_was_withdrawn_since_the_page_was_shown(cast):
    gone = add_classes(year=cast.year, names=["6C"], by=cast.khoa)[0]
    withdraw_class(school_class=gone, by=cast.khoa)
    with pytest.raises(ClassWithdrawn):
        add_pupil(school_class=gone, typed=NEW, today=timezone.localdate(), by=cast.cuc)


def different(cast, first, second):
    return signed_in(Client(), cast.cuc).post(
        "/pupils/duplicates/different/", {"first": first, "second": second}
    )


def test_namesakes_of_one_day_are_listed_until_somebody_tells_them_apart(cast):
    pairs = possible_duplicates()
    assert {first.full_name for first, _second in pairs} >= {"Trần Bảo An"}
    first, second = pairs[0]

    for _twice in range(2):
        assert different(cast, second.pk, first.pk).status_code == 303
    assert (first, second) not in possible_duplicates()
    assert DifferentPupils.objects.get().answered_by == cast.cuc


@pytest.mark.parametrize("pair", [("1", "1"), ("x", "2"), ("", ""), ("9" * 30, "2")])
def test_no_pair_no_answer(cast, pair):
    assert different(cast, *pair).status_code == 422
    assert not DifferentPupils.objects.exists()
