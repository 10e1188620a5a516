"""What speaks for a pupil stands beside the cells in which the homeroom teacher decides."""

import re
from datetime import date

import pytest

from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.remarks import Words, write_remarks
from gradebook.actions.teaching import appoint_homeroom_teacher, open_class
from gradebook.assessment.traits import traits
from gradebook.models import Column, Course, Mark
from tests.cast import FIRST_DAY, enrol, in_english, signed_in
from tests.gradebook.attendance.rolls import edit, save

WEEK = date(2026, 11, 23)


def sheet_of(cast, name="6A") -> Course:
    return cast.classes[name].courses.get(kind=Course.Kind.HOMEROOM)


def column(course, kind, period="CK1") -> Column:
    return Column.objects.filter(course=course, kind=kind, period__code=period).order_by("order")[0]


def enter(course, pupil, kind, typed, by, period="CK1", version=0):
    edits = [Edit(pupil.pk, column(course, kind, period).pk, typed, version)]
    outcome = save_marks(course=course, edits=edits, by=by, origin="page")
    assert not outcome.refused


def say(cast, course, by, kind, text, pupils):
    words = Words(kind, text)
    write_remarks(
        course=course, week=WEEK, words=words, pupils=pupils, whole_class=not pupils, by=by, today=WEEK
    )


@pytest.fixture
def opened(cast):
    cast.execute("open", "CK1")
    return cast


def url(cast, name="6A", act=""):
    return f"/classes/{cast.classes[name].pk}/conduct/semester-1/{act}"


def case_of(text: str, pupil) -> str:
    return text.split(f'id="p{pupil.pk}"')[1].split("</section>")[0]


def absences(text: str, pupil) -> list[tuple[str, str]]:
    """With leave and without: the number, and where it comes from."""
    facts = case_of(text, pupil).split('class="case-facts"')[1].split("</p>")[0]
    return re.findall(r"<strong>([^<]*)</strong>\s*(?:<span class=\"quiet\">\(([^)]*)\))?", facts)


@pytest.mark.duty("S2-13")
def test_remarks_absences_marks_and_comments_stand_beside_each_pupil(opened, client):
    cast, (an, anh) = opened, opened.pupils["6A"][:2]
    maths, homeroom = cast.maths["6A"], sheet_of(opened)
    enter(homeroom, an, "excused", "3", cast.mai)
    enter(maths, an, "final", "4,5", cast.toan)
    enter(maths, anh, "final", "9", cast.toan)
    enter(maths, an, "comment", "Cần ôn lại phân số", cast.toan)
    say(cast, maths, cast.toan, "breach", "Quên vở", {an.pk})
    say(cast, maths, cast.toan, "praise", "Giúp bạn", {anh.pk})
    say(cast, maths, cast.toan, "remark", "Lớp chú ý", set())

    shown = signed_in(client, cast.mai).get(url(cast)).text

    of_an, of_anh = case_of(shown, an), case_of(shown, anh)
    assert "<strong>3</strong>" in of_an
    assert all(text in of_an for text in ("Toán 4,5", "Cần ôn lại phân số", "Quên vở"))
    assert "Giúp bạn" in of_anh
    assert not any(text in of_anh for text in ("Quên vở", "Toán 9", "Cần ôn lại phân số"))
    assert "Lớp chú ý" in shown.split(f'id="p{an.pk}"')[0]


def test_absences_that_nobody_entered_are_those_of_the_roll_calls_and_each_says_whence(
    opened, client, monkeypatch
):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_, **__: WEEK)
    cast, (an, anh, *_rest) = opened, opened.pupils["6A"]
    reader = in_english(cast.mai)
    assert absences(reader.get(url(cast)).text, an) == [("–", ""), ("–", "")]
    away = [edit(pupil, "P", WEEK) for pupil in (an, anh)]
    assert save(cast, *away, calls=[(WEEK, "morning")]).saved
    enter(sheet_of(cast), an, "excused", "3", cast.mai)

    shown = reader.get(url(cast)).text

    assert absences(shown, an) == [("3", "homeroom sheet"), ("0", "roll calls")]
    assert absences(shown, anh) == [("1", "roll calls"), ("0", "roll calls")]


@pytest.mark.duty("S0-44")
@pytest.mark.parametrize(("semester", "period"), [(1, "CK1"), (2, "CN")])
def test_conduct_and_a_comment_on_training_are_entered_right_there(cast, client, semester, period):
    cast.execute("open", period)
    pupil, homeroom = cast.pupils["6A"][0], sheet_of(cast)
    conduct, comment = column(homeroom, "conduct", period), column(homeroom, "comment", period)
    data = {f"m-{pupil.pk}-{conduct.pk}-0": "T", f"m-{pupil.pk}-{comment.pk}-0": "Lễ phép, chăm chỉ"}
    address = f"/classes/{cast.classes['6A'].pk}/conduct/semester-{semester}/"

    response = signed_in(client, cast.mai).post(f"{address}save/", data)

    assert (response.status_code, response["Location"]) == (303, address)
    assert Mark.objects.get(column=conduct).level == "T"
    assert Mark.objects.get(column=comment).comment == "Lễ phép, chăm chỉ"
    assert Mark.history.filter(column_id=conduct.pk).get().history_user == cast.mai
    assert "selected" in case_of(signed_in(client, cast.mai).get(address).text, pupil)


@pytest.fixture
def primary(opened):
    """4A with nine pupils, led by Dũng: 32 cells each in a semester."""
    cast = opened
    cast.classes["4A"] = open_class(year=cast.year, name="4A", grade=4, by=cast.hanh)
    appoint_homeroom_teacher(
        school_class=cast.classes["4A"], teacher=cast.dung, since=FIRST_DAY, by=cast.hanh
    )
    enrol(cast, "4A", 9)
    for window in sheet_of(cast, "4A").windows.filter(period__code="CK1"):
        window.is_open = True
        window.save_by(cast.khoa)
    return cast


@pytest.mark.duty("S0-45")
def test_a_primary_class_enters_qualities_competences_and_a_comment_there(primary, client):
    cast, homeroom = primary, sheet_of(primary, "4A")
    pupil = cast.classes["4A"].enrolments.order_by("number")[0]
    cells = list(Column.objects.filter(course=homeroom, kind="trait", period__code="CK1"))
    comment = column(homeroom, "comment")
    data = {f"m-{pupil.pk}-{cell.pk}-0": "Đ" for cell in cells}
    data[f"m-{pupil.pk}-{comment.pk}-0"] = "Tự giác, hòa đồng"

    assert signed_in(client, cast.dung).post(url(cast, "4A", "save/"), data).status_code == 303

    assert len(cells) == len(traits(4))
    assert set(Mark.objects.filter(column__in=cells).values_list("level", flat=True)) == {"Đ"}
    assert Mark.objects.filter(column__in=cells).count() == len(cells)
    assert Mark.objects.get(column=comment).comment == "Tự giác, hòa đồng"


def test_of_a_primary_class_a_few_pupils_stand_on_a_page_and_saving_leads_to_the_next(primary, client):
    cast, pupils = primary, list(primary.classes["4A"].enrolments.order_by("number"))
    teacher = in_english(cast.dung)
    page = teacher.get(url(cast, "4A")).text
    assert [f'id="p{pupil.pk}"' in page for pupil in pupils] == [True] * 6 + [False] * 3
    assert f'href="{url(cast, "4A")}?page=2"' in page and "7–9</a>" in page
    trait = column(sheet_of(cast, "4A"), "trait")
    saving = url(cast, "4A", "save/")

    typed = {f"m-{pupils[0].pk}-{trait.pk}-0": "Đ", "page": "1"}
    assert teacher.post(saving, typed)["Location"] == url(cast, "4A") + "?page=1"
    typed = {f"m-{pupils[1].pk}-{trait.pk}-0": "Đ", "page": "1", "go_on": "yes"}
    assert teacher.post(saving, typed)["Location"] == url(cast, "4A") + "?page=2"
    typed = {f"m-{pupils[7].pk}-{trait.pk}-0": "X", "page": "2", "go_on": "yes"}
    refused = teacher.post(saving, typed)

    assert Mark.objects.filter(column=trait, level="Đ").count() == 2
    assert refused.status_code == 422
    assert "<option selected>X</option>" in case_of(refused.text, pupils[7])
    assert "go_on" not in refused.text  # the last ones


def test_a_stale_cell_shows_both_values_and_overwrites_nothing(opened, client):
    cast, pupil, homeroom = opened, opened.pupils["6A"][0], sheet_of(opened)
    enter(homeroom, pupil, "conduct", "K", cast.mai)
    conduct = column(homeroom, "conduct")

    response = signed_in(client, cast.mai).post(url(cast, act="save/"), {f"m-{pupil.pk}-{conduct.pk}-0": "T"})

    assert response.status_code == 422
    case = case_of(response.text, pupil)
    assert "“K”" in case
    assert f'name="m-{pupil.pk}-{conduct.pk}-1"' in case
    assert Mark.objects.get(column=conduct).level == "K"


def test_a_lock_that_came_meanwhile_keeps_what_was_typed_on_the_page(opened, client):
    cast, pupil, homeroom = opened, opened.pupils["6A"][0], sheet_of(opened)
    conduct = column(homeroom, "conduct")
    cast.execute("lock", "CK1")

    response = signed_in(client, cast.mai).post(
        url(cast, act="save/"), {f"m-{pupil.pk}-{conduct.pk}-0": "CĐ"}
    )

    assert response.status_code == 422
    case = case_of(response.text, pupil)
    assert "“CĐ”" in case
    assert f"/corrections/new/{pupil.pk}/{conduct.pk}/" in case


def test_pupils_stand_in_the_order_of_the_list_whatever_they_did(opened, client):
    cast, pupils = opened, opened.pupils["6A"]
    say(cast, cast.maths["6A"], cast.toan, "praise", "Giúp bạn", {pupils[-1].pk})

    shown = signed_in(client, cast.mai).get(url(cast)).text

    places = [shown.index(f'id="p{pupil.pk}"') for pupil in pupils]
    assert places == sorted(places)


def test_readers_of_the_school_see_no_field_to_fill(opened, client):
    shown = signed_in(client, opened.hanh).get(url(opened)).text

    assert 'name="m-' not in shown
    assert signed_in(client, opened.mai).get(url(opened)).text.count('name="m-') == 2 * len(
        opened.pupils["6A"]
    )
