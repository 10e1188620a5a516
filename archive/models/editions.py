"""Editions: the issued books and papers of a class or a teacher, and the work of rendering them."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import granted
from accounts.recorded import Recorded, RecordedQuerySet
from accounts.roles import Permission
from gradebook.models import Course, SchoolClass, SchoolYear

if TYPE_CHECKING:
    from accounts.files import StoredFile


class EditionNeverChanges(RuntimeError):
    """An edition was about to be changed: a correction makes a new edition that refers to the old one."""


class EditionQuerySet(RecordedQuerySet):
    def issued(self) -> "EditionQuerySet":
        return self.exclude(sha256="")

    def latest_of_each(self) -> "EditionQuerySet":
        """Those in whose place no later edition has been issued."""
        return self.filter(Q(next=None) | Q(next__sha256="")).order_by("kind", "part")

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


class Edition(Recorded):
    """A numbered book or paper, frozen when it was asked for. Its file is added once, when rendered.

    The payload is kept as text, because its bytes are what the fingerprint is about; a JSON column would
    reorder them. It is about a class; only a teacher's own book is about the teacher's year. `part` says which course
    and which period or semester, and is empty where a year has one such paper.
    """

    class Kind(models.TextChoices):
        CLASS_BOOK = "class_book", _("Class book")
        CHECK_SHEET = "check_sheet", _("Check sheet")
        BLANK_BOOK = "blank_book", _("Blank book")
        TEACHER_BOOK = "teacher_book", _("Teacher's book")
        CLASS_SUMMARY = "class_summary", _("Class summary")
        TERM_SHEETS = "term_sheets", _("Term sheets")

    HOMEROOM = (Kind.CLASS_BOOK, Kind.CHECK_SHEET, Kind.BLANK_BOOK, Kind.CLASS_SUMMARY, Kind.TERM_SHEETS)
    """What the homeroom teacher reads of the class."""
    OF_RESULTS = (Kind.CLASS_BOOK, Kind.CLASS_SUMMARY, Kind.TERM_SHEETS)
    """What repeats marks and results of the class, and is printed anew when they are corrected."""

    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    course = models.ForeignKey(Course, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    teacher = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    part = models.SlugField(max_length=60, blank=True, help_text="which course, which period or semester")
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
                fields=["school_class", "kind", "part", "number"], name="archive_edition_number"
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
        """Whose paper it is, and which: 6A; 6A toan-gk1; Đỗ Minh Toàn hk1."""
        whose = self.school_class or self.teacher
        return f"{whose} {self.part}".strip()

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
        found: Edition | None = (
            Edition.objects.issued()
            .without_payload()
            .filter(
                school_class=self.school_class_id,
                teacher=self.teacher_id,
                year=self.year_id,
                kind=self.kind,
                part=self.part,
                number__gt=self.number,
            )
            .order_by("-number")
            .first()
        )
        return found

    @property
    def same_as_previous(self) -> bool:
        return self.previous is not None and self.previous.content == self.content

    @property
    def file_name(self) -> str:
        """As on the clerk's disk: so-theo-doi-6A-2026-2027-ban-2.pdf."""
        whose = self.school_class.name if self.school_class else self.teacher.username  # type: ignore[union-attr]
        words = [FILE_NAMES[self.kind], whose, self.part, self.school_year.name, f"ban-{self.number}"]
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
}


class RenderingQuerySet(models.QuerySet["Rendering"]):
    def unfinished(self) -> "RenderingQuerySet":
        return self.filter(state__in=[Rendering.State.QUEUED, Rendering.State.RUNNING])

    def stale(self, now: datetime) -> "RenderingQuerySet":
        """Nobody has given a sign of life: the worker was killed, or the broker lost the message."""
        return self.unfinished().filter(heartbeat__lt=now - timedelta(seconds=settings.JOB_STALE_SECONDS))


class Rendering(models.Model):
    """The work of making an edition's file: the job itself, of which the broker's message is only a copy.

    Not Recorded, on purpose: it ticks every second and says nothing about a pupil. What lasts (who asked,
    which file) stands on the edition.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting to be printed")
        RUNNING = "running", _("being printed")
        DONE = "done", _("printed")
        FAILED = "failed", _("failed")

    class Failure(models.TextChoices):
        FONTS = "fonts", _("The document fonts are not installed on the server. Tell the IT administrator.")
        STORE = "store", _("The file could not be stored: the disk may be full. Tell the IT administrator.")
        KILLED = "killed", _("The printing was interrupted several times. Tell the IT administrator.")
        UNEXPECTED = (
            "unexpected",
            _("The book could not be printed. Try again; if it fails again, report it."),
        )

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="rendering")
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    heartbeat = models.DateTimeField(help_text="last sign of life")
    attempt = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=12, choices=Failure.choices, blank=True)
    detail = models.CharField(max_length=300, blank=True, help_text="for the administrator")

    objects: ClassVar = RenderingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "heartbeat"], name="archive_rendering_stale")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="failed") & ~Q(failure="")) | (~Q(state="failed") & Q(failure="")),
                name="archive_rendering_failure",
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.state}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise EditionNeverChanges

    @property
    def status_kind(self) -> str:
        """Which of the portal's marks of state goes with it."""
        return {"queued": "waiting", "running": "saving", "done": "saved", "failed": "refused"}[self.state]

    @property
    def is_finished(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}
