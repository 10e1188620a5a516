"""A locked book with one mark in it, and the doors through which a correction goes. Files are built here."""

import io
from dataclasses import dataclass

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import User
from corrections import actions
from corrections.models import CorrectionRequest
from gradebook.actions.marks import Edit, save_marks
from gradebook.attachments import Upload
from gradebook.models import Column, Course, Enrolment, Mark
from tests.cast import Cast


@dataclass
class Scene:
    """The pupil's first regular mark is 8 and the book is locked; the teacher says it is 9."""

    cast: Cast
    course: Course
    enrolment: Enrolment
    column: Column

    @classmethod
    def locked(cls, cast: Cast) -> "Scene":
        course = cast.maths["6A"]
        column = Column.objects.get(course=course, kind="regular", ordinal=1, period=cast.periods["GK1"])
        scene = cls(cast, course, cast.pupils["6A"][0], column)
        save_marks(course=course, edits=[scene.edit("8", 0)], by=cast.toan, origin="page")
        cast.execute("lock")
        return scene

    def edit(self, typed: str = "9", version: int = 1, pupil: int = 0, column: Column | None = None) -> Edit:
        return Edit(self.cast.pupils["6A"][pupil].pk, (column or self.column).pk, typed, version)

    def submit(
        self,
        *edits: Edit,
        by: User | None = None,
        uploads: tuple[Upload, ...] = (),
        is_oral: bool = False,
    ) -> CorrectionRequest:
        return actions.submit(
            course=self.course,
            edits=edits or (self.edit(),),
            kind="entry_error",
            reason="Cộng nhầm điểm bài kiểm tra",
            uploads=uploads,
            is_oral=is_oral,
            by=by or self.cast.toan,
        )

    def approved(self, *edits: Edit) -> CorrectionRequest:
        correction = self.submit(*edits)
        actions.approve(correction=correction, by=self.cast.hanh)
        return self.again(correction)

    def again(self, correction: CorrectionRequest) -> CorrectionRequest:
        return CorrectionRequest.objects.get(pk=correction.pk)

    def mark(self) -> Mark:
        return Mark.objects.get(enrolment=self.enrolment, column=self.column)

    @property
    def form_url(self) -> str:
        return f"/corrections/new/{self.enrolment.pk}/{self.column.pk}/"

    @property
    def post_url(self) -> str:
        return f"/corrections/new/courses/{self.course.pk}/"

    def typed(self, pupil: int = 0, column: Column | None = None, **changes: object) -> dict[str, object]:
        """What the form of the cell posts."""
        said = {"version": 1, "new_text": "9", "kind": "entry_error", "reason": "Cộng nhầm"} | changes
        cell = f"{self.cast.pupils['6A'][pupil].pk}-{(column or self.column).pk}"
        names = {"version": "seen", "new_text": "new", "emptied": "emptied", "left_out": "left_out"}
        return {f"{names[name]}-{cell}" if name in names else name: value for name, value in said.items()}


def png(size: tuple[int, int] = (60, 40)) -> bytes:
    return _picture("PNG", size)


def jpeg(size: tuple[int, int] = (60, 40)) -> bytes:
    return _picture("JPEG", size)


def pdf(**root: object) -> bytes:
    """A one-page document; keywords are put into its catalogue."""
    document = pikepdf.new()
    document.add_blank_page()
    for key, value in root.items():
        document.Root[f"/{key}"] = value
    return _saved(document)


def pdf_with_attachment() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.attachments["diem.exe"] = b"MZ"
    return _saved(document)


def locked_pdf() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    return _saved(document, encryption=pikepdf.Encryption(user="mat khau", owner="mat khau"))


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def handed_in(name: str, data: bytes) -> Upload:
    return Upload(name, len(data), io.BytesIO(data).read)


def paper() -> tuple[Upload, ...]:
    """The pupil's test, photographed."""
    return (handed_in("bai-kiem-tra.png", png()),)


def _saved(document: pikepdf.Pdf, encryption: pikepdf.Encryption | None = None) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer, encryption=encryption)
    return buffer.getvalue()


def _picture(kind: str, size: tuple[int, int]) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise(size, 50).save(buffer, kind)
    return buffer.getvalue()
