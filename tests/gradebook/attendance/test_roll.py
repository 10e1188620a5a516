"""The roll call of a day: who, when, which pupils, and what two browsers do to each other."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gradebook.models import Absence, Enrolment, RollCall
from tests.cast import enrol, in_english, signed_in
from tests.gradebook.attendance.rolls import MONDAY, TUESDAY, edit, letters, post_roll, rule, save
from tests.gradebook.moving import AUTUMN, go

HALVES = ("morning", "afternoon")


@pytest.mark.duty("S3-12", "S4-23")
def test_the_homeroom_teacher_calls_the_roll_on_a_page_without_javascript(cast, client):
    away, late, *_rest = cast.pupils["6A"]
    chosen = {f"k-{pupil.pk}-0": "" for pupil in cast.pupils["6A"]}
    chosen |= {f"k-{away.pk}-0": "P", f"n-{away.pk}": " ốm,  có đơn ", f"k-{late.pk}-0": "M"}

    response = post_roll(client, cast, chosen)
    page = client.get(response["Location"]).text

    assert response.status_code == 303
    assert "Vũ Hồng Mai" in page
    assert "23/11/2026" in page
    assert letters(away) == {(MONDAY, "morning"): "excused"}
    assert letters(late) == {(MONDAY, "morning"): "late"}
    assert Absence.objects.get(enrolment=away).note == "ốm, có đơn"
    assert Absence.objects.count() == 2
    call = RollCall.objects.get()
    assert (call.day, call.half_day, call.called_by) == (MONDAY, "morning", cast.mai)


def test_who_came_late_is_counted_among_those_who_are_there(cast):
    away, late, *_rest = cast.pupils["6A"]
    save(cast, edit(away, "K"), edit(late, "M"), calls=[(MONDAY, "morning")])

    page = in_english(cast.mai).get(f"/classes/{cast.classes['6A'].pk}/roll/?day={MONDAY}").text

    said = "5 pupils: 4 present (1 of them late), 0 absent with leave, 1 without leave"
    assert said in page


def test_everybody_is_here_in_one_press(cast, client):
    post_roll(client, cast, {f"k-{cast.pupils['6A'][0].pk}-0": "K", "everybody": "1"})

    assert RollCall.objects.get().day == MONDAY
    assert not Absence.objects.exists()


def test_everybody_is_here_is_not_offered_once_somebody_is_marked(cast, client):
    url = f"/classes/{cast.classes['6A'].pk}/roll/?day={MONDAY}"
    assert 'name="everybody"' in signed_in(client, cast.mai).get(url).text

    save(cast, edit(cast.pupils["6A"][0], "P"))

    assert 'name="everybody"' not in client.get(url).text


def test_calling_again_changes_only_what_changed(cast):
    first, second, *_rest = cast.pupils["6A"]
    save(cast, edit(first, "P", note="ốm"), edit(second, "K"), calls=[(MONDAY, "morning")])

    again = save(
        cast,
        edit(first, "P", version=1, note="ốm"),
        edit(second, "M", version=1),
        calls=[(MONDAY, "morning")],
    )

    assert [row.enrolment_id for row in again.saved] == [second.pk]
    assert len(again.unchanged) == 1
    assert (again.called, RollCall.objects.count()) == ([], 1)
    assert Absence.history.filter(enrolment_id=first.pk).count() == 1


@pytest.mark.duty("S3-37")
def test_an_absence_taken_back_keeps_its_history(cast, client):
    pupil = cast.pupils["6A"][0]
    save(cast, edit(pupil, "K", note="không rõ"))
    save(cast, edit(pupil, "", version=1))

    page = signed_in(client, cast.mai).get(f"/pupils/{pupil.pk}/attendance/").text

    assert letters(pupil) == {(MONDAY, "morning"): "present"}
    assert [row.kind for row in Absence.history.order_by("version")] == ["unexcused", "present"]
    assert "không rõ" in page
    assert str(cast.mai) in page


@pytest.mark.parametrize("person", ["toan", "hanh", "khoa", "cuc", "lan"])
def test_nobody_else_calls_the_roll(cast, person):
    with pytest.raises(PermissionDenied):
        save(cast, edit(cast.pupils["6A"][0], "P"), by=cast.people[person])


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 9, 4), "outside-year"),
        (date(2027, 6, 1), "outside-year"),
        (date(2026, 11, 28), "future"),
    ],
)
def test_no_day_outside_the_year_and_none_to_come(cast, day, code):
    outcome = save(cast, edit(cast.pupils["6A"][0], "P", day), calls=[(day, "morning")])

    assert [refusal.code for refusal in outcome.refused] == [code]
    assert outcome.not_called == {(day, "morning"): code}
    assert not RollCall.objects.exists()


def test_a_pupil_is_marked_only_on_the_days_on_the_roll(cast):
    stays, leaves, *_rest = cast.pupils["6A"]
    go(cast, leaves)
    before, on_the_day = date(2026, 10, 9), AUTUMN

    outcome = save(
        cast, edit(leaves, "P", before), edit(leaves, "K", on_the_day), edit(stays, "P", on_the_day)
    )

    assert {row.day for row in outcome.saved if row.enrolment_id == leaves.pk} == {before}
    assert [(refusal.edit.day, refusal.code) for refusal in outcome.refused] == [(on_the_day, "not-on-roll")]


def test_a_pupil_of_another_class_is_refused(cast):
    [refusal] = save(cast, edit(cast.pupils["6B"][0], "P")).refused

    assert refusal.code == "not-in-class"


def test_a_cancelled_place_is_refused(cast):
    pupil = cast.pupils["6A"][0]
    pupil.status, pupil.until = Enrolment.Status.CANCELLED, MONDAY
    pupil.save_by(cast.hanh)

    assert [refusal.code for refusal in save(cast, edit(pupil, "P")).refused] == ["not-in-class"]


@pytest.mark.parametrize(("halves", "codes"), [(1, ["no-such-half"]), (2, [])])
def test_the_afternoon_counts_where_the_school_says_so(cast, halves, codes):
    rule(cast, half_days=halves)

    outcome = save(cast, edit(cast.pupils["6A"][0], "P"), edit(cast.pupils["6A"][0], "K", half="afternoon"))

    assert [refusal.code for refusal in outcome.refused] == codes
    assert len(letters(cast.pupils["6A"][0])) == halves


def test_a_change_in_another_browser_is_shown_with_both_and_who(cast, client):
    pupil = cast.pupils["6A"][0]
    save(cast, edit(pupil, "K"))

    response = post_roll(client, cast, {f"k-{pupil.pk}-0": "P", f"n-{pupil.pk}": "có đơn"})

    assert response.status_code == 422
    assert letters(pupil) == {(MONDAY, "morning"): "unexcused"}
    [line] = [line for line in response.context["lines"] if line.problem]
    assert (line.letter, line.note, line.field) == ("P", "có đơn", f"k-{pupil.pk}-1")
    assert str(cast.mai) in line.problem
    again = post_roll(client, cast, {line.field: "P", f"n-{pupil.pk}": "có đơn"})
    assert again.status_code == 303
    assert letters(pupil) == {(MONDAY, "morning"): "excused"}


def test_an_untouched_line_of_an_old_page_changes_nothing_back(cast):
    pupil = cast.pupils["6A"][0]
    save(cast, edit(pupil, "K", note="vắng"))
    save(cast, edit(pupil, "P", version=1, note="có đơn"))

    outcome = save(cast, edit(pupil, "K", version=1, note="vắng"))

    assert (outcome.refused, len(outcome.unchanged)) == ([], 1)
    assert letters(pupil) == {(MONDAY, "morning"): "excused"}


@pytest.mark.parametrize(
    ("fields", "letter"), [({"x": "n" * 201}, "P"), ({"x": "a\x00b"}, "P"), ({"x": ""}, "Q")]
)
def test_what_cannot_be_stored_is_refused_and_stays_on_the_page(cast, client, fields, letter):
    pupil = cast.pupils["6A"][0]

    response = post_roll(client, cast, {f"k-{pupil.pk}-0": letter, f"n-{pupil.pk}": fields["x"]})

    assert response.status_code == 422
    [line] = [line for line in response.context["lines"] if line.problem]
    assert (line.letter, line.note) == (letter, fields["x"])
    assert not Absence.objects.exists()


def test_a_roll_of_no_day_is_not_found(cast, client):
    assert post_roll(client, cast, {}, fields={"day": "31/11/2026"}).status_code == 404
    assert post_roll(client, cast, {}, fields={"half": "evening"}).status_code == 404


def test_a_sunday_is_called_after_a_warning(cast, client):
    sunday = date(2026, 11, 22)
    page = signed_in(client, cast.mai).get(f"/classes/{cast.classes['6A'].pk}/roll/?day={sunday}")

    assert page.context["roll"].is_sunday
    assert "message-warning" in page.text
    post_roll(client, cast, {"everybody": "1"}, fields={"day": f"{sunday}"})
    assert RollCall.objects.get().day == sunday


def test_who_only_teaches_the_class_reads_the_roll_without_the_notes(cast, client):
    pupil = cast.pupils["6A"][0]
    save(cast, edit(pupil, "P", note="nằm viện"), calls=[(MONDAY, "morning")])

    page = signed_in(client, cast.toan).get(f"/classes/{cast.classes['6A'].pk}/roll/?day={MONDAY}").text

    assert pupil.student.full_name in page
    assert "nằm viện" not in page
    assert 'id="roll"' not in page
    assert client.get(f"/pupils/{pupil.pk}/attendance/").status_code == 404


def test_45_pupils_cost_no_statement_more_than_5(cast):
    def statements(pupils, day):
        with CaptureQueriesContext(connection) as captured:
            save(cast, *(edit(pupil, "P", day) for pupil in pupils), calls=[(day, "morning")])
        return len(captured)

    few = statements(cast.pupils["6A"], MONDAY)

    assert statements([*cast.pupils["6A"], *enrol(cast, "6A", 40)], TUESDAY) == few
