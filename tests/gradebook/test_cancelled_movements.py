"""A mistaken movement is taken back as long as nothing rests on it."""

import pytest
from django.core.exceptions import PermissionDenied

from gradebook.actions.movement_cancel import cancel_movement
from gradebook.actions.movement_desk import NotMoved
from gradebook.models import Enrolment, Movement
from gradebook.results.classes import class_results, read_sheets
from gradebook.set_up.checks import read_checks
from tests.cast import enrol, signed_in
from tests.gradebook.moving import LATER, again, back, change, come, enter, go, marks, paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil(cast):
    return cast.pupils["6A"][1]


def cancel(cast, movement, reason="Nhầm học sinh", by=None):
    return cancel_movement(movement=movement, reason=reason, by=by or cast.cuc)


def refused(cast, movement, **more):
    with pytest.raises(NotMoved) as problem:
        cancel(cast, movement, **more)
    return problem.value.code


def test_a_departure_taken_back_leaves_everything_as_before(cast, pupil):
    movement = cancel(cast, go(cast, pupil))

    assert (again(pupil).status, again(pupil).until) == ("enrolled", None)
    assert (movement.cancelled_by, Movement.objects.count()) == (cast.cuc, 1)


def test_a_place_given_by_mistake_is_in_no_list_and_not_in_the_results(cast, pupil):
    target = change(cast, pupil).place

    cancel(cast, Movement.objects.get())

    assert again(target).status == "cancelled"
    assert target not in cast.classes["6B"].enrolments.in_list_order()
    assert target.pk not in class_results(read_sheets(cast.classes["6B"]))
    assert again(pupil).status == "enrolled"


def test_a_cancelled_place_is_taken_again_with_the_marks_as_they_are_then(cast, pupil):
    enter(cast, pupil, 1, "7")
    first = change(cast, pupil)
    cancel(cast, first)
    enter(cast, pupil, 1, "9")

    second = change(cast, pupil, paper=paper(LATER, "60/QĐ-THCS"))

    assert (second.place, second.place.since) == (first.place, LATER)
    assert marks(second.place) == {1: "9"}


def test_marks_entered_since_hold_the_movement_fast(cast, pupil):
    enter(cast, pupil, 1, "7")
    movement = change(cast, pupil)
    enter(cast, movement.place, 1, "8", to="6B")

    assert refused(cast, movement) == "marks-since"
    assert again(movement.place).status == "enrolled"


def test_marks_that_only_moved_do_not(cast, pupil):
    enter(cast, pupil, 1, "7")

    cancel(cast, change(cast, pupil))

    assert marks(again(pupil)) == {1: "7"}


def test_a_return_taken_back_leaves_the_pupil_gone_since_the_first_day(cast, pupil):
    left = go(cast, pupil, "reserved")
    returned = back(cast, pupil)

    assert refused(cast, left) == "later-movement"
    cancel(cast, returned)

    assert (again(pupil).status, again(pupil).until) == ("left", left.on)


def test_taking_back_what_followed_does_not_confuse_what_came_before(cast):
    came = come(cast)
    cancel(cast, go(cast, came.place, paper=paper(LATER, "61/QĐ-THCS")))

    cancel(cast, came)

    assert Enrolment.objects.get(pk=came.place.pk).status == "cancelled"


def test_it_needs_a_reason_a_permission_and_happens_once(cast, pupil):
    movement = go(cast, pupil)

    assert refused(cast, movement, reason=" ") == "no-reason"
    with pytest.raises(PermissionDenied):
        cancel(cast, movement, by=cast.mai)
    cancel(cast, movement)
    assert refused(cast, movement) == "cancelled"


def test_a_cancelled_place_is_taken_again_though_somebody_has_its_number_now(cast, pupil):
    place = change(cast, pupil).place
    cancel(cast, Movement.objects.get())
    [other] = enrol(cast, "6B", 1)

    taken = change(cast, pupil, paper=paper(number="55/QĐ-THCS")).place

    assert other.number == place.number
    assert (taken.pk, taken.number) == (place.pk, other.number + 1)


def test_who_was_received_by_mistake_is_listed_as_in_no_class(cast):
    came = come(cast)
    cancel(cast, came)

    named = {name for check in read_checks(cast.year) for name in check.names}
    assert str(came.student) in named


def test_the_page_shows_the_cancelled_movement_with_its_reason(cast, pupil, client):
    cancel(cast, go(cast, pupil), reason="Ghi nhầm em cùng tên")

    page = signed_in(client, cast.cuc).get(f"/pupils/{pupil.pk}/movements/").content.decode()

    assert "Ghi nhầm em cùng tên" in page
    assert "54/QĐ-THCS" in page


def test_the_page_of_a_cancelled_place_can_still_be_read(cast, pupil, client):
    movement = change(cast, pupil)
    cancel(cast, movement)

    for page in ("movements", "results"):
        response = signed_in(client, cast.cuc).get(f"/pupils/{movement.place.pk}/{page}/")
        assert response.status_code == 200
