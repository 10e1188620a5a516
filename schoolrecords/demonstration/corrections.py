"""Corrections of the midterm marks in every state, by the rules that each level has taken over."""

from collections.abc import Mapping, Sequence
from io import BytesIO

from django.utils import timezone
from PIL import Image, ImageDraw

from accounts.models import User
from corrections import witnesses
from corrections.actions import approve, ask_back, confirm_presence, endorse, execute, refuse, submit
from corrections.models import CorrectionRequest, Presence
from gradebook.actions.marks import Edit
from gradebook.attachments import Upload
from gradebook.entries import entry_of
from gradebook.models import Column, Course, Level, Mark
from schoolrecords.demonstration.teaching import TaughtCourse

_K = CorrectionRequest.Kind
STORY = (
    (_K.ENTRY_ERROR, "Nhập nhầm dòng khi vào điểm từ sổ cá nhân."),
    (_K.REMARKING, "Phúc khảo: cộng thiếu 0,5 điểm ở câu 3."),
    (_K.ENTRY_ERROR, "Nhập nhầm điểm của bạn cùng bàn."),
    (_K.ENTRY_ERROR, "Gõ nhầm chữ số sau dấu phẩy."),
)
SUBJECT = "toan"
QUESTION = "Bài kiểm tra chụp thiếu trang 2. Đề nghị bổ sung."
REFUSAL = "Bài kiểm tra kèm theo không khớp với điểm đề nghị. Đề nghị kiểm tra lại."


def ask(sheets: Sequence[TaughtCourse], people: Mapping[str, User]) -> None:
    """A request for each part of the two stories: by the guidance of S3 in the lower, by S1 in the upper school.

    A school too small for them, as in tests, has none.
    """
    if found := _course_with_midterms(sheets, Level.LOWER_SECONDARY):
        _walk_as_s3(*found, people)
    if found := _course_with_midterms(sheets, Level.UPPER_SECONDARY):
        _walk_as_s1(*found, people)


def _walk_as_s3(course: TaughtCourse, marks: Sequence[Mark], people: Mapping[str, User]) -> None:
    """One carried out before its witnesses, one approved, one refused, one still to decide."""
    requests = [
        _submit(course, mark, kind, reason) for mark, (kind, reason) in zip(marks, STORY, strict=True)
    ]
    principal, administrator = people["hieutruong"], people["quantri"]
    approve(correction=requests[0], by=principal, note="Đồng ý.")
    _gather(requests[0], leader=people["phohieutruong"])
    execute(correction=requests[0], by=administrator)
    approve(correction=requests[1], by=principal)
    refuse(correction=requests[2], by=principal, note=REFUSAL)


def _walk_as_s1(course: TaughtCourse, marks: Sequence[Mark], people: Mapping[str, User]) -> None:
    """One waits for the department head, one is confirmed and waits for the decision, one is sent back."""
    stories = zip(marks, STORY[1:], strict=False)
    _waits, confirmed, sent_back = [_submit(course, mark, kind, reason) for mark, (kind, reason) in stories]
    head, vice_principal = people["totruong"], people["phohieutruong"]
    for correction in (confirmed, sent_back):
        endorse(correction=correction, by=head, note="Đã đối chiếu bài kiểm tra, đúng như thầy cô nêu.")
    ask_back(correction=sent_back, by=vice_principal, text=QUESTION)


def _gather(correction: CorrectionRequest, *, leader: User) -> None:
    for place in witnesses.places(correction, timezone.now()):
        person = place.person or leader
        confirm_presence(correction=correction, part=place.part, way=Presence.Way.SESSION, by=person)


def _course_with_midterms(
    sheets: Sequence[TaughtCourse], level: Level
) -> tuple[TaughtCourse, Sequence[Mark]] | None:
    """The first one of the department whose head signs in as totruong."""
    of_level = (
        taught
        for taught in sheets
        if taught.course.school_class.level == level and taught.course.subject.code == SUBJECT
    )
    found = ((taught, _midterms(taught.course)) for taught in of_level)
    return next(((taught, marks) for taught, marks in found if len(marks) == len(STORY)), None)


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
