"""The catalogue of what a school rules for itself: each setting in its chapter, and what the portal does with it.

Where the five regulations differ is data, never a branch on a school (duties.md 6.1, 6.2, 7). A page must not promise
what the program does not do: `effect` says which rules are enforced and which are kept for people to follow.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gradebook.models import Policy


class Effect(models.TextChoices):
    ENFORCED = "enforced", gettext_lazy("the portal enforces it")
    RECORDED = "recorded", gettext_lazy("recorded for people")


@dataclass(frozen=True, slots=True)
class Setting:
    """A column of `Policy`. `how` says what the portal does where the label could promise more."""

    name: str
    effect: Effect = Effect.RECORDED
    how: Any = ""

    @property
    def field(self) -> "models.Field[Any, Any]":
        return cast("models.Field[Any, Any]", Policy._meta.get_field(self.name))

    @property
    def label(self) -> str:
        text = str(self.field.verbose_name)
        return text[:1].upper() + text[1:]

    def of(self, policy: Policy) -> Any:
        return getattr(policy, self.name)

    def text(self, value: Any) -> str:
        """A value in words."""
        if value is None or value == "":
            return _("not ruled")
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        return str(dict(self.field.flatchoices).get(value, value))


@dataclass(frozen=True, slots=True)
class Chapter:
    title: Any
    settings: tuple[Setting, ...]


CHAPTERS = (
    Chapter(
        gettext_lazy("Corrections after the lock"),
        (
            Setting(
                "correction_decider",
                Effect.ENFORCED,
                gettext_lazy("The principal always may, and whoever holds a delegation."),
            ),
            Setting(
                "correction_endorsement",
                Effect.ENFORCED,
                gettext_lazy("Where a teacher has no other head, a vice-principal confirms."),
            ),
            Setting(
                "correction_evidence",
                Effect.ENFORCED,
                gettext_lazy(
                    "Re-markings, make-up tests and oral marks always do; this is about the others."
                ),
            ),
            Setting(
                "correction_witnesses",
                Effect.ENFORCED,
                gettext_lazy("Each confirms with the own sign-in, within two hours of the execution."),
            ),
            Setting(
                "homeroom_signs_minutes",
                Effect.ENFORCED,
                gettext_lazy("The homeroom teacher confirms being present when it is carried out."),
            ),
            Setting(
                "correction_days_before_exam",
                Effect.ENFORCED,
                gettext_lazy("Later requests are approved by the principal in person only, with a reason."),
            ),
            Setting(
                "correction_days_after_print",
                Effect.ENFORCED,
                gettext_lazy("The first check sheet printed once the tests have begun counts."),
            ),
            Setting(
                "correction_days_after_lock",
                Effect.ENFORCED,
                gettext_lazy(
                    "Where two last days meet, the first counts. A book opened and locked again counts anew."
                ),
            ),
            Setting(
                "correction_reminder_days",
                Effect.ENFORCED,
                gettext_lazy("By e-mail, once for each step that waits; the dossier says so."),
            ),
            Setting(
                "correction_report_days",
                Effect.ENFORCED,
                gettext_lazy("By e-mail and on the principal's home page, once for each step that waits."),
            ),
        ),
    ),
    Chapter(
        gettext_lazy("Marks"),
        (
            Setting(
                "whole_regular_marks",
                Effect.ENFORCED,
                gettext_lazy(
                    "Periodic marks keep one decimal, in primary school none: the circulars say so."
                ),
            ),
            Setting("regular_marks_weekday"),
            Setting("midterm_marks_days"),
        ),
    ),
    Chapter(
        gettext_lazy("Attendance, profiles and discipline"),
        (
            Setting("half_days", Effect.ENFORCED),
            Setting(
                "attendance_rhythm", how=gettext_lazy("The home page of the homeroom teacher asks for it.")
            ),
            Setting(
                "attendance_closing_day",
                how=gettext_lazy(
                    "The home page reminds the homeroom teacher, and shows the leaders who is late."
                ),
            ),
            Setting("weekly_remarks"),
            Setting("profile_deadline", Effect.ENFORCED),
        ),
    ),
    Chapter(
        gettext_lazy("Checks, reports and results"),
        (
            Setting("monthly_check"),
            Setting("report_from_day"),
            Setting("report_until_day"),
            Setting("blank_book_deadline"),
            Setting(
                "results_approver",
                how=gettext_lazy("In the portal the principal decides, or whoever holds a delegation."),
            ),
        ),
    ),
)
SETTINGS = {setting.name: setting for chapter in CHAPTERS for setting in chapter.settings}
FIXED_BY_MARKS = frozenset({"whole_regular_marks"})
"""Once a class of the level has a mark, these stand for the year, as the assessment rules do."""


@dataclass(frozen=True, slots=True)
class Change:
    """One setting before and after. `fixed`: it cannot change any more."""

    setting: Setting
    before: Any
    after: Any
    fixed: bool = False

    @property
    def texts(self) -> tuple[str, str]:
        return self.setting.text(self.before), self.setting.text(self.after)
