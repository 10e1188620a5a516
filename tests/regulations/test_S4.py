"""S4, a primary school of 2022.

Books open and lock by a plan with dates, four points a year; a wrong mark or comment is reported, the principal
consents, and it is changed under the eyes of the leaders and the administrator (II.2.3).
"""

import json

import pytest

from accounts.models import User
from accounts.seals import checking
from corrections.models import CorrectionRequest, Presence
from gradebook.actions.confirmations import confirm_columns
from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.schedule import lock_complete
from gradebook.models import Course
from gradebook.sheets import read_sheet
from tests.gradebook.windows.clock import Clock
from tests.poppler import words_of
from tests.regulations.school import School, hour, picked, proves_itself, unpacked

PLAN = {
    "GK1": (hour(10, 26), hour(11, 9, 17)),
    "CK1": (hour(12, 28), hour(1, 12, 17)),
    "GK2": (hour(3, 22), hour(4, 5, 17)),
    "CN": (hour(5, 10), hour(5, 28, 17)),
}
"""From which hour to which each of the four points is open."""
WRONG, RIGHT = "Em học chưa chăm.", "Em học rất chăm, tính nhanh."

pytestmark = pytest.mark.one_database


def ruled(clock: Clock) -> School:
    """The administrator draws the plan up, the principal orders it."""
    school = School.founded(clock, grade=4, code="S4")
    for period, (opens, locks) in PLAN.items():
        for act, moment in (("open", opens), ("lock", locks)):
            drawn = school.order(act, period, by="khoa", way="propose", effective_at=picked(moment))
            school.as_("hanh").post(f"/lock-board/orders/{drawn.pk}/approve/")
    return school


def locked(school: School) -> None:
    """An has another's comment, and the first of the four points is over."""
    school.go(hour(10, 27))
    school.enter("H", "level", "GK1")
    school.enter(WRONG, "comment", "GK1")
    school.go(hour(11, 9, 17))


def corrected(school: School) -> None:
    school.go(hour(11, 11))
    correction = school.ask(RIGHT, "comment", "GK1", reason="Chép nhầm nhận xét của bạn bên cạnh")
    school.do("hanh", "approve", correction)
    school.do("vinh", "present", correction, part="leader")
    school.do("khoa", "execute", correction)


CHAPTERS = (ruled, locked, corrected)


@pytest.mark.duty("S4-19")
def test_the_plan_has_definite_dates_is_ordered_by_the_principal_and_printed(after):
    school = after(ruled)

    orders = school.as_("toan").get("/lock-board/plan/").context["orders"]

    told = [(order.period.code, order.act, order.effective_at) for order in orders if order.effective_at]
    assert told == [
        (period, act, moment)
        for period, hours in PLAN.items()
        for act, moment in zip(("open", "lock"), hours, strict=True)
    ]
    assert {order.ordered_by for order in orders} == {school.cast.hanh}
    printed = school.as_("toan").get("/lock-board/plan.pdf").content
    assert "26/10/2026" in words_of(printed)


@pytest.mark.duty("S4-25")
@pytest.mark.parametrize("period", PLAN)
def test_the_teacher_comments_and_marks_at_each_of_the_four_points_and_at_no_other_time(after, period):
    school = after(ruled)
    opens, locks = PLAN[period]
    what = [("level", "T"), ("comment", RIGHT)] + ([("score", "9")] if period in ("CK1", "CN") else [])

    assert {school.enter(typed, kind, period) for kind, typed in what} == {"locked"}
    school.go(opens)
    assert {school.enter(typed, kind, period) for kind, typed in what} == {"saved"}
    school.go(locks)
    assert school.enter("H", "level", period) == "locked"


@pytest.mark.duty("S4-27")
def test_the_class_is_locked_again_when_its_teachers_have_finished(after):
    school = after(locked)
    school.go(hour(11, 16))
    school.execute(school.order("open", "GK1"))
    school.order("lock", "GK1", when_complete="on")
    homeroom = Course.objects.get(school_class=school.course.school_class, kind=Course.Kind.HOMEROOM)
    fill(school, homeroom, school.cast.mai)
    confirm(homeroom, school.cast.mai)
    fill(school, school.course, school.cast.toan)
    lock_complete()
    assert school.enter("H", "level", "GK1", pupil=1) == "saved"

    confirm(school.course, school.cast.toan)
    lock_complete()

    assert school.enter("C", "level", "GK1") == "locked"


def fill(school: School, course: Course, teacher: User) -> None:
    """What is still empty of the first point."""
    columns = course.columns.filter(period__code="GK1")
    edits = [
        Edit(pupil.pk, column.pk, "Em học chăm." if column.kind == "comment" else "T", 0)
        for column in columns
        for pupil in school.pupils
        if not column.marks.filter(enrolment=pupil).exists()
    ]
    save_marks(course=course, edits=edits, by=teacher, origin="page")


def confirm(course: Course, teacher: User) -> None:
    columns = course.columns.filter(period__code="GK1").values_list("pk", flat=True)
    seen = read_sheet(course, semester=1, user=teacher).seen
    confirm_columns(course=course, columns=list(columns), seen=seen, by=teacher)


@pytest.mark.duty("S4-26")
def test_a_wrong_comment_changes_with_the_principal_s_consent_under_the_eyes_of_a_leader_and_the_board(after):
    school = after(locked)
    school.go(hour(11, 11))
    correction = school.ask(RIGHT, "comment", "GK1", reason="Chép nhầm nhận xét của bạn bên cạnh")

    assert school.do("vinh", "approve", correction) == 403
    assert school.do("hanh", "approve", correction) == 303
    assert school.do("khoa", "execute", correction) == 409
    assert school.mark("comment", "GK1").comment == WRONG
    assert school.do("vinh", "present", correction, part="leader") == 303
    assert school.do("khoa", "execute", correction) == 303

    assert school.mark("comment", "GK1").comment == RIGHT
    assert set(Presence.objects.values_list("part", "name")) == {
        ("leader", "Lê Quang Vinh"),
        ("executor", "Trần Đăng Khoa"),
    }
    assert school.enter("Câu khác.", "comment", "GK1") == "locked"


@pytest.mark.duty("S4-26")
def test_a_wrong_level_goes_the_same_way(after):
    school = after(locked)
    correction = school.ask("T", "level", "GK1")

    school.do("hanh", "approve", correction)
    assert school.do("khoa", "execute", correction) == 409
    school.do("hanh", "present", correction, part="leader")
    school.do("khoa", "execute", correction)

    assert school.mark("level", "GK1").level == "T"


@pytest.mark.duty("S4-26")
def test_all_of_it_stays_recorded_in_minutes_history_journal_and_seal(after):
    school = after(corrected)
    correction = CorrectionRequest.objects.get()

    minutes = words_of(school.paper(correction, "minutes", reader="hanh"))
    assert WRONG in minutes and RIGHT in minutes and "Lê Quang Vinh" in minutes
    old, new = school.mark("comment", "GK1").history.order_by("version")
    assert (old.comment, new.comment) == (WRONG, RIGHT)
    assert new.history_change_reason == "Chép nhầm nhận xét của bạn bên cạnh"
    told = "\n".join(school.journal(reader="hanh"))
    assert "Nguyễn Thị Hạnh approved correction request 1/2026-2027" in told
    assert checking.check_history().faults == 0


@pytest.mark.duty("S4-38")
def test_a_leader_hands_a_higher_level_the_class_and_year_in_a_pack_that_proves_itself(after, tmp_path):
    school = after(corrected)

    folder = unpacked(school.pack(by="hanh", school_class=school.course.school_class_id), tmp_path)

    assert proves_itself(folder)
    tables = {json.loads(line)["table"] for line in (folder / "history.jsonl").read_text().splitlines()}
    assert {
        "gradebook_historicalmark",
        "gradebook_historicalwindow",
        "gradebook_historicallockorder",
    } <= tables
    assert [path.name for path in (folder / "dossiers").iterdir()] == ["1-2026-2027.json"]
