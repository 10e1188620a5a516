"""Each of the five regulations as it says: one request walks the way that the school has taken over."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from corrections import actions
from corrections.actions import NotAllPresent, Pupils
from corrections.models import Presence
from gradebook.actions.check_prints import note_check_print
from tests.corrections.chain import exams_begin, follow, history_of, is_there, put_in_charge
from tests.corrections.scene import handed_in, paper, png

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def english():
    with override("en"):
        yield


@pytest.mark.duty("S0-20", "S0-22")
@pytest.mark.parametrize("code", ["S0", "S2"])
def test_the_primary_regulations_let_the_principal_decide_alone(scene, code):
    """S0 C.I.1.a; S2 rules nothing of corrections, and the principal decides by default."""
    follow(scene, code)
    correction = scene.submit()
    for nobody in (scene.cast.vinh, scene.cast.dung):
        with pytest.raises(PermissionDenied):
            actions.approve(correction=correction, by=nobody)

    actions.approve(correction=correction, by=scene.cast.hanh)
    actions.execute(correction=correction, by=scene.cast.khoa)

    assert scene.mark().score == 9
    assert history_of(correction) == [
        "Request: Đỗ Minh Toàn",
        "Decision: Nguyễn Thị Hạnh",
        "Execution: Trần Đăng Khoa",
    ]


@pytest.mark.duty("S1-70", "S1-73", "S1-74", "S1-76")
def test_the_upper_secondary_regulation_asks_the_head_then_the_vice_principal_and_two_pupils(scene):
    """S1 Điều 11.2: confirmed by the head, at most a week before the test, an oral mark signed by two pupils."""
    follow(scene, "S1")
    put_in_charge(scene, scene.cast.dung, scene.cast.toan)
    exams_begin(scene, in_days=8)
    correction = scene.submit(uploads=(handed_in("chu-ky.png", png()),), is_oral=True)
    with pytest.raises(PermissionDenied):
        actions.approve(correction=correction, by=scene.cast.vinh)

    actions.endorse(correction=correction, by=scene.cast.dung)
    actions.approve(correction=scene.again(correction), by=scene.cast.vinh)
    with pytest.raises(NotAllPresent):
        actions.execute(correction=correction, by=scene.cast.khoa)
    signed = [Pupils(scene.enrolment, scene.cast.pupils["6A"][1])]
    actions.execute(correction=correction, by=scene.cast.khoa, pupils=signed)

    assert scene.mark().score == 9
    assert history_of(correction)[:3] == [
        "Request: Đỗ Minh Toàn",
        "Confirmation: Hoàng Tiến Dũng",
        "Decision: Lê Quang Vinh",
    ]
    on_paper = Presence.objects.filter(way="paper").values_list("part", "name")
    assert set(on_paper) == {("pupil", "Trần Bảo An"), ("classmate", "Lê Thị Ánh")}


@pytest.mark.duty("S1-77")
def test_the_upper_secondary_regulation_counts_final_marks_from_the_check_print(scene):
    """S1 Điều 11.3: three days, and a print from before the tests is about the other marks."""
    follow(scene, "S1")
    final = scene.course.columns.get(kind="final", period__code="CK1")
    noted = {"courses": [scene.course], "period": scene.cast.periods["CK1"], "by": scene.cast.cuc}
    exams_begin(scene, in_days=1)
    note_check_print(**noted)
    assert scene.submit(scene.edit("9", 0, column=final), uploads=paper()).due_on is None

    exams_begin(scene, in_days=-7)
    note_check_print(**noted)
    after = scene.submit(scene.edit("9", 0, pupil=1, column=final), uploads=paper())

    assert (after.due_on - after.requested_at.date()).days == 3


@pytest.mark.duty("S3-36", "S3-38")
def test_the_lower_secondary_guidance_lets_any_leader_decide_and_wants_three_people_and_the_homeroom_teacher(
    scene,
):
    """S3 V (2).4 and XI.1."""
    follow(scene, "S3")
    correction = scene.submit()
    actions.approve(correction=correction, by=scene.cast.vinh)
    parts = []
    for part, person in (("leader", "hanh"), ("requester", "toan"), ("homeroom", "mai")):
        with pytest.raises(NotAllPresent) as missing:
            actions.execute(correction=correction, by=scene.cast.khoa)
        parts.append([each.value for each in missing.value.parts])
        is_there(correction, part, scene.cast.people[person])

    actions.execute(correction=correction, by=scene.cast.khoa)

    assert parts == [["leader", "requester", "homeroom"], ["requester", "homeroom"], ["homeroom"]]
    assert scene.mark().score == 9
    assert {row.part for row in Presence.objects.all()} == {"leader", "requester", "homeroom", "executor"}


@pytest.mark.duty("S4-26")
def test_the_plan_of_a_primary_school_has_leader_and_administrator_watch_a_comment_changed(scene):
    """S4 II.2.3: a wrong mark or comment, with the principal's consent, under both their eyes."""
    follow(scene, "S4")
    comment = scene.course.columns.get(kind="comment", period__code="CK1")
    correction = scene.submit(scene.edit("Em học chăm.", 0, column=comment))
    with pytest.raises(PermissionDenied):
        actions.approve(correction=correction, by=scene.cast.vinh)
    actions.approve(correction=correction, by=scene.cast.hanh)
    with pytest.raises(NotAllPresent):
        actions.execute(correction=correction, by=scene.cast.khoa)

    is_there(correction, "leader", scene.cast.vinh)
    actions.execute(correction=correction, by=scene.cast.khoa)

    written = comment.marks.get()
    assert (written.comment, written.history.get().history_change_reason) == (
        "Em học chăm.",
        correction.reason,
    )
