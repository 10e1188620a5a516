"""One object of each kind for the access table: a mark behind a lock, a request, an order, a book, an import."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.actions import create_account, give_role, units
from accounts.actions.delegations import delegate_power
from accounts.actions.history import request_verification
from accounts.models import KnownDevice, OpenSession, User
from accounts.roles import Permission, Role
from corrections.models import CorrectionRequest
from gradebook.actions import movement_desk
from gradebook.actions.board import appoint
from gradebook.actions.decision_register import DecisionPaper, enter_decision
from gradebook.actions.incidents import report_incident
from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.movements import receive
from gradebook.actions.oversight import give_oversight
from gradebook.actions.phrase_offers import offer_phrase
from gradebook.actions.phrases import Wording, add_phrases
from gradebook.actions.remarks import Words, write_remarks
from gradebook.actions.substitution import appoint_substitute
from gradebook.actions.teaching import appoint_homeroom_teacher
from gradebook.actions.windows import order_lock, propose_lock
from gradebook.attachments import Upload
from gradebook.known_pupils import Newcomer
from gradebook.models import Column, Decision, Enrolment, Import, ImportRun, Policy, Proposal, Remark
from gradebook.spreadsheets.pupil_list import PupilRow
from gradebook.spreadsheets.values import Sex
from gradebook.spreadsheets.writing import write_pupil_list, write_table
from gradebook.weeks import monday
from tests.cast import FIRST_DAY, Cast, signed_in
from tests.scene_archive import archived
from transcripts.models import ReceivedTranscript, Transcript
from transcripts.payload import fingerprint, payload_of
from transcripts.received_actions import receive_transcript

ONE_DAY = timedelta(days=1)
SIGNED_ON = date(2026, 9, 1)


@dataclass(frozen=True)
class Scene:
    cast: Cast
    keys: dict[str, int | str]

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What one person does is taken back before the next one tries."""
        with transaction.atomic():
            yield
            transaction.set_rollback(True)


def build_scene(cast: Cast) -> Scene:
    course, pupil = cast.maths["6A"], cast.pupils["6A"][0]
    columns = Column.objects.filter(course=course, period__code="GK1").order_by("order")
    asked, free = columns[0], columns[1]
    _leader_elsewhere(cast)
    save_marks(course=course, edits=[Edit(pupil.pk, asked.pk, "6", 0)], by=cast.toan, origin="page")
    cast.execute("lock")
    correction = _correction(cast, pupil.pk, asked.pk)
    order = order_lock(period=cast.periods["GK1"], act="open", reason="x", by=cast.hanh)
    proposed_order = propose_lock(period=cast.periods["CK1"], act="open", reason="x", by=cast.khoa)
    return Scene(
        cast,
        {
            **_account_of(cast.toan),
            "class": cast.classes["6A"].pk,
            "course": course.pk,
            "pupil": pupil.pk,
            "column": free.pk,
            "correction": correction.pk,
            "evidence": correction.evidence.get().pk,
            "paper": correction.papers.get().pk,
            "order": order.pk,
            "proposed_order": proposed_order.pk,
            **archived(cast, correction),
            "history_check": request_verification(by=cast.hanh).pk,
            "import": _import(cast, "pupils"),
            "running": _running(cast),
            "assignments": _import(cast, "assignments"),
            "transcript": _transcript(cast, pupil).pk,
            "received": _received(cast, pupil).pk,
            "proposal": _proposal(cast, pupil).pk,
            "year_name": cast.year.name,
            "year": cast.year.pk,
            **_units(cast),
            "movement": _movement(cast),
            "remark": _remark(cast),
            "policy": Policy.objects.get(year=cast.year, level="lower_secondary").pk,
            **_governance(cast),
            **_phrases(cast),
        },
    )


def _leader_elsewhere(cast: Cast) -> None:
    """Nga leads 6B: what is her own is another's for Mai, and the other way round."""
    nga = create_account(username="nga", full_name="Trịnh Thúy Nga", password=None, by=cast.hanh)
    give_role(user=nga, role=Role.HOMEROOM_TEACHER, since=FIRST_DAY, by=cast.hanh)
    appoint_homeroom_teacher(school_class=cast.classes["6B"], teacher=nga, since=FIRST_DAY, by=cast.hanh)
    cast.people["nga"] = nga


def _account_of(user: User) -> dict[str, int]:
    signed_in(Client(), user)
    session = OpenSession.objects.filter(user=user).latest("pk")
    device = KnownDevice.objects.create(user=user, digest="0" * 64, browser="Firefox, Windows")
    held = user.held_roles.get()
    return {"account": user.pk, "held": held.pk, "session": session.pk, "device": device.pk}


def _units(cast: Cast) -> dict[str, int]:
    """A department of Toàn alone, a delegation and grade 12 to check for Vinh, a substitute in 6B."""
    today = timezone.localdate()
    department = units.found_department(name="Tổ Toán", by=cast.hanh)
    units.add_member(department=department, user=cast.toan, since=FIRST_DAY, by=cast.hanh)
    delegation = delegate_power(
        power=Permission.ISSUE_DECISIONS,
        to=cast.vinh,
        since=today + ONE_DAY,  # nobody of the table exercises it yet
        until=today + ONE_DAY,
        number="1/QĐ",
        dated=today,
        by=cast.hanh,
    )
    [scope] = give_oversight(leader=cast.vinh, grades=[12], subjects=[], since=today, by=cast.hanh)
    [substitution] = appoint_substitute(
        course=cast.maths["6B"],
        substitute=cast.dung,
        acting_for=cast.lan,
        since=today,
        until=today,
        number="2/QĐ",
        dated=today,
        by=cast.hanh,
    )
    return {
        "department": department.pk,
        "delegation": delegation.pk,
        "leader": cast.vinh.pk,
        "scope": scope.pk,
        "substitution": substitution.pk,
    }


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return out.getvalue()


def _correction(cast: Cast, pupil: int, column: int) -> CorrectionRequest:
    data = {
        f"seen-{pupil}-{column}": "1",
        f"new-{pupil}-{column}": "7",
        "kind": CorrectionRequest.Kind.ENTRY_ERROR,
        "reason": "Nhập nhầm dòng",
        "evidence": SimpleUploadedFile("bai.png", picture(), "image/png"),
    }
    signed_in(Client(), cast.toan).post(f"/corrections/new/courses/{cast.maths['6A'].pk}/", data)
    found: CorrectionRequest = CorrectionRequest.objects.get()
    return found


def _import(cast: Cast, kind: str) -> int:
    row = PupilRow(1, "Trần Thị Mới", date(2015, 5, 5), Sex.FEMALE, "6A", "0009999999")
    data = {
        "pupils": lambda: write_pupil_list([row], ["Danh sách học sinh", "Năm học 2026-2027"]),
        "assignments": lambda: write_table(["GV", "Môn", "Lớp"], [["toan", "Toán", "6A"]], [], "PCGD"),
    }[kind]()
    file = SimpleUploadedFile("danh-sach.xlsx", data)
    response = signed_in(Client(), cast.khoa).post(f"/imports/{kind}/upload/", {"file": file})
    return int(response["Location"].rstrip("/").rsplit("/", 1)[-1])


def _running(cast: Cast) -> int:
    """A list that the worker has to write, queued but not begun."""
    upload = Import.objects.get(pk=_import(cast, "pupils"))
    now = timezone.now()
    ImportRun.objects.create(upload=upload, asked_by=cast.cuc, asked_at=now, heartbeat=now, total=1)
    return upload.pk


def _proposal(cast: Cast, pupil: Enrolment) -> Proposal:
    """One that waits for the principal."""
    proposal = Proposal(
        enrolment=pupil,
        stage="year",
        computed={"retests": [], "missing": [], "reasons": [], "subjects": {}},
        outcome="promoted",
        proposed_by=cast.mai,
        proposed_at=timezone.now(),
    )
    proposal.save_by(cast.mai)
    return proposal


def _governance(cast: Cast) -> dict[str, int]:
    """A regulation to read, a decision on a pupil, a seat on the board for Dũng, a report by Toàn."""
    regulation = DecisionPaper(
        "11/QĐ", SIGNED_ON, Decision.About.REGULATION, "Ban hành quy chế", must_be_read=True
    )
    scan = Upload("quy-che.png", len(picture()), BytesIO(picture()).read)
    decision = enter_decision(year=cast.year, paper=regulation, upload=scan, by=cast.hanh)
    moved = DecisionPaper("12/QĐ", SIGNED_ON, Decision.About.MOVEMENT, "Học sinh chuyển trường")
    board = enter_decision(
        year=cast.year,
        paper=DecisionPaper("13/QĐ", SIGNED_ON, Decision.About.BOARD, "Ban quản trị"),
        by=cast.hanh,
    )
    seat = appoint(
        decision=board, user=cast.dung, position="member", task="Hỗ trợ", since=SIGNED_ON, by=cast.hanh
    )
    return {
        "decision": decision.pk,
        "movement_decision": enter_decision(year=cast.year, paper=moved, by=cast.hanh).pk,
        "seat": seat.pk,
        "incident": report_incident(what="Trang không mở", page="/classes/", by=cast.toan).pk,
    }


def _phrases(cast: Cast) -> dict[str, int]:
    """One of Toàn's own, one of the school, and one that he offers to it."""
    [own] = add_phrases(wordings=[Wording("{tên} tính toán nhanh.")], by=cast.toan)
    [shared] = add_phrases(wordings=[Wording("Chăm học.")], shared=True, by=cast.hanh)
    [offered] = add_phrases(wordings=[Wording("Viết chữ đẹp.")], by=cast.toan)
    offer = offer_phrase(phrase=offered, by=cast.toan)
    return {"phrase": own.pk, "shared_phrase": shared.pk, "phrase_offer": offer.pk}


def _movement(cast: Cast) -> int:
    """A child who came from another school."""
    received = receive(
        newcomer=Newcomer("Lý Thảo Chi", date(2015, 1, 9), "female"),
        school_class=cast.classes["6B"],
        paper=movement_desk.MovementPaper(
            FIRST_DAY, "12/QĐ-THCS", FIRST_DAY, other_school="Trường THCS Đồi Thông"
        ),
        by=cast.cuc,
        today=FIRST_DAY,
    )
    return int(received.pk)


def _remark(cast: Cast) -> int:
    """Toàn's, on a pupil of 6A."""
    [written] = write_remarks(
        course=cast.maths["6A"],
        week=monday(FIRST_DAY),
        words=Words(Remark.Kind.PRAISE, "Hăng hái phát biểu"),
        pupils={cast.pupils["6A"][0].pk},
        whole_class=False,
        by=cast.toan,
        today=FIRST_DAY,
    )
    return int(written.pk)


def _transcript(cast: Cast, pupil: Enrolment) -> Transcript:
    """An edition as it would stand at the year's end."""
    payload = payload_of(pupil)
    transcript = Transcript(
        enrolment=pupil,
        number=1,
        payload=payload,
        fingerprint=fingerprint(payload),
        issued_by=cast.hanh,
        issued_at=timezone.now(),
    )
    transcript.save_by(cast.hanh)
    return transcript


def _received(cast: Cast, pupil: Enrolment) -> ReceivedTranscript:
    """A scan of what the pupil brought."""
    scan = Upload("hoc-ba.png", len(picture()), BytesIO(picture()).read)
    return receive_transcript(
        student=pupil.student, upload=scan, from_school="Trường cũ", years="2025-2026", by=cast.cuc
    )
