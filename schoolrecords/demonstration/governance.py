"""What the school rules for itself: its regulation, its board, its policies, and two reports to the board."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from accounts.models import User
from gradebook.actions.board import appoint
from gradebook.actions.decision_register import DecisionPaper, acknowledge, enter_decision
from gradebook.actions.incidents import answer_incident, report_incident
from gradebook.actions.policy import apply_preset, set_policy
from gradebook.attachments import Upload
from gradebook.models import BoardMember, Decision, Level, Policy, SchoolYear
from gradebook.policy_history import version_of
from gradebook.policy_presets import PRESETS
from gradebook.printing import FONT_FACES
from schoolrecords.demonstration import plan

SIGNED_ON = date(2026, 9, 1)
REGULATION = "Ban hành Quy chế quản lý, sử dụng hồ sơ, sổ sách điện tử năm học 2026-2027"
BOARD = "Thành lập Ban quản trị hồ sơ, sổ sách điện tử năm học 2026-2027"
_P = BoardMember.Position
SEATS = (
    ("hieutruong", _P.HEAD, "Chỉ đạo chung; đánh giá hiệu quả sử dụng hồ sơ, sổ sách điện tử."),
    ("phohieutruong", _P.DEPUTY, "Kiểm tra việc cập nhật điểm, nhận xét của các khối lớp."),
    ("vanthu", _P.SECRETARY, "Quản lý hồ sơ giáo viên, học sinh; in, đóng dấu, lưu trữ sổ."),
    ("quantri", _P.MEMBER, "Quản trị phần mềm; khóa, mở sổ theo lệnh; hướng dẫn, hỗ trợ giáo viên."),
)
NEAREST = {Level.PRIMARY: "S4", Level.LOWER_SECONDARY: "S3", Level.UPPER_SECONDARY: "S1"}


def rule(year: SchoolYear, people: Mapping[str, User]) -> None:
    """Before the first mark: afterwards the number format of marks stands."""
    principal = people["hieutruong"]
    _issue_regulation(year, people)
    paper = DecisionPaper("02/QĐ-NT", SIGNED_ON, Decision.About.BOARD, BOARD)
    board = enter_decision(year=year, paper=paper, by=principal)
    for username, position, task in SEATS:
        appoint(
            decision=board,
            user=people[username],
            position=position,
            task=task,
            since=SIGNED_ON,
            by=principal,
        )
    _choose_rules(year, by=principal)
    _report(people)


def _choose_rules(year: SchoolYear, *, by: User) -> None:
    """The nearest regulation, then what this school does otherwise: its regular marks keep a decimal, and its
    primary classes have lessons in the afternoon too."""
    for policy in Policy.objects.filter(year=year):
        preset = PRESETS[NEAREST[Level(policy.level)]]
        apply_preset(policy=policy, preset=preset, seen=version_of(policy), by=by)
        values = {"whole_regular_marks": False, "half_days": 2 if policy.level == Level.PRIMARY else 1}
        set_policy(policy=policy, values=values, seen=version_of(policy), by=by)


def _issue_regulation(year: SchoolYear, people: Mapping[str, User]) -> None:
    """Most have read it; the newest colleague and a homeroom teacher still have to."""
    regulation = enter_decision(
        year=year,
        paper=DecisionPaper("01/QĐ-NT", SIGNED_ON, Decision.About.REGULATION, REGULATION, must_be_read=True),
        upload=_scan("01/QĐ-NT", REGULATION),
        by=people["hieutruong"],
    )
    for username, user in people.items():
        if username not in {"gvcn6a", "gvtoan", "vanthu"}:
            acknowledge(decision=regulation, seen=regulation.scan_sha256, by=user)


def _report(people: Mapping[str, User]) -> None:
    answered = report_incident(
        what="Trang điểm lớp 6A không hiện cột kiểm tra giữa kỳ trên điện thoại.",
        page="/classes/",
        by=people["gvcn6a"],
    )
    answer_incident(
        incident=answered,
        answer="Bảng điểm cuộn ngang được: vuốt sang trái để thấy các cột sau. Nếu vẫn không thấy, báo lại giúp.",
        by=people["quantri"],
    )
    report_incident(
        what="Máy ở phòng giáo viên báo hết phiên làm việc sau mỗi tiết học, phải đăng nhập lại.",
        page="/",
        by=people["gvtoan"],
    )


def _scan(number: str, title: str) -> Upload:
    """A drawn stand-in for the signed paper."""
    sheet = Image.new("RGB", (1240, 1754), "#fdfdf8")
    draw = ImageDraw.Draw(sheet)
    heading, text = _font("bold", 38), _font("normal", 28)
    draw.text((120, 120), plan.GOVERNING_BODY.upper(), font=text, fill="#223")
    draw.text((120, 165), plan.SCHOOL.upper(), font=text, fill="#223")
    draw.text((120, 250), f"Số: {number}", font=text, fill="#223")
    draw.text((500, 380), "QUYẾT ĐỊNH", font=heading, fill="#223")
    draw.text((120, 450), title, font=text, fill="#223")
    for row in range(18):
        draw.line((120, 560 + row * 50, 1120 - (row % 4) * 90, 560 + row * 50), fill="#aab4c4", width=5)
    draw.ellipse((760, 1480, 960, 1680), outline="#b3261e", width=6)
    out = BytesIO()
    sheet.save(out, "PDF", resolution=150)
    data = out.getvalue()
    return Upload("quy-che-ho-so-dien-tu.pdf", len(data), lambda limit: data[:limit])


def _font(weight: str, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The documents' own font; without it the stand-in is only less pretty."""
    try:
        return ImageFont.truetype(settings.DOCUMENT_FONT_DIR / FONT_FACES[weight, "normal"], size)
    except OSError:
        return ImageFont.load_default(size)
