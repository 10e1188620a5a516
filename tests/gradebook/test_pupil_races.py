"""Two people who write pupils at the same moment, on real connections."""

import pytest
from django.test import Client
from django.utils import timezone

from gradebook.actions.admission import add_pupil
from gradebook.actions.profiles import save_profile
from gradebook.models import Student
from tests.cast import build, signed_in
from tests.races import at_once, errors

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
NEW = {"full_name": "Hoàng Thị Mới", "birth_date": "05/05/2015", "sex": "female", "ethnicity": "Tày"}


@pytest.mark.parametrize("attempt", range(3))
def test_one_identifier_written_into_two_profiles_at_once_is_refused_beside_the_field(attempt):
    cast = build()
    clients = {name: signed_in(Client(), cast.cuc) for name in ("6A", "6B")}

    def post(name):
        url = f"/pupils/{cast.pupils[name][0].pk}/save/"
        return clients[name].post(url, {"citizen_number": "001315000777", "initial-citizen_number": ""})

    first, second = sorted(at_once(lambda: post("6A"), lambda: post("6B")), key=lambda each: each.status_code)

    assert (first.status_code, second.status_code) == (303, 422)
    assert list(second.context["form"].errors) == ["citizen_number"]
    assert Student.objects.filter(citizen_number="001315000777").count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_one_child_added_to_two_classes_at_once_is_asked_about(attempt):
    cast = build()

    def add(name):
        return add_pupil(school_class=cast.classes[name], typed=NEW, today=timezone.localdate(), by=cast.cuc)

    [refused] = errors(at_once(lambda: add("6A"), lambda: add("6B")))

    assert refused.startswith("PossibleDuplicate")
    assert Student.objects.filter(full_name=NEW["full_name"]).count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_an_identifier_taken_while_a_pupil_is_added_is_refused(attempt):
    cast = build()
    typed, code = {**NEW, "school_code": "HS-77"}, {"school_code": "HS-77"}

    refused = errors(
        at_once(
            lambda: add_pupil(
                school_class=cast.classes["6A"], typed=typed, today=timezone.localdate(), by=cast.cuc
            ),
            lambda: save_profile(
                student=cast.pupils["6B"][0].student,
                changes=code,
                seen={"school_code": cast.pupils["6B"][0].student.school_code},
                by=cast.cuc,
            ),
        )
    )

    assert refused == ["ProfileRefused(['school_code'])"]
    assert Student.objects.filter(**code).count() == 1
