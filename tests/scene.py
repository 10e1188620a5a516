"""One object of each kind for the access table: a mark behind a lock, a request, an order, a book, an import."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from PIL import Image

from archive.models import Edition
from corrections.models import CorrectionRequest
from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.movement_desk import Paper
from gradebook.actions.movements import receive
from gradebook.actions.windows import order_lock
from gradebook.known_pupils import Newcomer
from gradebook.models import Column, Enrolment, Policy, Proposal
from gradebook.spreadsheets.pupil_list import PupilRow
from gradebook.spreadsheets.values import Sex
from gradebook.spreadsheets.writing import write_pupil_list
from tests.cast import FIRST_DAY, Cast, signed_in
from transcripts.models import Transcript
from transcripts.payload import fingerprint, payload_of


@dataclass(frozen=True)
class Scene:
    cast: Cast
    keys: dict[str, int]

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
    save_marks(course=course, edits=[Edit(pupil.pk, asked.pk, "6", 0)], by=cast.toan, origin="page")
    cast.execute("lock")
    correction = _correction(cast, pupil.pk, asked.pk)
    order = order_lock(period=cast.periods["GK1"], act="open", reason="x", by=cast.hanh)
    return Scene(
        cast,
        {
            "class": cast.classes["6A"].pk,
            "course": course.pk,
            "pupil": pupil.pk,
            "column": free.pk,
            "correction": correction.pk,
            "evidence": correction.evidence.get().pk,
            "order": order.pk,
            "edition": _edition(cast).pk,
            "import": _import(cast),
            "transcript": _transcript(cast, pupil).pk,
            "proposal": _proposal(cast, pupil).pk,
            "movement": _movement(cast),
            "policy": Policy.objects.get(year=cast.year, level="lower_secondary").pk,
        },
    )


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return out.getvalue()


def _correction(cast: Cast, pupil: int, column: int) -> CorrectionRequest:
    data = {
        "version": "1",
        "new_text": "7",
        "kind": CorrectionRequest.Kind.ENTRY_ERROR,
        "reason": "Nhập nhầm dòng",
        "evidence": SimpleUploadedFile("bai.png", picture(), "image/png"),
    }
    signed_in(Client(), cast.toan).post(f"/corrections/new/{pupil}/{column}/", data)
    found: CorrectionRequest = CorrectionRequest.objects.get()
    return found


def _edition(cast: Cast) -> Edition:
    signed_in(Client(), cast.cuc).post(f"/archive/classes/{cast.classes['6A'].pk}/request-book/")
    found: Edition = Edition.objects.get()
    return found


def _import(cast: Cast) -> int:
    row = PupilRow(1, "Trần Thị Mới", date(2015, 5, 5), Sex.FEMALE, "6A", "0009999999")
    file = SimpleUploadedFile(
        "danh-sach.xlsx", write_pupil_list([row], ["Danh sách học sinh", "Năm học 2026-2027"])
    )
    response = signed_in(Client(), cast.cuc).post("/imports/upload/", {"file": file})
    return int(response["Location"].rstrip("/").rsplit("/", 1)[-1])


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


def _movement(cast: Cast) -> int:
    """A child who came from another school."""
    received = receive(
        newcomer=Newcomer("Lý Thảo Chi", date(2015, 1, 9), "female"),
        school_class=cast.classes["6B"],
        paper=Paper(FIRST_DAY, "12/QĐ-THCS", FIRST_DAY, other_school="Trường THCS Đồi Thông"),
        by=cast.cuc,
        today=FIRST_DAY,
    )
    return int(received.pk)


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
