"""What the schedule told whom by e-mail: kept so that nobody is told twice, and so that the dossier can say it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from corrections.models.requests import CorrectionRequest, Status


class Digest(models.Model):
    """The one letter a day to a person for whom something waits."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    requests = models.PositiveIntegerField(help_text=_("how many the letter lists"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="corrections_digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.user}, {self.day:%d/%m/%Y}"


class Notice(models.Model):
    """A step of a request waited longer than the school's policy allows: its people were reminded, or the principal
    was told. Once for each step that waits."""

    class Kind(models.TextChoices):
        REMINDER = "reminder", _("reminded")
        REPORT = "report", _("reported to the principal")

    request = models.ForeignKey(CorrectionRequest, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    state = models.CharField(max_length=25, choices=Status.choices, help_text=_("what it waited for"))
    waiting_since = models.DateTimeField()
    told = models.TextField(help_text=_("names of whom it was sent to"))
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["request", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "kind", "waiting_since"], name="corrections_notice_once_a_step"
            )
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.get_kind_display()}"
