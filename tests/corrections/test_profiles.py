"""After the day on which profiles close: asked by one person, decided by another, carried out by a third."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from corrections import actions
from corrections.dossiers import NotAccepted
from corrections.models import CorrectionRequest
from corrections.profile_requests import submit_profile
from gradebook.actions.profiles import ProfileRefused
from gradebook.profile_history import read_history
from tests.cast import in_english, signed_in
from tests.corrections.scene import png, upload
from tests.gradebook.profiles import profile_of, profiles_close, write


@pytest.fixture
def an(cast):
    profiles_close(cast, in_days=1)
    write(cast.pupils["6A"][0], cast.mai, phone="0911111111")
    profiles_close(cast, in_days=-1)
    return cast.pupils["6A"][0]


def ask(cast, an, new="0922222222", by=None):
    return submit_profile(
        student=an.student,
        changes={"phone": new},
        seen={"phone": "0911111111"},
        kind="new_fact",
        reason="Gia đình đổi số",
        by=by or cast.mai,
    )


def approved(cast, an):
    correction = ask(cast, an)
    actions.approve(correction=correction, by=cast.hanh)
    return CorrectionRequest.objects.get(pk=correction.pk)


def test_the_whole_way_in_the_browser(cast, an):
    data = {"phone": "0922222222", "initial-phone": "0911111111", "kind": "new_fact", "reason": "Đổi số"}
    url = f"/corrections/new/pupils/{an.pk}/"
    dossier = signed_in(Client(), cast.mai).post(url, data)["Location"]
    assert profile_of(an).phone == "0911111111"
    assert "0922222222" in signed_in(Client(), cast.hanh).get("/corrections/").text

    assert signed_in(Client(), cast.hanh).post(f"{dossier}approve/").status_code == 303
    assert signed_in(Client(), cast.khoa).post(f"{dossier}execute/").status_code == 303
    assert profile_of(an).phone == "0922222222"
    page = signed_in(Client(), cast.mai).get(dossier).text
    assert "0911111111" in page
    assert "0922222222" in page


def test_the_history_of_the_profile_names_the_request_and_its_reason(cast, an):
    actions.execute(correction=approved(cast, an), by=cast.khoa)
    last = read_history(an.student)[0]
    assert "1/2026-2027" in last.origin
    assert (last.by, last.reason) == (str(cast.khoa), "Gia đình đổi số")


def test_nobody_plays_two_parts(cast, an):
    correction = ask(cast, an, by=cast.khoa)
    actions.approve(correction=correction, by=cast.hanh)
    with pytest.raises(PermissionDenied):
        actions.execute(correction=correction, by=cast.khoa)


def test_who_does_not_keep_the_profile_does_not_ask(cast, an):
    for name in ("toan", "hanh", "lan"):
        with pytest.raises(PermissionDenied):
            ask(cast, an, by=cast.people[name])


def test_one_request_a_field_at_a_time(cast, an):
    correction = ask(cast, an)
    with pytest.raises(ProfileRefused):
        ask(cast, an, new="0933333333")
    actions.refuse(correction=correction, by=cast.hanh, note="Chưa có giấy tờ")
    assert ask(cast, an, new="0933333333").number == 2


def test_no_request_while_the_profile_can_be_edited(cast, an):
    profiles_close(cast, in_days=1)
    with pytest.raises(NotAccepted):
        ask(cast, an)


def test_an_approved_value_that_fits_no_longer_changes_nothing_and_says_so(cast, an):
    profiles_close(cast, in_days=1)
    write(an, cast.mai, citizen_number="001215000001")
    profiles_close(cast, in_days=-1)
    correction = submit_profile(
        student=an.student,
        changes={"citizen_number": "001215000002"},
        seen={"citizen_number": "001215000001"},
        kind="entry_error",
        reason="Nhầm",
        by=cast.mai,
    )
    actions.approve(correction=correction, by=cast.hanh)
    write(cast.pupils["6A"][1], cast.mai, citizen_number="001215000002")

    execution = actions.execute(correction=CorrectionRequest.objects.get(), by=cast.khoa)
    assert (execution.refusal, execution.refused_field) == ("unsuitable", "citizen_number")
    assert profile_of(an).citizen_number == "001215000001"
    assert signed_in(Client(), cast.mai).get(f"/corrections/{correction.pk}/").status_code == 200


def test_without_a_reason_nothing_is_handed_in_and_the_typing_stays(cast, an):
    data = {"phone": "0922222222", "initial-phone": "0911111111", "kind": "other", "reason": ""}
    response = signed_in(Client(), cast.mai).post(f"/corrections/new/pupils/{an.pk}/", data)
    assert response.status_code == 422
    assert "0922222222" in response.text
    assert not CorrectionRequest.objects.exists()


def test_a_refused_request_says_that_its_files_are_to_be_chosen_again(cast, an):
    data = {"phone": "0922222222", "initial-phone": "0911111111", "kind": "other", "reason": ""}
    url, mai = f"/corrections/new/pupils/{an.pk}/", in_english(cast.mai)

    without = mai.post(url, data).text
    with_file = mai.post(url, {**data, "evidence": SimpleUploadedFile("don.png", b"x")}).text

    assert "choose the files again" in with_file
    assert "choose the files again" not in without


def test_a_new_name_needs_the_paper_that_shows_it(cast, an):
    data = {
        "full_name": "Trần Bảo Ân",
        "initial-full_name": "Trần Bảo An",
        "kind": "new_fact",
        "reason": "Cải chính khai sinh",
    }
    url, mai = f"/corrections/new/pupils/{an.pk}/", in_english(cast.mai)

    bare = mai.post(url, data)
    shown = mai.post(url, data | {"evidence": [upload("khai-sinh.png", png())]})

    assert bare.status_code == 422
    assert "needs the paper" in bare.text
    assert shown.status_code == 303
