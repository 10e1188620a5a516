"""The minimum of a profile: who lacks what, whom it waits for, and how a class is finished."""

import pytest
from django.test import Client
from django.utils import timezone

from gradebook.completeness import incomplete, lacks_of, read_progress, with_lacks
from gradebook.models import Enrolment
from tests.cast import signed_in
from tests.gradebook.profiles import profile_of, profiles_close, write


@pytest.fixture
def pupils(cast):
    profiles_close(cast, in_days=1)
    return cast.pupils["6A"]


def lacks(pupil):
    return lacks_of(with_lacks(Enrolment.objects.filter(pk=pupil.pk)).get())


@pytest.mark.duty("S1-48")
def test_a_profile_is_complete_with_the_minimum_of_the_regulation(cast, pupils):
    an = pupils[0]
    assert lacks(an) == ["address", "policy", "parents", "phone"]

    write(an, cast.mai, permanent_address="12 phố Huế", policy_group="none", mother__full_name="Lê Thị Hà")
    assert lacks(an) == ["phone"]
    write(an, cast.mai, mother__phone="0911111111")
    assert lacks(an) == []
    write(an, cast.mai, {"ethnicity": "Kinh"}, ethnicity="")
    assert lacks(an) == ["ethnicity"]


def test_the_board_counts_what_the_class_lists(cast, pupils):
    write(pupils[0], cast.mai, permanent_address="12 phố Huế", phone="0911111111")
    write(pupils[1], cast.mai, guardian__full_name="Bà ngoại", guardian__phone="0911111112")

    row = next(each for each in read_progress(cast.year) if each.school_class.name == "6A")
    listed = [lacks(pupil) for pupil in pupils]
    names = ("ethnicity", "address", "policy", "parents", "phone")
    assert row.lacking == tuple(sum(name in found for found in listed) for name in names)
    assert row.incomplete == incomplete(school_class=cast.classes["6A"]) == sum(map(bool, listed)) == 5


@pytest.mark.duty("S3-40")
def test_the_homeroom_teacher_is_told_until_when(cast, pupils):
    page = signed_in(Client(), cast.mai).get("/").text
    assert f"/classes/{cast.classes['6A'].pk}/profiles/" in page
    profiles_close(cast, in_days=-1)
    assert "Quá hạn" in signed_in(Client(), cast.mai).get("/").text
    assert "/profiles/" not in signed_in(Client(), cast.toan).get("/").text


def test_until_15_september_by_default(cast):
    assert {f"{policy.profile_deadline:%d/%m}" for policy in cast.year.policies.all()} == {"15/09"}
    assert timezone.localdate()  # the year of the cast begins on 5 September


def fill(cast, typed):
    data = {f"{pupil.pk}-{key}": value for (pupil, key), value in typed.items()}
    return signed_in(Client(), cast.mai).post(f"/classes/{cast.classes['6A'].pk}/profiles/save/", data)


def test_a_class_is_filled_in_at_once(cast, pupils):
    first, second = pupils[:2]
    response = fill(
        cast,
        {
            (first, "permanent_address"): "12 phố Huế",
            (first, "father.full_name"): "Trần Văn Hùng",
            (second, "policy_group"): "wounded",
            (second, "phone"): "",
        },
    )
    assert response.status_code == 303
    assert profile_of(first).permanent_address == "12 phố Huế"
    assert profile_of(first).guardians.get().full_name == "Trần Văn Hùng"
    assert profile_of(second).policy_group == "wounded"


def test_one_bad_row_keeps_its_typing_and_does_not_hold_up_the_others(cast, pupils):
    first, second = pupils[:2]
    response = fill(cast, {(first, "ethnicity"): "Klingon", (second, "phone"): "0911111111"})

    assert response.status_code == 422
    assert "Klingon" in response.text
    assert profile_of(second).phone == "0911111111"


@pytest.mark.parametrize("typed", ["09abc", "không có", "0912"])
def test_a_telephone_that_nobody_can_call_is_refused(cast, pupils, typed):
    response = fill(cast, {(pupils[0], "phone"): typed})

    assert response.status_code == 422
    assert typed in response.text
    assert profile_of(pupils[0]).phone == ""


def test_a_telephone_may_be_written_as_people_write_it(cast, pupils):
    assert fill(cast, {(pupils[0], "phone"): "(+84) 912.345-678"}).status_code == 303


def test_what_somebody_else_filled_in_meanwhile_is_shown_and_not_replaced(cast, pupils):
    write(pupils[0], cast.cuc, phone="0911111111")
    response = fill(cast, {(pupils[0], "phone"): "0922222222"})

    assert response.status_code == 422
    assert "0911111111" in response.text
    assert "0922222222" in response.text
    assert profile_of(pupils[0]).phone == "0911111111"


def test_a_pupil_of_another_class_is_not_reached_through_the_table(cast, pupils):
    other = cast.pupils["6B"][0]
    assert fill(cast, {(other, "phone"): "0911111111"}).status_code == 303
    assert profile_of(other).phone == ""
