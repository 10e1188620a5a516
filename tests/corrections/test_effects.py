"""What a correction would change is shown before anybody decides, and stays as it was afterwards."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corrections import actions
from corrections.effects import effects_payload, freeze_effects
from corrections.models import CorrectionRequest, FrozenEffects
from gradebook.actions.marks import Edit
from gradebook.models import Course, Mark
from tests.cast import build, client_of, in_english
from tests.gradebook.results.school_year import decide_all, live, propose_all, teach_everything
from transcripts.actions import issue_transcript


@pytest.fixture
def lived(cast):
    """6A after its year: the first pupil missed the good level by the mathematics of the second semester."""
    teach_everything(cast, cast.classes["6A"], cast.toan)
    live(cast, "6A", p0={"toan": "4,9"})
    return cast


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_, **__: date(2027, 5, 31))


def ask(cast, pupil, kinds, new, code="toan", by=None):
    """The same new value for these columns of one course, both semesters."""
    course = Course.objects.select_related("school_class__year").get(
        school_class=cast.classes["6A"], subject__code=code
    )
    marks = Mark.objects.filter(
        enrolment__in=pupil if isinstance(pupil, list) else [pupil], column__course=course
    ).filter(column__kind__in=kinds)
    return actions.submit(
        course=course,
        edits=[Edit(mark.enrolment_id, mark.column_id, new, mark.version) for mark in marks],
        kind="entry_error",
        reason="Nhập nhầm cột",
        by=by or cast.toan,
    )


def rows(correction, place=0):
    again = CorrectionRequest.objects.with_steps().get(pk=correction.pk)
    return {
        (row["key"], row["subject"]): (row["before"], row["after"])
        for row in effects_payload(again)["pupils"][place]["rows"]
    }


def test_averages_level_promotion_and_title_stand_before_and_after(lived):
    correction = ask(lived, lived.pupils["6A"][0], ["regular", "midterm", "final"], "8")

    found = rows(correction)

    assert found["subject", "Toán"] == (["4,9"] * 3, ["8,0"] * 3)
    assert found["learning", ""] == (["Khá"] * 3, ["Tốt"] * 3)
    assert found["award", ""] == (["", "", ""], ["", "", "Học sinh Giỏi"])
    assert found["outcome", ""] == (["", "", "promoted"], ["", "", "promoted"])


def test_conduct_that_a_homeroom_teacher_corrects_goes_into_the_year(lived):
    homeroom = Course.objects.select_related("school_class__year").get(
        school_class=lived.classes["6A"], kind="homeroom"
    )
    mark = Mark.objects.get(
        enrolment=lived.pupils["6A"][1],
        column__course=homeroom,
        column__kind="conduct",
        column__period__code="CN",
    )

    correction = actions.submit(
        course=homeroom,
        edits=[Edit(mark.enrolment_id, mark.column_id, "Đ", mark.version)],
        kind="other",
        reason="Hội đồng xét lại",
        by=lived.mai,
    )

    assert rows(correction)["conduct", ""] == (["Tốt", "Tốt", "Tốt"], ["Tốt", "Đạt", "Khá"])


def test_the_page_names_the_pupil_whose_level_changes(lived):
    correction = ask(lived, lived.pupils["6A"][0], ["final"], "10")
    other = ask(lived, lived.pupils["6A"][1], ["final"], "8,1")

    page = in_english(lived.hanh).get(f"/corrections/{correction.pk}/").text
    quiet = in_english(lived.hanh).get(f"/corrections/{other.pk}/").text

    assert "promotion or a title changes for:" in page
    assert "Learning result" in page
    assert "No level, promotion or title changes." in quiet


def test_transcripts_and_decisions_that_say_otherwise_afterwards_are_named(lived, today):
    propose_all(lived)
    decide_all(lived)
    pupil = lived.pupils["6A"][1]
    issued = issue_transcript(enrolment=pupil, by=lived.hanh)
    correction = ask(lived, pupil, ["final"], "10")

    page = in_english(lived.hanh).get(f"/corrections/{correction.pk}/").text

    assert f'href="/transcripts/editions/{issued.pk}/"' in page
    assert "a new edition is needed" in page
    assert "45/QĐ" in page
    assert f"/archive/classes/{lived.classes['6A'].pk}/issued/" in page


def test_a_reader_of_one_subject_is_told_of_transcripts_without_a_way_into_them(lived, today):
    propose_all(lived)
    decide_all(lived)
    pupil = lived.pupils["6A"][1]
    issue_transcript(enrolment=pupil, by=lived.hanh)
    correction = ask(lived, pupil, ["final"], "10")

    page = in_english(lived.toan).get(f"/corrections/{correction.pk}/").text

    assert "a new edition is needed" in page
    assert "/transcripts/editions/" not in page


def test_what_was_frozen_stays_although_the_marks_go_on_changing(lived):
    correction = ask(lived, lived.pupils["6A"][0], ["final"], "10")
    frozen = rows(correction)

    freeze_effects(correction, step=FrozenEffects.Step.DECISION, by=lived.hanh)
    later = ask(lived, lived.pupils["6A"][0], ["midterm"], "9")
    actions.approve(correction=later, by=lived.hanh)
    actions.execute(correction=later, by=lived.khoa)

    assert rows(correction) == frozen


def test_effects_cost_as_many_queries_for_a_class_as_for_one_pupil(db):
    cast = build(pupils_per_class=12)
    teach_everything(cast, cast.classes["6A"], cast.toan)
    live(cast, "6A")
    one = ask(cast, cast.pupils["6A"][0], ["final"], "9")
    many = ask(cast, cast.pupils["6A"][1:], ["regular", "final"], "9")

    def cost(correction):
        with CaptureQueriesContext(connection) as queries:
            assert client_of(cast.hanh).get(f"/corrections/{correction.pk}/").status_code == 200
        return len(queries)

    assert cost(one) == cost(many)
