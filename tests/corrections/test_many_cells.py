"""One request for many cells of a course: chosen, typed, looked at, handed in; every refusal beside its cell."""

import pytest

from corrections.models import CorrectionLine, CorrectionRequest
from gradebook.actions.teaching import assign_teacher
from gradebook.models import Column
from tests.cast import FIRST_DAY, client_of, in_english
from tests.corrections.scene import png, upload


@pytest.fixture
def other_column(scene):
    return Column.objects.get(
        course=scene.course, kind="regular", ordinal=2, period=scene.cast.periods["GK1"]
    )


def address(scene, *places):
    cells = "&".join(f"cell={scene.cast.pupils['6A'][pupil].pk}-{column.pk}" for pupil, column in places)
    return f"{scene.post_url}?{cells}"


def both(scene, column, **more):
    """An's mark moved into the next column, as after a list entered into the wrong one."""
    return {
        **scene.typed(new_text="", emptied="on"),
        **scene.typed(column=column, version=0, new_text="8"),
        **more,
    }


def test_many_cells_of_a_course_are_asked_for_in_one_request(scene, other_column):
    toan = client_of(scene.cast.toan)
    page = toan.get(address(scene, (0, scene.column), (0, other_column)))
    assert page.text.count('name="seen-') == 2

    response = toan.post(scene.post_url, both(scene, other_column))

    correction = CorrectionRequest.objects.get()
    assert response["Location"] == f"/corrections/{correction.pk}/"
    assert set(correction.lines.values_list("column", "old_text", "new_text")) == {
        (scene.column.pk, "8", ""),
        (other_column.pk, "", "8"),
    }


def test_every_bad_cell_says_why_and_nothing_typed_is_lost(scene, other_column):
    data = {
        **scene.typed(new_text="85"),
        **scene.typed(pupil=1, version=0, new_text="tám"),
        **scene.typed(pupil=2, version=0, new_text="7,5", reason="Nhập nhầm cột"),
    }

    response = in_english(scene.cast.toan).post(scene.post_url, data)

    assert response.status_code == 422
    for kept in (
        'value="85"',
        'value="tám"',
        'value="7,5"',
        "Nhập nhầm cột",
        "between 0 and 10",
        "Not a mark",
    ):
        assert kept in response.text
    assert not CorrectionRequest.objects.exists()


def test_everything_that_is_missing_is_said_at_once(scene):
    data = {
        **scene.typed(new_text="", kind="remarking", reason=""),
        **scene.typed(pupil=1, version=0, new_text="85", kind="remarking", reason=""),
    }

    page = in_english(scene.cast.toan).post(scene.post_url, data)

    assert page.status_code == 422
    said = page.text.partition("<table")[0]
    for sentence in ("Type the new value", "between 0 and 10", "#id_reason", "needs the paper"):
        assert sentence in said


def test_a_file_that_is_refused_is_named_with_the_other_faults_and_to_be_chosen_again(scene):
    data = scene.typed(new_text="", reason="Cộng nhầm", evidence=[upload("thu.txt", b"khong phai anh")])

    page = in_english(scene.cast.toan).post(scene.post_url, data).text

    assert "Type the new value" in page
    assert "thu.txt: Only pictures" in page
    assert "choose the files again" in page
    assert "<strong>thu.txt</strong>" in page
    assert "Cộng nhầm" in page


def test_what_the_kind_decides_is_not_called_optional(scene):
    assert "(optional)" not in in_english(scene.cast.toan).get(scene.form_url).text


def test_a_cell_is_left_out_by_a_tick(scene):
    data = {**scene.typed(), **scene.typed(pupil=1, version=0, new_text="", left_out="on")}

    client_of(scene.cast.toan).post(scene.post_url, data)

    assert CorrectionLine.objects.get().enrolment == scene.enrolment


def test_to_leave_out_every_cell_is_to_ask_for_nothing(scene):
    data = {
        **scene.typed(left_out="on"),
        **scene.typed(pupil=1, version=0, new_text="", left_out="on"),
    }

    response = in_english(scene.cast.toan).post(scene.post_url, data)

    assert response.status_code == 422
    assert not CorrectionRequest.objects.exists()


def test_the_page_says_which_request_waits_about_a_cell_and_leads_there(scene):
    first = scene.submit()

    page = in_english(scene.cast.toan).get(address(scene, (0, scene.column), (1, scene.column))).text

    assert f'<a href="/corrections/{first.pk}/">Request 1/2026-2027</a>' in page
    assert page.count('name="new-') == 1


def test_who_may_not_open_the_waiting_request_is_told_its_number_only(scene):
    first = scene.submit()
    assign_teacher(course=scene.course, teacher=scene.cast.lan, since=FIRST_DAY, by=scene.cast.hanh)

    page = in_english(scene.cast.lan).get(scene.form_url).text

    assert "Request 1/2026-2027" in page
    assert f"/corrections/{first.pk}/" not in page


def test_a_cell_that_cannot_be_asked_for_does_not_take_the_others_along_silently(scene):
    scene.submit()
    data = {**scene.typed(new_text="7"), **scene.typed(pupil=1, version=0, new_text="6,5")}

    response = in_english(scene.cast.toan).post(scene.post_url, data)

    assert response.status_code == 422
    assert "only one at a time" in response.text
    assert "You typed “7”." in response.text
    assert 'value="6,5"' in response.text
    assert CorrectionRequest.objects.count() == 1


@pytest.mark.parametrize("version", [0, 7, "x", ""])
def test_a_version_that_the_cell_never_showed_is_a_conflict(scene, version):
    response = in_english(scene.cast.toan).post(scene.post_url, scene.typed(version=version))

    assert response.status_code == 422
    assert "changed in the meantime" in response.text


def test_a_pupil_or_a_column_of_elsewhere_is_not_asked_for(scene):
    toan = client_of(scene.cast.toan)
    stranger, theirs = scene.cast.pupils["6B"][0], scene.cast.maths["6B"].columns.first()
    forged = {**scene.typed(), f"seen-{stranger.pk}-{theirs.pk}": "0", f"new-{stranger.pk}-{theirs.pk}": "10"}

    assert toan.get(f"{scene.post_url}?cell={stranger.pk}-{scene.column.pk}").status_code == 404
    assert toan.get(f"{scene.post_url}?cell={scene.enrolment.pk}-{theirs.pk}").status_code == 404
    assert toan.post(scene.post_url, forged).status_code == 422
    assert not CorrectionRequest.objects.exists()


def test_a_column_of_a_colleague_in_the_same_course_is_forbidden(scene):
    assign_teacher(
        course=scene.course, teacher=scene.cast.lan, since=FIRST_DAY, strand="so-hoc", by=scene.cast.hanh
    )

    assert client_of(scene.cast.lan).get(scene.form_url).status_code == 403
    assert client_of(scene.cast.lan).post(scene.post_url, scene.typed()).status_code == 403


def test_more_cells_than_a_request_holds_are_refused_with_the_number(scene, monkeypatch):
    monkeypatch.setattr("corrections.request_views.MOST_REQUESTED", 1)
    teacher = in_english(scene.cast.toan)

    page = teacher.get(address(scene, (0, scene.column), (1, scene.column)), follow=True)

    assert "At most 120 cells" in page.text


def test_cells_are_chosen_by_ticking_without_a_script(scene):
    scene.submit(scene.edit("7", version=0, pupil=1))
    page = in_english(scene.cast.toan).get(f"{scene.post_url}semester-1/").text

    assert f'value="{scene.enrolment.pk}-{scene.column.pk}"' in page
    assert f'value="{scene.cast.pupils["6A"][1].pk}-{scene.column.pk}"' not in page
    assert "Request 1/2026-2027" in page


def test_open_columns_are_not_offered(scene):
    for period in ("GK1", "CK1"):
        scene.cast.execute("open", period)

    assert "Nothing is locked" in in_english(scene.cast.toan).get(f"{scene.post_url}semester-1/").text


# The kinds and what each needs


@pytest.mark.parametrize("kind", ["remarking", "make_up"])
def test_a_new_mark_from_a_paper_needs_that_paper(scene, kind):
    teacher = in_english(scene.cast.toan)

    response = teacher.post(scene.post_url, scene.typed(kind=kind))

    assert response.status_code == 422
    assert "needs the paper" in response.text
    with_paper = scene.typed(kind=kind, evidence=[upload("bai.png", png())])
    assert teacher.post(scene.post_url, with_paper).status_code == 303


@pytest.mark.duty("S1-73")
def test_an_oral_mark_needs_the_sheet_that_pupil_and_classmate_signed(scene):
    teacher = in_english(scene.cast.toan)
    assert "a classmate have signed" in " ".join(teacher.get(scene.form_url).text.split())

    bare = teacher.post(scene.post_url, scene.typed(is_oral="on"))
    signed = teacher.post(scene.post_url, scene.typed(is_oral="on", evidence=[upload("phieu.png", png())]))

    assert bare.status_code == 422
    assert "have signed" in bare.text
    assert signed.status_code == 303
    assert CorrectionRequest.objects.get().is_oral


def test_only_a_regular_mark_is_given_orally(scene):
    midterm = Column.objects.get(course=scene.course, kind="midterm", period=scene.cast.periods["GK1"])
    toan = client_of(scene.cast.toan)
    page = toan.get(f"/corrections/new/{scene.enrolment.pk}/{midterm.pk}/")

    toan.post(scene.post_url, scene.typed(column=midterm, version=0, new_text="8", is_oral="on"))

    assert "is_oral" not in page.text
    assert not CorrectionRequest.objects.get().is_oral


def test_a_kind_that_is_about_people_is_not_offered_for_a_mark(scene):
    assert client_of(scene.cast.toan).post(scene.post_url, scene.typed(kind="new_fact")).status_code == 422
