"""Who asks for a correction may look at its effect first; nothing is written for that."""

import pytest

from corrections.models import CorrectionRequest
from gradebook.actions.marks import Edit, save_marks
from gradebook.models import Mark
from tests.cast import client_of, in_english
from tests.corrections.scene import png, upload


@pytest.fixture
def averaged(scene):
    """Pupil An has all marks of the semester but one of them is wrong."""
    for period in ("GK1", "CK1"):
        scene.cast.execute("open", period)
    columns = scene.course.columns.filter(period__semester__number=1).exclude(kind="comment")
    edits = [
        Edit(scene.enrolment.pk, column.pk, "8", 0) for column in columns if column.pk != scene.column.pk
    ]
    save_marks(course=scene.course, edits=edits, by=scene.cast.toan, origin="page")
    for period in ("GK1", "CK1"):
        scene.cast.execute("lock", period)
    return scene


def test_the_effect_is_shown_before_anything_is_written_and_what_was_typed_stays(averaged):
    teacher = in_english(averaged.cast.toan)
    data = averaged.typed(new_text="1", reason="Nhập nhầm", evidence=[upload("bai.png", png())])

    page = teacher.post(f"{averaged.post_url}effect/", data)

    assert page.status_code == 200
    assert "<strong>bai.png</strong>" in page.text  # without a script it has to be chosen again
    assert "<del>8,0</del>" in page.text
    assert "<ins>" in page.text
    assert 'value="1"' in page.text
    assert "Nhập nhầm" in page.text
    assert not CorrectionRequest.objects.exists()
    assert Mark.objects.get(enrolment=averaged.enrolment, column=averaged.column).version == 1


def test_with_a_script_only_the_effect_comes_back(averaged):
    teacher = in_english(averaged.cast.toan)

    part = teacher.post(
        f"{averaged.post_url}effect/", averaged.typed(new_text="1"), headers={"HX-Request": "true"}
    )

    assert part.text.lstrip().startswith('<div id="look"')
    assert "<del>8,0</del>" in part.text


def test_the_effect_of_a_bad_value_is_the_reason(averaged):
    teacher = in_english(averaged.cast.toan)
    url, data = f"{averaged.post_url}effect/", averaged.typed(new_text="85")

    page = teacher.post(url, data)
    part = teacher.post(url, data, headers={"HX-Request": "true"})

    assert page.status_code == 422
    assert "between 0 and 10" in page.text
    assert "between 0 and 10" in part.text


def test_reason_and_proof_may_still_be_missing_for_a_look(averaged):
    data = averaged.typed(new_text="1", reason="", kind="")
    unproved = averaged.typed(new_text="1", kind="remarking")

    teacher = client_of(averaged.cast.toan)
    assert teacher.post(f"{averaged.post_url}effect/", data).status_code == 200
    assert teacher.post(f"{averaged.post_url}effect/", unproved).status_code == 200
