"""S2, a primary school of 2024, whose plan says nothing of corrections.

Locking and unlocking is as the principal requires (II.1), and where the plan is silent the principal decides what
changes afterwards. Papers are laid out by Decree 30/2020/NĐ-CP.
"""

import json
import re

import pytest

from accounts.seals import checking
from corrections.models import CorrectionRequest
from tests.gradebook.windows.clock import Clock
from tests.poppler import poppler, text_of, words_of
from tests.regulations.school import School, hour, picked, proves_itself, unpacked

POINTS = {"GK1": hour(10, 26), "CK1": hour(12, 28), "GK2": hour(3, 22), "CN": hour(5, 17)}

pytestmark = pytest.mark.one_database


def ruled(clock: Clock) -> School:
    """Mid-terms and ends of both terms open at their hours."""
    school = School.founded(clock, grade=5, code="S2")
    for period, opens in POINTS.items():
        school.order("open", period, effective_at=picked(opens))
    return school


def locked(school: School) -> None:
    school.go(hour(12, 28))
    school.enter("8", "score", "CK1")
    school.enter("Em học chăm.", "comment", "CK1")
    school.go(hour(1, 13))
    school.locked("CK1")


def corrected(school: School) -> None:
    correction = school.ask("9", "score", "CK1")
    school.do("hanh", "approve", correction)
    school.do("khoa", "execute", correction)


CHAPTERS = (ruled, locked, corrected)


@pytest.mark.duty("S2-36")
@pytest.mark.parametrize("period", POINTS)
def test_the_teacher_comments_in_person_at_mid_term_and_at_the_end_of_each_term_and_year(after, period):
    school = after(ruled)
    assert school.enter("Em tiến bộ.", "comment", period) == "locked"

    school.go(POINTS[period])

    assert school.enter("Em tiến bộ.", "comment", period, by="lan") == "404"
    assert school.enter("Em tiến bộ.", "comment", period) == "saved"
    assert school.enter("T", "level", period) == "saved"
    if period in ("CK1", "CN"):
        assert school.enter("9", "score", period) == "saved"
    assert school.mark("comment", period).history.get().history_user == school.cast.toan


@pytest.mark.duty("S2-29")
def test_the_board_locks_and_unlocks_as_the_principal_requires(after):
    school = after(locked)
    assert school.enter("9", "score", "CK1") == "locked"
    assert school.as_("khoa").post("/lock-board/order/", {}).status_code == 403

    order = school.order("open", "CK1")
    assert school.enter("9", "score", "CK1") == "locked"
    assert {school.execute(order, by=other) for other in ("hanh", "vinh", "toan")} == {403}
    school.execute(order)
    assert school.enter("9", "score", "CK1") == "saved"
    school.locked("CK1")
    assert school.enter("10", "score", "CK1") == "locked"

    told = "\n".join(school.journal(reader="hanh"))
    assert f"Trần Đăng Khoa carried out order {order.number}" in told


def test_where_the_plan_is_silent_the_principal_decides_with_neither_head_nor_witnesses(after):
    school = after(locked)
    correction = school.ask("9", "score", "CK1")
    assert correction.due_on is None

    assert {school.do(other, "approve", correction) for other in ("vinh", "dung", "khoa")} <= {403, 404}
    assert school.do("hanh", "approve", correction) == 303
    assert school.do("khoa", "execute", correction) == 303

    assert school.mark("score", "CK1").score == 9
    assert school.steps(correction) == [
        "Request: Đỗ Minh Toàn",
        "Decision: Nguyễn Thị Hạnh",
        "Execution: Trần Đăng Khoa",
    ]


@pytest.mark.duty("S2-53")
@pytest.mark.parametrize("kind", ["form", "minutes"])
def test_the_papers_of_a_correction_are_laid_out_as_decree_30_says(after, kind):
    """Annex I: paper A4, upright or on its side; left margin 30-35 mm; what stands at the head, and its type."""
    school = after(corrected)
    data = school.paper(CorrectionRequest.objects.get(), kind)

    words = words_of(data)
    for head in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "TRƯỜNG THCS SÔNG HỒNG",
    ):
        assert head.casefold() in words.casefold(), head
    assert re.search(r"Số: 1/2026-2027/\w+", words)
    assert "Hà Nội, ngày 13 tháng 01 năm 2027" in words
    [sides] = re.findall(r"Page size: +([\d.]+) x ([\d.]+)", poppler(data, "pdfinfo", "-"))
    assert sorted(round(float(side) / MM) for side in sides) == [210, 297]
    left = min(float(x) for x in re.findall(r'<word xMin="([\d.]+)"', text_of(data, "-bbox")))
    assert 29.5 <= left / MM <= 35.5
    assert "Serif" in poppler(data, "pdffonts", "-")


MM = 72 / 25.4


def test_it_is_traced_sealed_and_put_in_a_pack(after, tmp_path):
    school = after(corrected)

    old, new = school.mark("score", "CK1").history.order_by("version")
    assert (old.score, new.score, new.history_origin) == (8, 9, "correction 1/2026-2027")
    assert checking.check_history().faults == 0
    folder = unpacked(school.pack(reference="1/2026-2027"), tmp_path)
    assert proves_itself(folder)
    said = json.loads((folder / "dossiers/1-2026-2027.json").read_text())
    assert said["status"] == "executed"
