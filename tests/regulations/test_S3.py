"""S3, a lower-secondary school of 2024.

Any of the leaders decides a correction; it is made before a leader, the board and who asked, its minutes carry the
homeroom teacher's signature, and it leaves a trace in the system (V (2).4, XI.1).
"""

import json

import pytest

from accounts.models import Seal, Verification
from accounts.seals.verifying import verify
from accounts.tasks import seal_history
from corrections.models import CorrectionRequest, Paper, Presence
from corrections.tasks import keep_missing_papers
from tests.cast import PASSWORD
from tests.gradebook.windows.clock import Clock
from tests.poppler import words_of
from tests.regulations.school import School, hour, picked, proves_itself, unpacked

pytestmark = pytest.mark.one_database


def ruled(clock: Clock) -> School:
    """The board opens the book ahead of time; its end is ordered, by decision of the leaders."""
    school = School.founded(clock, grade=7, code="S3")
    school.order("open", "GK1", effective_at=picked(hour(9, 14)))
    school.order("lock", "GK1", effective_at=picked(hour(11, 9, 17)))
    return school


def locked(school: School) -> None:
    school.go(hour(10, 5))
    school.enter("8", "regular", "GK1")
    school.enter("6,5", "midterm", "GK1")
    school.go(hour(11, 9, 17))


def approved(school: School) -> None:
    """Toàn asks on the tenth, the vice-principal consents."""
    school.go(hour(11, 10))
    school.do("vinh", "approve", school.ask("9", "regular", "GK1"), note="Đồng ý cho sửa")


def corrected(school: School) -> None:
    """All who must be there are there: two in their own sessions, the leader by password at the board's screen."""
    correction = CorrectionRequest.objects.get()
    school.do("toan", "present", correction, part="requester")
    school.do("mai", "present", correction, part="homeroom")
    leader = {"part": "leader", "username": school.cast.hanh.username, "password": PASSWORD}
    school.do("khoa", "present-here", correction, **leader)
    school.do("khoa", "execute", correction)


CHAPTERS = (ruled, locked, approved, corrected)


@pytest.mark.duty("S3-06")
def test_everybody_reads_when_the_book_opens_and_locks_and_how_a_mark_changes_behind_the_lock(after):
    school = after(ruled)
    teacher = school.as_("toan")

    plan = [(order.act, order.effective_at) for order in teacher.get("/lock-board/plan/").context["orders"]]
    assert plan[-2:] == [("open", hour(9, 14)), ("lock", hour(11, 9, 17))]
    rules = school.rules("toan")
    assert rules["correction_decider"] == "one of the leaders"
    assert rules["correction_witnesses"] == "a leader, the board and who asked"
    assert rules["homeroom_signs_minutes"] == "yes"


@pytest.mark.duty("S3-29", "S3-51")
def test_the_teacher_enters_directly_while_the_ordered_hours_last(after):
    school = after(ruled)
    assert school.enter("8", "regular", "GK1") == "locked"

    school.go(hour(9, 14))
    assert school.enter("8", "regular", "GK1") == "saved"
    assert school.enter("9", "regular", "GK1", by="mai") in ("403", "404")

    school.go(hour(11, 9, 17))
    assert school.enter("9", "regular", "GK1") == "locked"
    assert school.mark("regular", "GK1").history.get().history_user == school.cast.toan


@pytest.mark.duty("S3-30")
@pytest.mark.parametrize(
    ("kind", "typed", "taken"),
    [
        ("regular", "9", True),
        ("regular", "9,3", False),
        ("midterm", "9,3", True),
        ("midterm", "9,35", False),
    ],
)
def test_regular_marks_are_whole_and_periodic_marks_have_one_decimal(after, kind, typed, taken):
    school = after(ruled)
    school.go(hour(9, 14))

    assert (school.enter(typed, kind, "GK1") == "saved") is taken


@pytest.mark.duty("S3-50")
def test_examination_marks_have_a_frame_of_their_own_and_the_teacher_reads_how_long_it_lasts(after):
    school = after(locked)
    school.go(hour(12, 28))
    frame = school.order("open", "CK1", kind="test", until=picked(hour(12, 31, 17)))
    school.execute(frame)

    sheet = school.as_("toan").get(f"/courses/{school.course.pk}/semester-1/").text
    assert "in 3 days" in sheet
    assert school.enter("7", "final", "CK1") == "saved"
    assert school.enter("7", "regular", "CK1") == "locked"
    school.go(hour(12, 31, 17))
    assert school.enter("8", "final", "CK1") == "locked"


@pytest.mark.duty("S3-60", "S3-64")
def test_the_board_proposes_the_lock_the_leaders_decide_and_the_board_executes(after):
    school = after(ruled)
    school.go(hour(9, 14))
    school.opened("CK1")
    proposal = school.order("lock", "CK1", by="khoa", way="propose")
    assert school.execute(proposal) == 303  # refused in words, nothing happens
    assert school.enter("7", "final", "CK1") == "saved"

    approve = f"/lock-board/orders/{proposal.pk}/approve/"
    assert school.as_("khoa").post(approve).status_code == 403
    assert school.as_("hanh").post(approve).status_code == 303
    school.execute(proposal)

    assert school.enter("8", "final", "CK1") == "locked"
    proposal.refresh_from_db()
    assert (proposal.proposed_by, proposal.ordered_by, proposal.executed_by) == (
        school.cast.khoa,
        school.cast.hanh,
        school.cast.khoa,
    )


@pytest.mark.duty("S3-36")
@pytest.mark.parametrize("leader", ["hanh", "vinh"])
def test_any_of_the_leaders_consents_and_nobody_else(after, leader):
    school = after(locked)
    correction = school.ask("9", "regular", "GK1")

    assert {school.do(other, "approve", correction) for other in ("toan", "khoa", "mai", "dung")} <= {
        403,
        404,
    }
    assert school.do(leader, "approve", correction) == 303
    assert school.mark("regular", "GK1").score == 8


@pytest.mark.duty("S3-38")
def test_it_is_not_made_before_a_leader_the_board_and_who_asked_are_there(after):
    school = after(approved)
    correction = CorrectionRequest.objects.get()

    for part, person in (("requester", "toan"), ("homeroom", "mai"), ("leader", "vinh")):
        assert school.do("khoa", "execute", correction) == 409
        assert school.do("lan", "present", correction, part=part) in (403, 404)
        assert school.do(person, "present", correction, part=part) == 303
    assert school.mark("regular", "GK1").score == 8
    assert school.do("khoa", "execute", correction) == 303

    assert school.mark("regular", "GK1").score == 9
    there = Presence.objects.values_list("part", "name")
    assert set(there) == {
        ("leader", "Lê Quang Vinh"),
        ("requester", "Đỗ Minh Toàn"),
        ("homeroom", "Vũ Hồng Mai"),
        ("executor", "Trần Đăng Khoa"),
    }


@pytest.mark.duty("S3-38")
def test_who_was_there_in_the_morning_is_not_there_in_the_afternoon(after):
    school = after(approved)
    correction = CorrectionRequest.objects.get()
    for part, person in (("requester", "toan"), ("homeroom", "mai"), ("leader", "vinh")):
        school.do(person, "present", correction, part=part)

    school.go(hour(11, 10, 14))

    assert school.do("khoa", "execute", correction) == 409


@pytest.mark.duty("S3-33", "S3-39", "S3-67")
def test_the_minutes_say_old_and_new_and_who_was_there_with_room_for_the_homeroom_teacher(after):
    school = after(corrected)
    correction = CorrectionRequest.objects.get()

    minutes = words_of(school.paper(correction, "minutes", reader="hanh"))

    for words in (
        "BIÊN BẢN SỬA ĐIỂM",
        "Số: 1/2026-2027/BB",
        "Trần Bảo An",
        "Đại diện lãnh đạo nhà trường: Nguyễn Thị Hạnh",
        "Người đề nghị: Đỗ Minh Toàn",
        "Người thực hiện (Ban quản trị): Trần Đăng Khoa",
        "Chấp thuận của Lê Quang Vinh",
        "GIÁO VIÊN CHỦ NHIỆM",
    ):
        assert words.casefold() in minutes.casefold(), words


@pytest.mark.duty("S3-39")
def test_the_register_of_the_class_lists_every_adjustment_in_one_form(after):
    school = after(corrected)
    school.go(hour(11, 11))
    second = school.ask("7", "midterm", "GK1")
    school.do("vinh", "refuse", second, note="Bài kiểm tra ghi 6,5")

    address = f"/corrections/register/{school.course.school_class_id}/"

    page = school.as_("mai").get(address).text
    for words in ("1/2026-2027", "Trần Bảo An", "<del>8</del>", "<ins>9</ins>"):
        assert words in page
    assert "2/2026-2027" not in page
    assert "có sửa chữa ở 1 chỗ" in words_of(school.as_("hanh").get(f"{address}pdf/").content)


@pytest.mark.duty("S3-37")
def test_the_trace_says_who_when_why_and_the_check_of_the_sealed_history_finds_no_fault(after):
    school = after(corrected)
    old, new = school.mark("regular", "GK1").history.order_by("version")
    assert (old.score, old.history_user) == (8, school.cast.toan)
    assert (new.score, new.history_user, new.history_date) == (9, school.cast.khoa, hour(11, 10))
    assert (new.history_origin, new.history_change_reason) == (
        "correction 1/2026-2027",
        "Cộng nhầm điểm bài kiểm tra",
    )

    assert Seal.objects.filter(reason=Seal.Reason.CORRECTION).count() == 1
    seal_history()
    school.as_("vinh").post("/archive/history/check/")
    verify(Verification.objects.get().pk)
    assert (Verification.objects.get().state, Verification.objects.get().faults) == ("done", 0)


@pytest.mark.duty("S3-71")
def test_an_inspector_gets_the_dossier_with_its_papers_and_checks_it_without_the_portal(after, tmp_path):
    school = after(corrected)
    keep_missing_papers()

    folder = unpacked(school.pack(by="vinh", reference="1/2026-2027"), tmp_path)

    assert proves_itself(folder)
    said = json.loads((folder / "dossiers/1-2026-2027.json").read_text())["rows"]
    assert {"corrections.Presence", "corrections.Execution", "corrections.Paper"} <= set(said)
    line = said["corrections.CorrectionLine"][0]["values"]
    assert (line["old_text"], line["new_text"]) == ("8", "9")
    papers = Paper.objects.exclude(sha256="")
    assert papers.count() == 2
    assert {paper.sha256 for paper in papers} <= {path.stem for path in (folder / "files").iterdir()}
    history = (folder / "history.jsonl").read_text()
    (folder / "history.jsonl").write_text(history.replace('"score":"8"', '"score":"7"'))
    assert not proves_itself(folder)
