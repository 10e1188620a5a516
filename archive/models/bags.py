"""Bags: what is kept of a class and its year for good, and the media that copies of them lie on."""

import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Job, JobQuerySet, User
from accounts.recorded import Recorded
from gradebook.models import SchoolClass, SchoolYear


class BagQuerySet(JobQuerySet):
    def made(self) -> "BagQuerySet":
        return self.exclude(sha256="")

    def latest(self, year: SchoolYear) -> "BagQuerySet":  # type: ignore[override]
        """Of each class of the year the last bag that was made, in the order of the classes."""
        last = (
            self.model.objects.made()
            .filter(school_class=models.OuterRef("school_class"))
            .order_by("-number")
            .values("pk")[:1]
        )
        found = self.made().filter(school_class__year=year, pk=models.Subquery(last))
        return found.order_by("school_class__grade", "school_class__name")


class Bag(Job):
    """A BagIt bag (RFC 8493) of a class and its year: the job and its product in one row.

    It is never made again in place: what has changed goes into the next bag, which names the one before. `tag_sha256`
    is of tagmanifest-sha256.txt and so of everything in the bag, also when it lies unpacked on a disk; `sha256` is of
    the ZIP in the store.
    """

    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="later"
    )
    is_interim = models.BooleanField(default=False, help_text="a book in it was printed before its time")
    files = models.PositiveIntegerField(null=True)
    octets = models.PositiveBigIntegerField(null=True, help_text="of the payload, unpacked")
    tag_sha256 = models.CharField(max_length=64, blank=True, help_text="of tagmanifest-sha256.txt")
    sha256 = models.CharField(max_length=64, blank=True, help_text="of the ZIP; empty until made")
    size = models.PositiveBigIntegerField(null=True)
    path = models.CharField(max_length=120, blank=True, help_text="below the file store")

    objects: ClassVar = BagQuerySet.as_manager()

    class Meta:
        verbose_name = _("archive bag")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["school_class", "number"], name="archive_bag_number"),
            models.CheckConstraint(
                condition=Q(sha256="", path="", tag_sha256="", size=None, files=None, octets=None)
                | (
                    ~Q(sha256="")
                    & ~Q(path="")
                    & ~Q(tag_sha256="")
                    & Q(size__isnull=False, files__isnull=False, octets__isnull=False)
                ),
                name="archive_bag_whole_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about} #{self.number}"

    @property
    def about(self) -> str:
        return f"{self.school_class.name} {self.school_class.year.name}"

    @property
    def folder(self) -> str:
        """Names nobody, and nothing that a disk or an ISO image could not hold: tui-6A-2026-2027-ban-1."""
        name = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in self.about)
        return f"tui-{name}-ban-{self.number}"

    @property
    def file_name(self) -> str:
        return f"{self.folder}.zip"

    @property
    def status_kind(self) -> str:
        """Which of the portal's marks of state goes with it."""
        return {"queued": "waiting", "running": "saving", "done": "saved", "failed": "refused"}[self.state]


class Medium(Recorded):
    """A disk, a stick, a disc with the bags of a year: `contents` is the index that lies on it, byte for byte.

    Numbered through the school, so that the number written on it says which one it is (S1-82, S3-69).
    """

    class Kind(models.TextChoices):
        USB = "usb", _("USB stick")
        DISK = "disk", _("hard disk")
        DVD = "dvd", _("DVD")
        CD = "cd", _("CD")
        SERVER = "server", _("folder on another computer")

    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(unique=True)
    kind = models.CharField(_("Kind of medium"), max_length=8, choices=Kind.choices)
    label = models.CharField(_("Name or serial number on it"), max_length=80, blank=True)
    kept_at = models.CharField(_("Where it is kept"), max_length=160)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    contents = models.TextField(help_text="canonical JSON of the index")
    sha256 = models.CharField(max_length=64, help_text="of the contents")

    class Meta:
        verbose_name = _("medium")
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(self.number)

    @cached_property
    def said(self) -> dict[str, Any]:
        """The index as data."""
        said: dict[str, Any] = json.loads(self.contents)
        return said

    @cached_property
    def last_event(self) -> "MediumEvent | None":
        return next(reversed(self.events.all()), None)

    @cached_property
    def last_check(self) -> "MediumEvent | None":
        return next((each for each in reversed(self.events.all()) if each.kind in MediumEvent.CHECKS), None)


class MediumEvent(Recorded):
    """What became of a medium: handed over, brought back, moved, checked, no longer usable."""

    class Kind(models.TextChoices):
        HANDED_OVER = "handed_over", _("handed over")
        RETURNED = "returned", _("brought back")
        MOVED = "moved", _("moved to another place")
        CHECKED = "checked", _("checked, everything in order")
        FAULTY = "faulty", _("checked, faults found")
        UNUSABLE = "unusable", _("no longer usable")

    CHECKS = (Kind.CHECKED, Kind.FAULTY)

    medium = models.ForeignKey(Medium, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("What happened"), max_length=12, choices=Kind.choices)
    on = models.DateField(_("Day"))
    person = models.CharField(_("Who took, brought or checked it"), max_length=120)
    note = models.CharField(
        _("Details"), max_length=300, blank=True, help_text=_("the new place, the faults")
    )
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("entry of a medium")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.medium} {self.on}: {self.kind}"

    @property
    def status_kind(self) -> str:
        if self.kind in {self.Kind.FAULTY, self.Kind.UNUSABLE}:
            return "refused"
        return "saved" if self.kind == self.Kind.CHECKED else "waiting"
