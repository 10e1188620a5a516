"""A year becomes a transcript after the principal's decision, for one pupil or a whole class; what was issued stays."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from corrections import actions as corrections
from corrections.models import CorrectionRequest
from gradebook.actions.marks import Edit
from gradebook.models import Mark
from tests.cast import enrol, in_english
from tests.gradebook.results.school_year import decide_all, propose_all
from transcripts.actions import (
    NothingNew,
    NotReady,
    WithdrawnAlready,
    issue_class,
    issue_transcript,
    withdraw_transcript,
)
from transcripts.models import Transcript
from transcripts.readiness import State, read_class, read_pupil


def content_of(transcript):
    return json.loads(transcript.payload)


def test_a_year_without_results_is_not_issued_and_the_subjects_are_named(decided):
    with pytest.raises(NotReady) as refused:
        issue_transcript(enrolment=decided.pupils["6B"][0], by=decided.hanh)

    assert refused.value.line.state is State.NO_RESULT
    assert refused.value.line.missing == ("Toán",)


def test_who_is_called_back_in_summer_waits(decided):
    an = decided.pupils["6A"][0]

    answer = in_english(decided.hanh).post(f"/transcripts/{an.pk}/issue/", follow=True)

    assert "called back in summer" in answer.text
    assert not Transcript.objects.exists()


def test_a_whole_class_is_issued_in_one_act_and_everybody_is_accounted_for(decided):
    school_class = decided.classes["6A"]

    page = in_english(decided.hanh).post(f"/transcripts/classes/{school_class.pk}/issue/", follow=True)

    assert "4 transcripts issued" in page.text
    assert [line.state for line in read_class(school_class)] == [State.SUMMER, *[State.ISSUED] * 4]
    assert [each.enrolment for each in Transcript.objects.order_by("enrolment__number")] == decided.pupils[
        "6A"
    ][1:]
    events = AuditEvent.objects.filter(verb="transcripts.transcript.issued")
    assert set(events.values_list("target_id", flat=True)) == set(
        Transcript.objects.values_list("pk", flat=True)
    )


def test_each_pupils_transcript_holds_that_pupil_alone(decided):
    issue_class(school_class=decided.classes["6A"], by=decided.hanh)

    for transcript in Transcript.objects.select_related("enrolment__student"):
        others = [each.student.full_name for each in decided.pupils["6A"] if each != transcript.enrolment]
        assert transcript.enrolment.student.full_name in transcript.payload
        assert not [name for name in others if name in transcript.payload]
        assert transcript.payload == read_pupil(transcript.enrolment).payload


def test_a_class_of_45_asks_no_more_than_one_of_5(decided):
    def asked():
        with CaptureQueriesContext(connection) as found:
            read_class(decided.classes["6A"])
        return len(found)

    few = asked()
    enrol(decided, "6A", 40)

    assert asked() <= few


def test_a_transcript_says_who_decided_and_led_the_school_and_the_class(decided):
    content = content_of(issue_transcript(enrolment=decided.pupils["6A"][1], by=decided.hanh))

    assert (content["principal"], content["homeroom_teacher"]) == ("Nguyễn Thị Hạnh", "Vũ Hồng Mai")
    assert (content["place"], content["grade"], content["level"]) == ("Hà Nội", 6, "lower_secondary")
    assert content["book"]["summary"][0]["decision"] == "45/QĐ"


def test_a_correction_makes_a_new_edition_that_counts_its_places(decided, today):
    pupil = decided.pupils["6A"][1]
    first = issue_transcript(enrolment=pupil, by=decided.hanh)
    correct_marks(decided, pupil)
    decide_anew(decided)

    second = issue_transcript(enrolment=pupil, by=decided.hanh)

    assert (second.number, second.refers_to) == (2, first)
    assert content_of(first)["corrections"] == []
    assert content_of(second)["corrections"] == [{"subject": "Toán", "places": 3}]


def correct_marks(decided, pupil):
    marks = Mark.objects.filter(
        enrolment=pupil, column__course__subject__code="toan", column__kind__in=["final", "midterm"]
    )[:3]
    correction = corrections.submit(
        course=marks[0].column.course,
        edits=[Edit(pupil.pk, mark.column_id, "8,5", mark.version) for mark in marks],
        kind="entry_error",
        reason="Nhập nhầm cột",
        by=decided.toan,
    )
    corrections.approve(correction=correction, by=decided.hanh)
    corrections.execute(correction=CorrectionRequest.objects.get(pk=correction.pk), by=decided.khoa)


def decide_anew(decided):
    propose_all(decided)
    decide_all(decided, number="63/QĐ")


def test_after_a_correction_the_year_is_decided_again_before_it_is_issued_again(decided, today):
    pupil, page = decided.pupils["6A"][1], f"/transcripts/classes/{decided.classes['6A'].pk}/"
    issue_class(school_class=decided.classes["6A"], by=decided.hanh)
    correct_marks(decided, pupil)

    told = in_english(decided.hanh).get(page).text

    assert "to be decided again" in told and "proposes again and the principal decides again" in told
    assert f'action="{page}issue/"' not in told
    decide_anew(decided)
    assert "Issue 1 transcript" in in_english(decided.hanh).get(page).text


def test_the_same_content_is_not_issued_twice(decided):
    issue_transcript(enrolment=decided.pupils["6A"][1], by=decided.hanh)

    with pytest.raises(NothingNew):
        issue_transcript(enrolment=decided.pupils["6A"][1], by=decided.hanh)
    issue_class(school_class=decided.classes["6A"], by=decided.hanh)

    assert Transcript.objects.filter(enrolment=decided.pupils["6A"][1]).count() == 1


def test_an_edition_issued_in_error_is_withdrawn_with_a_reason_and_stays_readable(decided):
    pupil = decided.pupils["6A"][1]
    first = issue_transcript(enrolment=pupil, by=decided.hanh)
    principal, address = in_english(decided.hanh), f"/transcripts/editions/{first.pk}/withdraw/"

    empty = principal.post(address, {"reason": " "})
    page = principal.post(address, {"reason": "Cấp nhầm mẫu"}, follow=True)

    assert empty.status_code == 422
    assert "Cấp nhầm mẫu" in page.text and "8,0" in page.text
    assert not Transcript.objects.standing().exists()
    second = issue_transcript(enrolment=pupil, by=decided.hanh)
    assert (second.number, second.refers_to, second.payload) == (2, first, first.payload)
    with pytest.raises(WithdrawnAlready):
        withdraw_transcript(transcript=first, reason="lần nữa", by=decided.hanh)


def test_a_withdrawn_later_edition_leaves_the_earlier_one_counting(decided, today):
    pupil = decided.pupils["6A"][1]
    first = issue_transcript(enrolment=pupil, by=decided.hanh)
    correct_marks(decided, pupil)
    decide_anew(decided)
    second = issue_transcript(enrolment=pupil, by=decided.hanh)
    assert list(Transcript.objects.standing()) == [second]

    withdraw_transcript(transcript=second, reason="Nhầm", by=decided.hanh)

    assert list(Transcript.objects.standing()) == [first]


@pytest.mark.parametrize("person", ["vinh", "khoa", "cuc", "mai", "toan"])
def test_only_the_principal_issues_and_withdraws(decided, person):
    transcript = issue_transcript(enrolment=decided.pupils["6A"][1], by=decided.hanh)
    by = decided.people[person]

    with pytest.raises(PermissionDenied):
        issue_class(school_class=decided.classes["6A"], by=by)
    with pytest.raises(PermissionDenied):
        withdraw_transcript(transcript=transcript, reason="x", by=by)


def test_the_homeroom_teacher_sees_who_is_ready_and_why_others_are_not(decided):
    page = in_english(decided.mai).get(f"/transcripts/classes/{decided.classes['6A'].pk}/").text

    assert page.count("ready to be issued") == 4 and "called back in summer" in page
    assert "Issue 4 transcripts" not in page
