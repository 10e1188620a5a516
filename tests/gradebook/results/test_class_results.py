"""What the results pages of a class and a pupil say, and what they say when something is missing."""

import pytest

from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.teaching import (
    Extra,
    appoint_homeroom_teacher,
    assign_teacher,
    open_class,
    open_course,
)
from gradebook.class_summary import read_summary
from gradebook.models import Column, Mark, SchoolClass
from tests.cast import FIRST_DAY, Cast, enrol, in_english
from tests.gradebook.results.school_year import fill, fresh, live, primary_class, teach_everything

LOW = dict.fromkeys(["toan", "ngu-van", "tin-hoc"], "3")


def page(cast: Cast, path: str, who: str = "hanh") -> str:
    response = in_english(cast.people[who]).get(path)
    assert response.status_code == 200
    return str(response.text)


def test_a_class_has_levels_conduct_absences_promotion_and_titles(whole):
    live(whole, "6A", p1={"toan": "6,4"}, p2={**LOW, "conduct": "K"}, p3=dict.fromkeys(
        ["toan", "ngu-van", "ngoai-ngu-1", "giao-duc-cong-dan", "lich-su-dia-li", "tin-hoc"], "9"
    ))  # fmt: skip

    lines = read_summary(fresh(whole, "6A"), "year").lines

    assert [(line.learning, line.conduct, line.absences, line.award) for line in lines[:4]] == [
        ("Tốt", "Tốt", "2", "Học sinh Giỏi"),
        ("Khá", "Tốt", "2", ""),
        ("Chưa đạt", "Khá", "2", ""),
        ("Tốt", "Tốt", "2", "Học sinh Xuất sắc"),
    ]
    shown = page(whole, f"/classes/{whole.classes['6A'].pk}/results/year/")
    assert "assessed again in summer" in shown
    assert "Học sinh Xuất sắc" in shown


def test_why_names_the_subject_the_value_and_the_threshold(whole):
    live(whole, "6A", p1={"toan": "6,4"})
    pupil = whole.pupils["6A"][1]

    shown = page(whole, f"/pupils/{pupil.pk}/results/year/why/", who="mai")

    assert "Toán 6,4 &lt; 6,5" in shown
    assert "Circular 22/2021, article 9, clause 2, point a" in shown


def test_an_adjusted_level_says_for_which_subject(whole):
    live(whole, "6A", p0={"tin-hoc": "4,6"})
    pupil = whole.pupils["6A"][0]

    shown = page(whole, f"/pupils/{pupil.pk}/results/")

    assert "Đạt before the adjustment for Tin học" in " ".join(shown.split())


@pytest.mark.duty("S1-56", "S3-23")
def test_a_missing_mark_is_named_and_never_counts_as_zero(whole):
    live(whole, "6A")
    mark = Mark.objects.get(
        enrolment=whole.pupils["6A"][0], column__course=whole.maths["6A"], column__kind="midterm",
        column__period__code="GK2",
    )  # fmt: skip
    whole.execute("open", "GK2", whole.classes["6A"])

    save_marks(
        course=whole.maths["6A"],
        edits=[Edit(mark.enrolment_id, mark.column_id, "", mark.version)],
        by=whole.toan,
        origin="page",
    )

    line = read_summary(fresh(whole, "6A"), "year").lines[0]
    shown = page(whole, f"/pupils/{mark.enrolment_id}/results/", who="mai")

    assert (line.learning, line.award, line.missing) == ("", "", ("Toán",))
    assert "Midterm assessment: nothing entered yet" in shown


def test_unknown_rules_compute_nothing_and_say_so(whole):
    live(whole, "6A")
    school_class = whole.classes["6A"]
    school_class.scheme = "TT99-2031"
    school_class.save_by(whole.hanh)
    pupil, hanh = whole.pupils["6A"][0], in_english(whole.hanh)

    for path in (
        f"/classes/{school_class.pk}/results/year/",
        f"/pupils/{pupil.pk}/results/",
        f"/classes/{school_class.pk}/proposals/year/",
        f"/transcripts/{pupil.pk}/",
    ):
        response = hanh.get(path)
        assert (response.status_code, "TT99-2031" in response.text) == (409, True), path
    assert hanh.get(f"/courses/{whole.maths['6A'].pk}/semester-1/").status_code == 200


def test_a_primary_class_shows_levels_as_given_and_the_result_of_the_year(cast):
    primary_class(cast)
    live(cast, "4A", p1={"toan": "T 8"}, p2={"am-nhac": "H", "nghe-thuat": "H"})

    semester, year = (read_summary(fresh(cast, "4A"), moment) for moment in ("semester-1", "year"))

    assert not semester.has_learning
    assert [line.learning for line in year.lines] == [
        "Hoàn thành xuất sắc",
        "Hoàn thành tốt",
        "Hoàn thành",
    ]
    assert [line.award for line in year.lines] == ["Học sinh Xuất sắc", "", ""]


@pytest.mark.parametrize(
    ("scheme", "level", "overall"), [("TT58-2020", "Khá", "7,8"), ("TT22-2021", "Khá", "")]
)
def test_each_class_is_computed_by_its_own_scheme(cast, scheme, level, overall):
    school_class = open_class(year=cast.year, name="9C", grade=9, by=cast.hanh, scheme=scheme)

    appoint_homeroom_teacher(school_class=school_class, teacher=cast.lan, since=FIRST_DAY, by=cast.hanh)
    teach_everything(cast, school_class, cast.toan)
    cast.classes["9C"], cast.pupils["9C"] = school_class, []
    cast.pupils["9C"] = enrol(cast, "9C", 1)
    live(cast, "9C", p0={"toan": "6,4"})

    [line] = read_summary(fresh(cast, "9C"), "year").lines

    assert (line.learning, line.overall) == (level, overall)


def test_a_course_of_before_2020_counts_its_45_minute_tests_twice(cast):

    school_class = open_class(year=cast.year, name="8C", grade=8, by=cast.hanh, scheme="TT58-2011")
    course = open_course(
        school_class=school_class,
        subject=cast.maths["6A"].subject,
        kind="scored",
        lessons_per_year=140,
        by=cast.hanh,
        extra=Extra(periodic=2),
    )
    assign_teacher(course=course, teacher=cast.toan, since=FIRST_DAY, by=cast.hanh)
    cast.classes["8C"], cast.pupils["8C"] = school_class, []
    cast.pupils["8C"] = enrol(cast, "8C", 1)
    for period in ("GK1", "CK1", "GK2", "CN"):
        cast.execute("open", period, school_class)
    fill(cast, course, {0: {"toan": "8"}})
    test = course.columns.filter(kind=Column.Kind.PERIODIC, period__code="GK1")[0]

    save_marks(
        course=course, edits=[Edit(cast.pupils["8C"][0].pk, test.pk, "5", 1)], by=cast.toan, origin="page"
    )

    [line] = read_summary(SchoolClass.objects.select_related("year").get(name="8C"), "semester-1").lines

    assert line.texts == ("7,5",)  # (4*8 + 2*(5+8) + 3*8) / 11 = 7.45


def test_a_subject_of_one_semester_is_its_own_year_and_missing_in_no_other(cast):
    school_class = open_class(year=cast.year, name="6C", grade=6, by=cast.hanh)
    course = open_course(
        school_class=school_class,
        subject=cast.maths["6A"].subject,
        kind="scored",
        lessons_per_year=35,
        by=cast.hanh,
        extra=Extra(semesters=(1,)),
    )
    assign_teacher(course=course, teacher=cast.toan, since=FIRST_DAY, by=cast.hanh)
    cast.classes["6C"], cast.pupils["6C"] = school_class, []
    cast.pupils["6C"] = enrol(cast, "6C", 1)
    for period in ("GK1", "CK1"):
        cast.execute("open", period, school_class)
    fill(cast, course, {0: {"toan": "7"}})

    first, second, year = (
        read_summary(fresh(cast, "6C"), moment).lines[0] for moment in ("semester-1", "semester-2", "year")
    )

    assert (first.texts, second.texts, year.texts) == (("7,0",), ("",), ("7,0",))
    assert (second.missing, year.missing) == ((), ())
    assert page(cast, f"/courses/{course.pk}/semester-2/", who="toan")
