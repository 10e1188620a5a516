"""The school's rules as tables: levels side by side, and the five regulations beside what stands now."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gradebook.models import Level, Policy, SchoolClass, SchoolYear
from gradebook.policy_presets import PRESETS, Preset, clauses
from gradebook.policy_settings import CHAPTERS, Setting


@dataclass(frozen=True, slots=True)
class Overview:
    policies: tuple[Policy, ...]
    chapters: tuple[tuple[Any, tuple["Row", ...]], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A setting, and for each column its heading, the value in words, and the clause that rules it there."""

    setting: Setting
    cells: tuple[tuple[str, str, str], ...]
    clauses: tuple[str, ...] = ()


def overview(year: SchoolYear | None) -> Overview:
    """The levels that have classes in the year; all three before there is a class."""
    rows = {policy.level: policy for policy in Policy.objects.filter(year=year).select_related("year")}
    grades = (
        SchoolClass.objects.filter(year=year).values_list("grade", flat=True).distinct().order_by("grade")
    )
    taught = {Level.of_grade(grade) for grade in grades} or set(Level)
    policies = tuple(rows[level] for level in Level if level in rows and level in taught)
    return Overview(policies, tuple(_chapters(policies)))


def comparison(policy: Policy) -> list[tuple[Any, tuple[Row, ...]]]:
    """By chapter: what stands now, then each regulation; silence is an empty text."""
    return [
        (chapter.title, tuple(_compared(setting, policy) for setting in chapter.settings))
        for chapter in CHAPTERS
    ]


def _chapters(policies: tuple[Policy, ...]) -> Iterator[tuple[Any, tuple[Row, ...]]]:
    for chapter in CHAPTERS:
        yield chapter.title, tuple(_standing(setting, policies) for setting in chapter.settings)


def _standing(setting: Setting, policies: tuple[Policy, ...]) -> Row:
    cells = tuple(
        (str(Level(policy.level).label), setting.text(setting.of(policy)), "") for policy in policies
    )
    return Row(setting, cells, tuple(clauses(setting.name)))


def _compared(setting: Setting, policy: Policy) -> Row:
    ruled = (_ruled(preset, setting, policy.year) for preset in PRESETS.values())
    return Row(setting, ((_("Now"), setting.text(setting.of(policy)), ""), *ruled))


def _ruled(preset: Preset, setting: Setting, year: SchoolYear) -> tuple[str, str, str]:
    if setting.name not in preset.rules:
        return preset.code, "", ""
    return preset.code, setting.text(preset.value(setting.name, year)), preset.rules[setting.name][1]
