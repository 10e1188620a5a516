"""Results shown in book and transcript come from the pure rules, and from nothing when a mark is missing."""

import pytest

from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.teaching import assign_teacher, open_class, open_course
from gradebook.book import read_book
from gradebook.models import Column, Course, Subject
from tests.cast import FIRST_DAY, Cast, enrol, in_english, signed_in
from transcripts.models import Transcript


def fill(cast: Cast, course: Course, texts: dict[str, str], *, pupil: int = 0, name: str = "6A") -> None:
    columns = Column.objects.filter(course=course, period__semester__number=1).exclude(kind="comment")
    edits = [Edit(cast.pupils[name][pupil].pk, c.pk, texts[c.kind], 0) for c in columns if c.kind in texts]
    assert not save_marks(course=course, edits=edits, by=cast.toan, origin="page").refused


@pytest.fixture
def open_semester(cast):
    cast.execute("open", "CK1")
    return cast


def test_an_average_stands_in_the_book_once_it_is_complete(open_semester):
    cast = open_semester
    fill(cast, cast.maths["6A"], {"regular": "8", "midterm": "7,5", "final": "7,5"})
    fill(cast, cast.maths["6A"], {"regular": "8", "midterm": "7,5"}, pupil=1)

    [course] = read_book(cast.classes["6A"]).courses

    assert [row.results for row in course.rows[:2]] == [("7,7", "", ""), ("", "", "")]


def test_zero_for_absence_counts_and_awaiting_a_make_up_does_not(open_semester):
    cast = open_semester
    fill(cast, cast.maths["6A"], {"regular": "9", "midterm": "0v", "final": "9"})
    fill(cast, cast.maths["6A"], {"regular": "9", "midterm": "v", "final": "9"}, pupil=1)

    [course] = read_book(cast.classes["6A"]).courses

    assert [row.results[0] for row in course.rows[:2]] == ["7,0", ""]  # (36 + 0 + 27) / 9


def test_a_primary_pupil_has_the_levels_the_teacher_gave(cast, client):
    school_class = open_class(year=cast.year, name="3A", grade=3, by=cast.hanh)
    subject = Subject(code="dao-duc", name="Đạo đức", order=2)
    subject.save_by(cast.hanh)
    course = open_course(
        school_class=school_class,
        subject=subject,
        kind=Course.Kind.PRIMARY,
        lessons_per_year=35,
        by=cast.hanh,
    )
    assign_teacher(course=course, teacher=cast.toan, since=FIRST_DAY, by=cast.hanh)
    cast.classes["3A"] = school_class
    cast.pupils["3A"] = enrol(cast, "3A", 1)
    for period in ("GK1", "CK1"):
        cast.execute("open", period)
    fill(cast, course, {"level": "t"}, name="3A")

    page = signed_in(client, cast.hanh).get(f"/transcripts/{cast.pupils['3A'][0].pk}/")

    assert read_book(school_class).courses[0].rows[0].results == ("T", "", "")
    assert page.status_code == 200


def test_a_transcript_is_not_issued_while_a_subject_has_no_result(open_semester):
    pupil = open_semester.pupils["6A"][0]

    response = in_english(open_semester.hanh).post(f"/transcripts/{pupil.pk}/issue/", follow=True)

    assert "no result yet in: Toán" in response.text
    assert not Transcript.objects.exists()


def test_a_transcript_is_not_issued_before_the_principal_has_decided(open_semester):
    cast = open_semester
    for code in ("GK2", "CN"):
        cast.execute("open", code)
    pupil, course = cast.pupils["6A"][0], cast.maths["6A"]
    columns = course.columns.exclude(kind__in=["comment", "retest"])
    save_marks(
        course=course, edits=[Edit(pupil.pk, c.pk, "8", 0) for c in columns], by=cast.toan, origin="page"
    )

    response = in_english(cast.hanh).post(f"/transcripts/{pupil.pk}/issue/", follow=True)

    assert "has not decided the results of the year yet" in response.text
    assert not Transcript.objects.exists()
