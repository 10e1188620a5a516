"""The comment bank: what one keeps, what the school shares, and what a sheet is offered."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.phrases import PhraseRefused, PhraseWithdrawn, Wording, add_phrases, edit_phrase
from gradebook.actions.phrases import withdraw_phrase as withdraw
from gradebook.entries import COMMENT_MAX
from gradebook.models import Column, Course, Phrase, Subject
from gradebook.phrase_text import PLACEHOLDERS
from gradebook.phrases import of_levels, of_scores
from tests.cast import Cast, signed_in
from tests.gradebook.remarks.saying import say


def keep(by: User, text: str, *, shared: bool = False, **place: Any) -> Phrase:
    [phrase] = add_phrases(wordings=[Wording(text, **place)], shared=shared, by=by)
    return phrase


def bank(client: Client, user: User, query: str = "") -> str:
    return signed_in(client, user).get(f"/phrases/{query}").content.decode()


@pytest.fixture
def literature(cast: Cast) -> Subject:
    subject = Subject(code="ngu-van", name="Ngữ văn", order=2)
    subject.save_by(cast.hanh)
    return subject


def test_a_phrase_is_found_by_its_words_without_diacritics(cast, client):
    keep(cast.toan, "Tính toán nhanh, chính xác.")
    keep(cast.toan, "Cần cẩn thận hơn.")

    page = bank(client, cast.toan, "?q=chinh+nhanh")

    assert "Tính toán nhanh" in page
    assert "Cần cẩn thận" not in page


def test_one_sees_ones_own_phrases_and_the_schools_and_nobody_elses(cast, client):
    keep(cast.toan, "Câu của Toàn.")
    keep(cast.hanh, "Câu của trường.", shared=True)

    page = bank(client, cast.lan)

    assert "Câu của trường." in page
    assert "Câu của Toàn." not in page
    assert "/edit/" not in page  # the school's is not hers to change


def test_phrases_are_filtered_by_subject_standing_need_and_owner(cast, client, literature):
    keep(cast.toan, "Câu văn.", subject=literature, standing="good")
    keep(cast.toan, "Câu giỏi.", standing="good", need="gifted")
    keep(cast.hanh, "Câu chung.", shared=True, level="primary", standing="weak")

    for query, expected in {
        f"?subject={literature.pk}": {"Câu văn."},
        "?standing=good": {"Câu văn.", "Câu giỏi."},
        "?need=gifted": {"Câu giỏi."},
        "?level=primary": {"Câu chung."},
        "?whose=own": {"Câu văn.", "Câu giỏi."},
        "?whose=shared": {"Câu chung."},
        "?standing=nonsense": {"Câu văn.", "Câu giỏi.", "Câu chung."},
    }.items():
        page = bank(client, cast.toan, query)
        assert {text for text in ("Câu văn.", "Câu giỏi.", "Câu chung.") if text in page} == expected, query


def test_a_phrase_with_placeholders_is_shown_with_an_example(cast, client, literature):
    keep(cast.toan, "{tên} học tốt môn {môn}.", subject=literature)

    assert "An học tốt môn Ngữ văn." in bank(client, cast.toan)


def test_an_unknown_placeholder_is_refused_and_what_was_typed_stays(cast, client):
    response = signed_in(client, cast.toan).post(
        "/phrases/add/", {"text": "{ten} chăm học.", "level": "primary"}
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "“{ten}”" in page
    assert "{ten} chăm học.</textarea>" in page
    assert '<option value="primary" selected>' in page
    assert not Phrase.objects.exists()


def test_a_teacher_adds_for_oneself_whatever_is_posted(cast, client):
    signed_in(client, cast.toan).post("/phrases/add/", {"text": "Chăm học.", "whose": "shared"})

    assert Phrase.objects.get().owner == cast.toan


def test_who_keeps_the_schools_bank_adds_for_all(cast, client):
    signed_in(client, cast.dung).post("/phrases/add/", {"text": "Chăm học.", "whose": "shared"})

    assert "Chăm học." in bank(Client(), cast.lan)


def test_the_same_phrase_for_the_same_pupils_is_refused_once_it_is_there(cast):
    kept = keep(cast.toan, "Chăm học.")
    keep(cast.toan, "Chăm học.", standing="good")
    keep(cast.lan, "Chăm học.")

    with pytest.raises(PhraseRefused, match="there-already"):
        keep(cast.toan, " Chăm  học. ")
    edit_phrase(phrase=kept, wording=Wording("Chăm học.", need="support"), by=cast.toan)
    assert Phrase.objects.get(pk=kept.pk).need == "support"


def test_a_phrase_is_changed_and_its_old_text_stays_in_its_history(cast, client):
    kept = keep(cast.toan, "Cham học.")

    signed_in(client, cast.toan).post(f"/phrases/{kept.pk}/edit/", {"text": "Chăm học.", "standing": "good"})

    assert list(kept.history.order_by("pk").values_list("text", "history_user")) == [
        ("Cham học.", cast.toan.pk),
        ("Chăm học.", cast.toan.pk),
    ]


def test_a_withdrawn_phrase_is_offered_no_more_and_changed_no_more(cast, client):
    kept = keep(cast.toan, "Chăm học.")

    signed_in(client, cast.toan).post(f"/phrases/{kept.pk}/withdraw/")

    assert "Chăm học." not in client.get("/phrases/").content.decode()
    assert client.get(f"/phrases/{kept.pk}/edit/").status_code == 404
    with pytest.raises(PhraseWithdrawn):
        withdraw(phrase=kept, by=cast.toan)


def test_sharing_makes_a_copy_for_the_school_and_leaves_ones_own(cast, client):
    kept = keep(cast.dung, "Chăm học.", standing="good")

    signed_in(client, cast.dung).post(f"/phrases/{kept.pk}/share/")

    found = Phrase.objects.filter(text="Chăm học.", standing="good")
    assert set(found.values_list("owner", flat=True)) == {cast.dung.pk, None}
    client.post(f"/phrases/{kept.pk}/share/")
    assert found.count() == 2


def test_who_keeps_the_schools_bank_keeps_ones_own_too(cast, client):
    signed_in(client, cast.dung).post("/phrases/add/", {"text": "Chăm học.", "whose": "own"})

    assert "Chăm học." not in bank(Client(), cast.lan)


def offered(client: Client, cast: Cast) -> dict[str, Any]:
    found: dict[str, Any] = (
        signed_in(client, cast.toan).get(f"/courses/{cast.maths['6A'].pk}/semester-1/phrases/").json()
    )
    return found


def test_a_sheet_is_offered_what_suits_its_subject_and_level_the_subjects_own_first(cast, client, literature):
    keep(cast.toan, "Của mọi môn.")
    keep(cast.hanh, "Của môn toán.", shared=True, subject=cast.maths["6A"].subject, level="lower_secondary")
    keep(cast.toan, "Của môn văn.", subject=literature)
    keep(cast.toan, "Của tiểu học.", level="primary")
    keep(cast.lan, "Của cô Lan.")

    texts = [phrase["text"] for phrase in offered(client, cast)["phrases"]]

    assert texts == ["Của môn toán.", "Của mọi môn."]


def test_a_homeroom_sheet_is_offered_what_was_written_for_it_alone(cast, client):
    sheet = Course.objects.get(school_class=cast.classes["6A"], kind="homeroom")
    keep(cast.mai, "Của mọi môn.")
    keep(cast.mai, "Của chủ nhiệm.", subject=sheet.subject)

    found = signed_in(client, cast.mai).get(f"/courses/{sheet.pk}/semester-1/phrases/").json()

    assert [phrase["text"] for phrase in found["phrases"]] == ["Của chủ nhiệm."]


def fill(cast: Cast, pupil: int, score: str, periods: Sequence[str] = ("GK1", "CK1")) -> None:
    """Every mark of these periods."""
    for period in periods:
        columns = Column.objects.filter(course=cast.maths["6A"], period__code=period).exclude(kind="comment")
        edits = [Edit(cast.pupils["6A"][pupil].pk, column.pk, score, 0) for column in columns]
        assert not save_marks(course=cast.maths["6A"], edits=edits, by=cast.toan, origin="page").refused


def test_a_pupil_is_offered_with_name_average_and_standing(cast, client):
    cast.execute("open", "CK1")
    fill(cast, 0, "8,5")
    fill(cast, 1, "4", periods=("GK1",))  # no average yet: the marks so far say how the pupil stands

    pupils = offered(client, cast)["pupils"]

    comment = str(Column.objects.get(course=cast.maths["6A"], period__code="CK1", kind="comment").pk)
    good, weak, unknown = (pupils[str(enrolment.pk)] for enrolment in cast.pupils["6A"][:3])
    assert good["values"].keys() == set(PLACEHOLDERS)
    assert good["values"] == {"tên": "An", "họ tên": "Trần Bảo An", "môn": "Toán", "điểm": "8,5"}
    assert [each["standings"][comment] for each in (good, weak, unknown)] == ["good", "weak", ""]
    assert [each["values"]["điểm"] for each in (weak, unknown)] == ["", ""]


def test_breaches_of_the_semester_and_what_the_reader_may_know_of_inclusion_come_with_each_pupil(
    cast, client
):
    an, anh = cast.pupils["6A"][:2]
    say(cast, pupils=[0], kind="breach")
    say(cast, pupils=[0], kind="breach", text="Đi học muộn")
    say(cast, kind="breach")
    say(cast, pupils=[1], kind="praise")
    anh.student.disability = "khiếm thính"
    anh.student.save_by(cast.dung)
    homeroom = Course.objects.get(school_class=cast.classes["6A"], kind="homeroom")
    sheet = signed_in(client, cast.mai).get(f"/courses/{homeroom.pk}/semester-1/phrases/").json()

    facts = [(each["breaches"], each["inclusion"]) for each in sheet["pupils"].values()]

    assert facts[:3] == [(2, False), (0, True), (0, False)]
    # The subject teacher reads the breaches, and no more of the profile than before.
    assert [each["inclusion"] for each in offered(Client(), cast)["pupils"].values()] == [False] * 5
    assert offered(Client(), cast)["pupils"][str(an.pk)]["breaches"] == 2


@pytest.mark.parametrize(
    ("average", "standing"), [("8,0", "good"), ("7,9", "fair"), ("5", "fair"), ("4,9", "weak")]
)
def test_averages_stand_as_in_the_circular(average, standing):
    assert of_scores([average]) == standing


@pytest.mark.parametrize(
    ("levels", "standing"),
    [("T T", "good"), ("T Đ", "fair"), ("H", "fair"), ("T C", "weak"), ("CĐ", "weak"), ("v 8", "")],
)
def test_one_level_not_met_decides_over_all_that_are(levels, standing):
    assert of_levels(levels.split()) == standing


def test_the_limit_shown_beside_a_comment_is_the_one_that_refuses(cast, client):
    page = signed_in(client, cast.toan).get(f"/courses/{cast.maths['6A'].pk}/semester-1/").content.decode()

    assert f'data-limit="{COMMENT_MAX}"' in page


def test_the_bank_asks_no_more_for_many_phrases_than_for_one(cast, client, literature):
    keep(cast.toan, "Câu thứ nhất của {tên}.", subject=literature)
    few = queries(client, cast.toan)
    add_phrases(
        wordings=[Wording(f"{{tên}} câu {n}.", cast.maths["6A"].subject) for n in range(40)], by=cast.toan
    )

    assert queries(client, cast.toan) == few


def queries(client: Client, user: User) -> int:
    signed_in(client, user).get("/phrases/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/phrases/")
    return len(captured)
