"""A school that takes no request about a mark without its paper says so in its rules (S1 Đ11.2)."""

import pytest

from corrections.dossiers import NotAccepted
from corrections.models import CorrectionRequest
from tests.cast import in_english
from tests.corrections.chain import follow, rule
from tests.corrections.scene import paper, png, upload


@pytest.mark.duty("S1-72")
def test_a_request_without_the_paper_is_refused_beside_the_field_and_with_it_handed_in(scene):
    follow(scene, "S1")
    teacher = in_english(scene.cast.toan)

    refused = teacher.post(scene.post_url, scene.typed(reason="Vì nhầm ô"))

    assert refused.status_code == 422
    assert refused.context["form"].errors == {
        "evidence": ["The school takes no request about a mark without its paper: a picture or a PDF."]
    }
    assert "Vì nhầm ô" in refused.text
    assert not CorrectionRequest.objects.exists()

    with_paper = scene.typed(evidence=[upload("bai.png", png())])
    assert teacher.post(scene.post_url, with_paper).status_code == 303
    assert CorrectionRequest.objects.get().asks_evidence


def test_the_missing_paper_is_said_together_with_every_other_fault(scene):
    follow(scene, "S1")

    refused = in_english(scene.cast.toan).post(scene.post_url, scene.typed(reason=""))

    assert set(refused.context["form"].errors) == {"reason", "evidence"}


def test_the_form_says_so_before_anything_is_typed_and_only_where_it_is_ruled(scene):
    teacher, sentence = in_english(scene.cast.toan), "takes no request about a mark without its paper"

    assert sentence not in teacher.get(scene.form_url).text
    rule(scene, correction_evidence=True)
    assert sentence in teacher.get(scene.form_url).text


def test_a_comment_has_no_paper_and_a_mark_among_comments_has(scene):
    rule(scene, correction_evidence=True)
    comment = scene.edit(
        "Em học chăm.", 0, column=scene.course.columns.get(kind="comment", period__code="CK1")
    )

    with pytest.raises(NotAccepted, match="evidence-ruled"):
        scene.submit(comment, scene.edit())
    assert not scene.submit(comment).asks_evidence


def test_a_rule_taken_back_later_leaves_the_dossier_as_it_was(scene):
    rule(scene, correction_evidence=True)
    correction = scene.submit(uploads=paper())

    rule(scene, correction_evidence=False)

    assert scene.again(correction).asks_evidence
    assert not scene.submit(scene.edit("7", version=0, pupil=1)).asks_evidence
