"""Corrections of the midterm marks in every state: waiting, approved, refused, carried out."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

from PIL import Image, ImageDraw

from accounts.models import User
from corrections.actions import approve, execute, refuse, submit
from corrections.models import CorrectionRequest
from gradebook.actions.marks import Edit
from gradebook.attachments import Upload
from gradebook.entries import entry_of
from gradebook.models import Column, Course, Mark
from schoolrecords.demonstration.teaching import TaughtCourse

_K = CorrectionRequest.Kind
STORY = (
    (_K.ENTRY_ERROR, "Nhập nhầm dòng khi vào điểm từ sổ cá nhân."),
    (_K.REMARKING, "Phúc khảo: cộng thiếu 0,5 điểm ở câu 3."),
    (_K.ENTRY_ERROR, "Nhập nhầm điểm của bạn cùng bàn."),
    (_K.ENTRY_ERROR, "Gõ nhầm chữ số sau dấu phẩy."),
)
REFUSAL = "Bài kiểm tra kèm theo không khớp với điểm đề nghị. Đề nghị kiểm tra lại."


def ask(sheets: Iterable[TaughtCourse], people: Mapping[str, User]) -> None:
    """One request for each part of the story, in the first course with enough midterms; two still wait.

    A school too small for it, as in tests, has none.
    """
    course, marks = next(((t, m) for t in sheets if len(m := _midterms(t.course)) == len(STORY)), (None, ()))
    if course is None:
        return
    requests = [
        _submit(course, mark, kind, reason) for mark, (kind, reason) in zip(marks, STORY, strict=True)
    ]
    principal, administrator = people["hieutruong"], people["quantri"]
    approve(correction=requests[0], by=principal, note="Đồng ý.")
    execute(correction=requests[0], by=administrator)
    approve(correction=requests[1], by=principal)
    refuse(correction=requests[2], by=principal, note=REFUSAL)


def _midterms(course: Course) -> Sequence[Mark]:
    midterms = Mark.objects.filter(
        column__course=course,
        column__period__code="GK1",
        column__kind=Column.Kind.MIDTERM,
        score__range=(3, 9),
    )
    return list(
        midterms.select_related("column", "enrolment__student").order_by("enrolment__number")[: len(STORY)]
    )


def _submit(taught: TaughtCourse, mark: Mark, kind: str, reason: str) -> CorrectionRequest:
    old = entry_of(mark).text
    new = f"{float(mark.score or 0) + 0.5:.1f}"
    return submit(
        course=taught.course,
        edits=[Edit(mark.enrolment_id, mark.column_id, new, mark.version)],
        kind=kind,
        reason=reason,
        uploads=[_paper(mark, old)],
        by=taught.owner(mark.column.strand),
    )


def _paper(mark: Mark, score: str) -> Upload:
    """A drawn stand-in for the photograph of a test paper."""
    picture = Image.new("RGB", (620, 440), "#fdfdf6")
    draw = ImageDraw.Draw(picture)
    for y in range(90, 440, 32):
        draw.line((30, y, 590, y), fill="#c9d6e8")
    draw.text(
        (40, 30), f"{mark.column.course.school_class}  -  {mark.enrolment.student.ministry_code}", fill="#223"
    )
    draw.text((520, 40), score, fill="#b3261e")
    out = BytesIO()
    picture.save(out, "PNG")
    data = out.getvalue()
    return Upload("bai-kiem-tra.png", len(data), lambda limit: data[:limit])
