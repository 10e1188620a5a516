"""The work of making an edition's file."""

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import JobQuerySet, Work
from archive.models.editions import Edition, EditionNeverChanges
from archive.models.orders import PaperOrder


class RenderingQuerySet(JobQuerySet):
    def queued(self) -> "RenderingQuerySet":
        """Those of a paused order wait until it goes on."""
        found: RenderingQuerySet = super().queued().exclude(order__state=PaperOrder.State.PAUSED)  # type: ignore[assignment]
        return found


class Rendering(Work):
    """The job itself, of which the broker's message is only a copy.

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
        PUPILS = "pupils", _("A table does not list every pupil of the class. Report it: nothing was issued.")
        CANCELLED = "cancelled", _("The order was cancelled before this was printed.")
        UNEXPECTED = (
            "unexpected",
            _("The book could not be printed. Try again; if it fails again, report it."),
        )

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="rendering")
    order = models.ForeignKey(
        PaperOrder, on_delete=models.PROTECT, null=True, blank=True, related_name="renderings"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    failure = models.CharField(max_length=12, choices=Failure.choices, blank=True)

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
