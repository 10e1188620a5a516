"""S0, a primary school of 2024.

The principal says when books lock and open and how a mark changes afterwards, and alone approves every change, by
teachers and by the board alike, on the request form; the dossiers of a year are kept (C.I.1, C.I.2.b).
"""

import json
from datetime import date

import pytest

from corrections.models import CorrectionRequest
from gradebook.actions.check_prints import note_check_print
from gradebook.actions.policy import set_policy
from gradebook.policy_history import version_of
from tests.gradebook.profiles import profile_of
from tests.gradebook.windows.clock import Clock
from tests.poppler import words_of
from tests.regulations.school import School, hour, picked, proves_itself, unpacked

pytestmark = pytest.mark.one_database


def ruled(clock: Clock) -> School:
    """Beside what the regulation rules, the principal closes profiles on 15 September."""
    school = School.founded(clock, grade=4, code="S0")
    closing = {"profile_deadline": date(2026, 9, 15)}
    set_policy(policy=school.policy, values=closing, seen=version_of(school.policy), by=school.cast.hanh)
    school.order("open", "CK1", effective_at=picked(hour(12, 28)))
    school.order("lock", "CK1", effective_at=picked(hour(1, 12, 17)))
    return school


def locked(school: School) -> None:
    school.go(hour(12, 29))
    school.enter("8", "score", "CK1")
    school.enter("H", "level", "CK1")
    school.go(hour(1, 12, 17))


def corrected(school: School) -> None:
    """One request is approved and carried out, another is refused."""
    school.go(hour(1, 13))
    wrong = school.ask("9", "score", "CK1")
    school.do("hanh", "approve", wrong)
    school.do("khoa", "execute", wrong)
    school.do("hanh", "refuse", school.ask("T", "level", "CK1"), note="Chưa đủ căn cứ")


CHAPTERS = (ruled, locked, corrected)


@pytest.mark.duty("S0-19")
def test_the_principal_alone_lays_down_the_hours_and_the_book_keeps_them(after):
    school = after(ruled)
    asked = {"act": "open", "period": school.cast.periods["GK1"].pk, "scope": "school", "reason": "x"}
    for other in ("vinh", "khoa", "toan"):
        assert school.as_(other).post("/lock-board/order/", asked).status_code == 403

    assert school.enter("8", "score", "CK1") == "locked"
    school.go(hour(12, 28))
    assert school.enter("8", "score", "CK1") == "saved"
    school.go(hour(1, 12, 17))
    assert school.enter("9", "score", "CK1") == "locked"


@pytest.mark.duty("S0-33")
def test_the_board_opens_and_locks_at_the_principal_s_word_and_nobody_else_does(after):
    school = after(ruled)
    order = school.order("open", "GK1")
    assert school.enter("H", "level", "GK1") == "locked"

    assert {school.execute(order, by=other) for other in ("hanh", "vinh", "toan")} == {403}
    school.execute(order)
    assert school.enter("H", "level", "GK1") == "saved"

    school.execute(school.order("lock", "GK1"))
    assert school.enter("T", "level", "GK1") == "locked"


@pytest.mark.duty("S0-20")
def test_behind_the_lock_the_principal_decides_as_the_rules_say_and_nobody_else_does(after):
    school = after(locked)

    assert school.rules("toan")["correction_decider"] == "the principal"
    correction = school.ask("9", "score", "CK1")
    assert {school.do(other, "approve", correction) for other in ("vinh", "khoa", "toan", "cuc")} <= {
        403,
        404,
    }
    assert school.do("hanh", "approve", correction) == 303


@pytest.mark.duty("S0-20")
@pytest.mark.parametrize(("day", "status"), [(17, 303), (18, 422)])
def test_marks_and_levels_have_as_many_days_after_the_lock_as_the_school_rules(after, day, status):
    school = after(locked)
    school.rule(correction_days_after_lock=5)
    school.go(hour(1, day))

    for new, where in (("9", "score"), ("T", "level")):
        correction = school.ask(new, where, "CK1")
        assert correction.due_on == date(2027, 1, 17)
        assert school.do("hanh", "approve", correction) == status
    if status == 422:
        assert school.do("hanh", "approve", correction, late_reason="Phụ huynh vừa báo") == 303


@pytest.mark.duty("S0-20")
def test_the_score_of_the_last_test_counts_from_its_check_sheet_in_primary_school_too(after):
    school = after(locked)
    school.rule(correction_days_before_exam=7, correction_days_after_print=3)
    school.exams("CK1", date(2026, 12, 21), date(2026, 12, 26))
    note_check_print(courses=[school.course], period=school.cast.periods["CK1"], by=school.cast.cuc)

    assert school.ask("9", "score", "CK1").due_on == date(2027, 1, 15)
    assert school.ask("T", "level", "CK1").due_on is None


@pytest.mark.duty("S0-20")
def test_the_principal_may_give_one_book_time_until_an_hour_and_it_locks_again_by_itself(after):
    school = after(locked)
    school.go(hour(1, 14))
    until = picked(hour(1, 15, 17))

    school.execute(school.order("open", "CK1", scope=f"course-{school.course.pk}", until=until))

    assert school.enter("9", "score", "CK1") == "saved"
    school.go(hour(1, 15, 17))
    assert school.enter("10", "score", "CK1") == "locked"


@pytest.mark.duty("S0-21")
def test_a_mark_behind_the_lock_changes_by_the_principal_s_decision_and_the_board_s_hand_alone(after):
    school = after(locked)
    correction = school.ask("9", "score", "CK1")
    assert correction.reference in school.as_("hanh").get("/corrections/").text
    assert school.do("khoa", "execute", correction) == 409

    school.do("hanh", "approve", correction)
    assert school.mark("score", "CK1").score == 8
    assert school.do("hanh", "execute", correction) == 403
    school.do("khoa", "execute", correction)

    old, new = school.mark("score", "CK1").history.order_by("version")
    assert (old.score, old.history_user, new.score, new.history_user) == (
        8,
        school.cast.toan,
        9,
        school.cast.khoa,
    )
    told = "\n".join(school.journal(reader="hanh"))
    assert "Trần Đăng Khoa carried out correction request 1/2026-2027" in told


@pytest.mark.duty("S0-22")
@pytest.mark.parametrize("member", ["cuc", "khoa"])
def test_a_change_by_the_board_itself_waits_for_the_principal_too(after, member):
    school = after(ruled)
    pupil = school.pupils[0]
    save, ask = f"/pupils/{pupil.pk}/save/", f"/corrections/new/pupils/{pupil.pk}/"
    school.as_("mai").post(save, {"phone": "0911111111", "initial-phone": ""})
    school.go(hour(9, 16))
    typed = {"phone": "0922222222", "initial-phone": "0911111111"}
    school.as_(member).post(save, typed)
    assert profile_of(pupil).phone == "0911111111"

    said = {"kind": "entry_error", "reason": "Chép nhầm từ danh sách"}
    assert school.as_(member).post(ask, typed | said).status_code == 303
    correction = CorrectionRequest.objects.get()

    assert {school.do(other, "approve", correction) for other in (member, "vinh")} <= {403, 404}
    assert school.do("hanh", "approve", correction) == 303
    assert profile_of(pupil).phone == "0911111111"
    if member == "khoa":
        assert school.do("khoa", "execute", correction) == 403  # nobody carries out what they asked for
        return
    assert school.do("khoa", "execute", correction) == 303
    assert profile_of(pupil).phone == "0922222222"


@pytest.mark.duty("S0-22")
def test_the_request_of_the_teacher_stands_on_the_form_with_all_that_it_asks(after):
    school = after(locked)
    correction = school.ask("9", "score", "CK1")

    form = words_of(school.paper(correction, "form", reader="hanh"))

    for words in (
        "GIẤY ĐỀ NGHỊ THAY ĐỔI THÔNG TIN",
        "Số: 1/2026-2027/GĐN",
        "Kính gửi: Hiệu trưởng",
        "Đỗ Minh Toàn",
        "Trần Bảo An",
        "Cộng nhầm điểm bài kiểm tra",
        "bai-kiem-tra.png",
    ):
        assert words.casefold() in form.casefold(), words


@pytest.mark.duty("S0-27")
def test_the_principal_has_every_dossier_of_the_class_and_year_put_by_with_its_files(after, tmp_path):
    school = after(corrected)

    folder = unpacked(school.pack(school_class=school.course.school_class_id), tmp_path)

    assert proves_itself(folder)
    said = [json.loads(path.read_text()) for path in sorted((folder / "dossiers").iterdir())]
    assert [(each["reference"], each["status"]) for each in said] == [
        ("1/2026-2027", "executed"),
        ("2/2026-2027", "refused"),
    ]
    digests = {row["values"]["sha256"] for each in said for row in each["rows"]["corrections.Evidence"]}
    assert digests <= {path.stem for path in (folder / "files").iterdir()}
