"""Editions: the issued books and papers of a class, a teacher or a pupil, and the work of rendering them."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import granted
from accounts.recorded import Recorded, RecordedQuerySet
from accounts.roles import Permission
from gradebook.models import Course, SchoolClass, SchoolYear, Student

if TYPE_CHECKING:
    from accounts.files import StoredFile


class EditionNeverChanges(RuntimeError):
    """An edition was about to be changed: a correction makes a new edition that refers to the old one."""


class EditionQuerySet(RecordedQuerySet):
    def issued(self) -> "EditionQuerySet":
        return self.exclude(sha256="")

    def latest_of_each(self) -> "EditionQuerySet":
        """Those in whose place no later edition has been issued; editions without a file may lie between."""
        return self.filter(~Exists(_issued_later())).order_by("kind", "part")

    def without_payload(self) -> "EditionQuerySet":
        """For lists: a payload holds a whole class book."""
        return self.defer("payload", "previous__payload")

    def readable_by(self, user: User) -> "EditionQuerySet":
        """All for those who read the archive; else one's own book, and the papers of what one teaches or leads."""
        if user.may(Permission.READ_ARCHIVE):
            return self
        led = granted(SchoolClass.objects.all(), to=user, permission=SchoolClass.LEAD)
        return self.filter(
            Q(teacher=user)
            | Q(kind__in=Edition.HOMEROOM, school_class__in=led)
            | Q(kind=Edition.Kind.CHECK_SHEET, course__in=Course.objects.visible_to(user))
        )

    def of_year(self, year: SchoolYear | None) -> "EditionQuerySet":
        return self.filter(Q(year=year) | Q(school_class__year=year))

    def newest(self) -> "EditionQuerySet":
        """The last edition of each paper: the one whose place no other has taken."""
        return self.filter(next=None)


def _issued_later() -> EditionQuerySet:
    """Of the paper outside: a pupil's goes on from class to class."""
    whose = (
        Q(student=OuterRef("student"))
        | Q(student=None, school_class=OuterRef("school_class"))
        | Q(teacher=OuterRef("teacher"), year=OuterRef("year"))
    )
    same = Edition.objects.issued().filter(whose, kind=OuterRef("kind"), part=OuterRef("part"))
    found: EditionQuerySet = same.filter(number__gt=OuterRef("number"))
    return found


class Edition(Recorded):
    """A numbered book or paper, frozen when it was asked for. Its file is added once, when rendered.

    The payload is kept as text, because its bytes are what the fingerprint is about; a JSON column would
    reorder them. It is about a class; only a teacher's own book is about the teacher's year. A transcript is one
    pupil's, printed from the class in which the pupil was last. `part` says which course and which period or semester,
    of a transcript which level of school, and is empty where a year has one such paper.
    """

    class Kind(models.TextChoices):
        CLASS_BOOK = "class_book", _("Class book")
        CHECK_SHEET = "check_sheet", _("Check sheet")
        BLANK_BOOK = "blank_book", _("Blank book")
        TEACHER_BOOK = "teacher_book", _("Teacher's book")
        CLASS_SUMMARY = "class_summary", _("Class summary")
        TERM_SHEETS = "term_sheets", _("Term sheets")
        TRANSCRIPT = "transcript", _("Transcript")

    HOMEROOM = (
        Kind.CLASS_BOOK,
        Kind.CHECK_SHEET,
        Kind.BLANK_BOOK,
        Kind.CLASS_SUMMARY,
        Kind.TERM_SHEETS,
        Kind.TRANSCRIPT,
    )
    """What the homeroom teacher reads of the class."""
    OF_RESULTS = (Kind.CLASS_BOOK, Kind.CLASS_SUMMARY, Kind.TERM_SHEETS)
    """What repeats marks and results of the class, and is printed anew when they are corrected."""

    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    course = models.ForeignKey(Course, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    teacher = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    student = models.ForeignKey(Student, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    part = models.SlugField(
        max_length=60, blank=True, help_text="which course, which period or semester, which level"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.CLASS_BOOK)
    number = models.PositiveIntegerField()
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next"
    )
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    payload = models.TextField()
    fingerprint = models.CharField(max_length=64, unique=True, help_text="sha256 of the payload")
    content = models.CharField(max_length=64, help_text="sha256 of the book alone, without the edition")
    is_interim = models.BooleanField(
        default=False, help_text="made while a window was open or the year's results were incomplete"
    )
    code = models.CharField(max_length=16, unique=True, help_text="printed on every page")
    sha256 = models.CharField(max_length=64, blank=True, help_text="of the file; empty until rendered")
    size = models.PositiveBigIntegerField(null=True)
    pages = models.PositiveIntegerField(null=True)
    path = models.CharField(max_length=120, blank=True, help_text="below the file store")

    objects: ClassVar = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["school_class", "kind", "part", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "kind", "part", "number"],
                condition=Q(student=None),
                name="archive_edition_number",
            ),
            models.UniqueConstraint(
                fields=["student", "kind", "part", "number"], name="archive_edition_student_number"
            ),
            models.UniqueConstraint(
                fields=["teacher", "year", "kind", "part", "number"], name="archive_edition_teacher_number"
            ),
            models.CheckConstraint(
                condition=(~Q(kind="teacher_book") & Q(school_class__isnull=False, teacher=None, year=None))
                | Q(
                    kind="teacher_book",
                    school_class=None,
                    course=None,
                    teacher__isnull=False,
                    year__isnull=False,
                ),
                name="archive_edition_about",
            ),
            models.CheckConstraint(
                condition=Q(kind="transcript", student__isnull=False)
                | (~Q(kind="transcript") & Q(student=None)),
                name="archive_edition_of_pupil",
            ),
            models.CheckConstraint(
                condition=Q(number=1, previous=None) | Q(number__gt=1, previous__isnull=False),
                name="archive_edition_refers_to_previous",
            ),
            models.CheckConstraint(
                condition=Q(sha256="", path="", size=None, pages=None)
                | (~Q(sha256="") & ~Q(path="") & Q(size__isnull=False, pages__isnull=False)),
                name="archive_edition_whole_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about} #{self.number}"

    @property
    def about(self) -> str:
        """Whose paper it is, and which: 6A; 6A toan-gk1; Đỗ Minh Toàn hk1; Trần Bảo An thcs."""
        whose = self.student or self.school_class or self.teacher
        return f"{whose} {self.part}".strip()

    @property
    def reference(self) -> str:
        """In seals, which leave the portal with every evidence pack: none names a pupil."""
        return self.code if self.student_id else str(self)

    @property
    def school_year(self) -> SchoolYear:
        found = self.school_class.year if self.school_class else self.year
        assert found is not None  # noqa: S101  archive_edition_about
        return found

    @property
    def is_issued(self) -> bool:
        return bool(self.sha256)

    @property
    def newer(self) -> "Edition | None":
        """The issued edition that has taken this one's place."""
        same = {"school_class": self.school_class_id, "teacher": self.teacher_id, "year": self.year_id}
        if self.student_id:
            same = {"student": self.student_id}  # a pupil's goes on from class to class
        later = Edition.objects.issued().without_payload().filter(kind=self.kind, part=self.part, **same)
        found: Edition | None = later.filter(number__gt=self.number).order_by("-number").first()
        return found

    @property
    def same_as_previous(self) -> bool:
        return self.previous is not None and self.previous.content == self.content

    @property
    def file_name(self) -> str:
        """As on the clerk's disk: so-theo-doi-6A-2026-2027-ban-2.pdf; a pupil's by number, never by name."""
        if self.student:
            whose, year = self.student.ministry_code or f"hs{self.student_id}", ""
        else:
            whose = self.school_class.name if self.school_class else self.teacher.username  # type: ignore[union-attr]
            year = self.school_year.name
        words = [FILE_NAMES[self.kind], whose, self.part, year, f"ban-{self.number}"]
        return f"{'-'.join(filter(None, words))}.pdf"

    def save_by(self, by: User, *, reason: str = "", origin: str = "") -> None:
        if not self._state.adding:
            raise EditionNeverChanges
        super().save_by(by, reason=reason, origin=origin)

    def issue(self, file: "StoredFile", *, pages: int, origin: str) -> None:
        """Add the rendered file: the only change in an edition's life, in the name of who asked for it."""
        if Edition.objects.issued().filter(pk=self.pk).exists():
            raise EditionNeverChanges
        self.sha256, self.size, self.pages, self.path = file.sha256, file.size, pages, file.path
        super().save_by(self.requested_by, origin=origin)


FILE_NAMES: dict[str, str] = {
    Edition.Kind.CLASS_BOOK: "so-theo-doi",
    Edition.Kind.CHECK_SHEET: "phieu-do-diem",
    Edition.Kind.BLANK_BOOK: "so-trang",
    Edition.Kind.TEACHER_BOOK: "so-giao-vien",
    Edition.Kind.CLASS_SUMMARY: "bang-tong-hop",
    Edition.Kind.TERM_SHEETS: "phieu-lien-lac",
    Edition.Kind.TRANSCRIPT: "hoc-ba",
}
