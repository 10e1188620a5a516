"""The profile of a pupil: who reads it, who writes it until when, what is refused, and what two people do to it."""

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts.models import AuditEvent
from gradebook.actions.profiles import ProfileRefused
from gradebook.models import Guardian
from gradebook.profile_history import read_history
from tests.cast import signed_in
from tests.gradebook.profiles import posted, profile_of, profiles_close, write


@pytest.fixture
def an(cast):
    profiles_close(cast, in_days=1)
    return cast.pupils["6A"][0]


@pytest.mark.duty("S0-41", "S2-32", "S3-11", "S4-22")
def test_the_homeroom_teacher_enters_the_particulars(cast, an):
    response = posted(
        an,
        cast.mai,
        {
            "permanent_address": ("", "12 phố Huế, Hà Nội"),
            "ethnicity": ("Kinh", "khmer"),
            "birth_date": (f"{an.student.birth_date:%d/%m/%Y}", "7/3/2015"),
        },
    )

    assert response.status_code == 303
    pupil = profile_of(an)
    assert (pupil.permanent_address, pupil.ethnicity) == ("12 phố Huế, Hà Nội", "05")
    assert f"{pupil.birth_date:%d/%m/%Y}" == "07/03/2015"


@pytest.mark.duty("S2-33")
def test_relatives_stand_in_the_profile(cast, an):
    write(
        an, cast.mai, father__full_name="Trần Văn Hùng", father__birth_year="1985", mother__phone="0900000001"
    )

    father = Guardian.objects.get(student=an.student, relation="father")
    assert (father.full_name, father.birth_year) == ("Trần Văn Hùng", 1985)
    assert "Trần Văn Hùng" in signed_in(Client(), cast.mai).get(f"/pupils/{an.pk}/").text


@pytest.mark.duty("S0-06")
def test_the_clerk_keeps_the_profiles_of_every_class(cast, an):
    assert write(cast.pupils["6B"][0], cast.cuc, hometown="Nam Định") == ["hometown"]


@pytest.mark.parametrize("name", ["hanh", "toan", "lan", "dung"])
def test_nobody_else_writes_a_profile(cast, an, name):
    with pytest.raises(PermissionDenied):
        write(an, cast.people[name], hometown="Nam Định")


def test_the_homeroom_teacher_does_not_write_another_class(cast, an):
    with pytest.raises(PermissionDenied):
        write(cast.pupils["6B"][0], cast.mai, hometown="Nam Định")


def test_a_subject_teacher_sees_name_birth_date_sex_and_class_only(cast, an):
    write(an, cast.mai, permanent_address="12 phố Huế", phone="0900000002")

    page = signed_in(Client(), cast.toan).get(f"/pupils/{an.pk}/").text
    assert "Trần Bảo An" in page
    assert f"{an.student.birth_date:%d/%m/%Y}" in page
    assert "12 phố Huế" not in page
    assert "0900000002" not in page
    assert an.student.ministry_code not in page
    assert (
        an.student.ministry_code
        not in signed_in(Client(), cast.toan).get(f"/classes/{an.school_class_id}/").text
    )


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("birth_date", "31/02/2015", "calendar"),
        ("birth_date", "05/03/15", "two digits"),
        ("birth_date", "05/03/1999", "nobody of that age"),
        ("ethnicity", "Klingon", "54 ethnic groups"),
        ("citizen_number", "12345", "number of 12 digits"),
        ("ministry_code", "0000000001", "another pupil"),
        ("full_name", "", "Fill this in"),
        ("father.birth_year", "85", "four digits"),
        ("hometown", "x" * 201, "Longer than 200"),
    ],
)
def test_a_bad_value_is_refused_beside_its_field_and_stays_there(cast, an, key, typed, sentence):
    client = signed_in(Client(), cast.mai)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    seen = {
        "full_name": "Trần Bảo An",
        "birth_date": f"{an.student.birth_date:%d/%m/%Y}",
        "ethnicity": "Kinh",
    }
    seen["ministry_code"] = an.student.ministry_code
    response = client.post(f"/pupils/{an.pk}/save/", {key: typed, f"initial-{key}": seen.get(key, "")})

    assert response.status_code == 422
    assert sentence in response.text
    assert typed in response.text
    assert len(read_history(an.student)) == 1


def test_one_refused_field_keeps_the_others_from_being_saved(cast, an):
    with pytest.raises(ProfileRefused):
        write(an, cast.mai, hometown="Nam Định", citizen_number="1")
    assert profile_of(an).hometown == ""


def test_two_people_at_one_field_both_see_what_the_other_wrote(cast, an):
    write(an, cast.cuc, phone="0911111111")

    second = posted(an, cast.mai, {"phone": ("", "0922222222"), "hometown": ("", "Nam Định")})
    assert second.status_code == 409
    for text in ("0911111111", "0922222222", "Nam Định", str(cast.cuc)):
        assert text in second.text
    assert (profile_of(an).phone, profile_of(an).hometown) == ("0911111111", "")
    assert '<input type="hidden" name="initial-phone" value="0911111111"' in second.text

    again = posted(an, cast.mai, {"phone": ("0911111111", "0922222222"), "hometown": ("", "Nam Định")})
    assert again.status_code == 303
    assert profile_of(an).phone == "0922222222"


def test_two_people_at_different_fields_disturb_nobody(cast, an):
    write(an, cast.cuc, phone="0911111111")
    assert posted(an, cast.mai, {"phone": ("", ""), "hometown": ("", "Nam Định")}).status_code == 303
    assert (profile_of(an).phone, profile_of(an).hometown) == ("0911111111", "Nam Định")


def test_after_the_day_what_stands_there_stays_and_gaps_are_filled(cast, an):
    write(an, cast.mai, phone="0911111111")
    profiles_close(cast, in_days=-1)

    with pytest.raises(ProfileRefused):
        write(an, cast.cuc, {"phone": "0911111111"}, phone="0922222222")
    assert write(an, cast.mai, hometown="Nam Định") == ["hometown"]
    page = signed_in(Client(), cast.mai).get(f"/pupils/{an.pk}/edit/").text
    assert 'name="phone"' not in page
    assert 'name="religion"' in page


def test_the_history_says_who_wrote_what_and_when(cast, an):
    write(an, cast.mai, father__phone="0911111111")
    write(an, cast.cuc, {"father.phone": "0911111111"}, father__phone="0922222222")

    last = read_history(an.student)[0]
    assert last.by == str(cast.cuc)
    assert [(c.key, c.old, c.new) for c in last.changes] == [("father.phone", "0911111111", "0922222222")]
    page = signed_in(Client(), cast.mai).get(f"/pupils/{an.pk}/history/").text
    assert "0911111111" in page
    assert "0922222222" in page


def test_the_journal_names_the_fields_and_not_what_stands_in_them(cast, an):
    write(an, cast.mai, phone="0911111111")
    event = AuditEvent.objects.get(verb="gradebook.profile.saved")
    assert event.particulars == {"fields": ["phone"]}
    assert event.actor_id == cast.mai.pk


def test_a_renamed_pupil_is_found_and_listed_by_the_new_name(cast, an):
    write(an, cast.mai, {"full_name": "Trần Bảo An"}, full_name="Trần Bảo Ước")
    assert profile_of(an).search_key == "tran bao uoc"
