"""What a dossier said at a step of its way, kept because the records go on changing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.recorded import Recorded
from corrections.models.requests import CorrectionRequest


class FrozenEffects(Recorded):
    """The effects, before and after, as they were when the request was decided or carried out (rules §5.3)."""

    class Step(models.TextChoices):
        DECISION = "decision", _("decision")
        EXECUTION = "execution", _("execution")

    request = models.ForeignKey(CorrectionRequest, on_delete=models.PROTECT, related_name="frozen_effects")
    step = models.CharField(max_length=9, choices=Step.choices)
    payload = models.JSONField(help_text=_("as `corrections.effects` computes it"))

    class Meta:
        ordering = ["request", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "step"], name="corrections_frozeneffects_once")
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.get_step_display()}"
