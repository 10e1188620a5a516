"""Five regulations to start from: what each rules, with the clause. What a regulation is silent about is not here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from gradebook.models import Policy, SchoolYear
from gradebook.policy_settings import FIXED_BY_MARKS, SETTINGS, Change

_D, _W, _R = Policy.Decider, Policy.Witness, Policy.Rhythm


@dataclass(frozen=True, slots=True)
class AutumnDay:
    """A day of the calendar year in which the school year begins."""

    month: int
    day: int

    def in_year(self, year: SchoolYear) -> date:
        return max(year.starts_on, date(year.starts_on.year, self.month, self.day))


@dataclass(frozen=True, slots=True)
class Preset:
    """`rules`: by setting, the value and the clause of this regulation that says so."""

    code: str
    title: Any
    rules: Mapping[str, tuple[Any, str]]

    def value(self, name: str, year: SchoolYear) -> Any:
        value = self.rules[name][0]
        return value.in_year(year) if isinstance(value, AutumnDay) else value

    def clause(self, name: str) -> str:
        return f"{self.code}, {self.rules[name][1]}"

    def changes(self, policy: Policy, *, in_use: bool) -> list[Change]:
        """What it would change now."""
        found = (
            Change(
                setting,
                setting.of(policy),
                self.value(name, policy.year),
                fixed=in_use and name in FIXED_BY_MARKS,
            )
            for name, setting in SETTINGS.items()
            if name in self.rules
        )
        return [change for change in found if change.before != change.after]


PRESETS = {
    preset.code: preset
    for preset in (
        Preset(
            "S0",
            _("Regulation of a primary school, 2024 (decision 74)"),
            {
                "correction_decider": (_D.PRINCIPAL, "C.I.1.a"),
                "attendance_rhythm": (_R.WEEKLY, "C.I.3.b"),
            },
        ),
        Preset(
            "S1",
            _("Regulation of an upper-secondary school, 2022 (decision 84)"),
            {
                "correction_decider": (_D.VICE_PRINCIPAL, "Điều 11.2"),
                "correction_endorsement": (True, "Điều 11.2"),
                "correction_evidence": (True, "Điều 11.2"),
                "correction_witnesses": (_W.PUPILS, "Điều 11.2"),
                "correction_days_before_exam": (7, "Điều 11.2"),
                "correction_days_after_print": (3, "Điều 11.3"),
                "attendance_rhythm": (_R.MONTHLY, "Điều 7.3"),
                "monthly_check": (True, "Điều 4.1.a"),
                "results_approver": (_D.PRINCIPAL, "Điều 3.4"),
            },
        ),
        Preset(
            "S2",
            _("Plan of a primary school, 2024 (plan 233)"),
            {"attendance_rhythm": (_R.WEEKLY, "II.2")},
        ),
        Preset(
            "S3",
            _("Guidance of a lower-secondary school, 2024"),
            {
                "correction_decider": (_D.LEADER, "V (2).4"),
                "correction_witnesses": (_W.THREE, "V (2).4"),
                "homeroom_signs_minutes": (True, "XI.1"),
                "whole_regular_marks": (True, "V (2).1"),
                "regular_marks_weekday": (Policy.Weekday.TUESDAY, "VII.2.7"),
                "midterm_marks_days": (10, "VII.2.7"),
                "attendance_rhythm": (_R.DAILY, "IV.2"),
                "attendance_closing_day": (1, "VII.1.2"),
                "weekly_remarks": (True, "V.3"),
                "profile_deadline": (AutumnDay(9, 15), "VII.1.1"),
                "monthly_check": (True, "V (2).3"),
                "report_from_day": (25, "VII.3.2"),
                "report_until_day": (30, "VII.3.2"),
                "blank_book_deadline": (AutumnDay(9, 15), "V.1"),
                "results_approver": (_D.LEADER, "III.5"),
            },
        ),
        Preset(
            "S4",
            _("Plan of a primary school, 2022 (plan 16)"),
            {
                "correction_decider": (_D.PRINCIPAL, "II.2.3"),
                "correction_witnesses": (_W.SUPERVISED, "II.2.3"),
                "attendance_rhythm": (_R.DAILY, "II.2.3"),
            },
        ),
    )
}


def clauses(name: str) -> list[str]:
    """Where the regulations rule it."""
    return [preset.clause(name) for preset in PRESETS.values() if name in preset.rules]
