"""What the grid's script is told: its words, and each column's name, its rule, and why nothing can be typed there.

The script only says sooner what the server would say; `entries.parse` stays the judge.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils.translation import get_language

from gradebook.assessment.cells import HIGHEST
from gradebook.assessment.schemes import UnknownScheme
from gradebook.column_rules import rules_with
from gradebook.entries import COMMENT_MAX, COUNT_MAX, Rules
from gradebook.grid_words import GRID_WORDS
from gradebook.models import Column, Course
from gradebook.refusals import sentence_of
from gradebook.sheet import Sheet, SheetColumn

MOST_REQUESTED = 120
"""Cells in one request: two columns of a class, entered one column too far. Their names fit into an address."""
_SAID = (
    *(
        "not-a-number",
        "out-of-range",
        "too-many-decimals",
        "whole-number",
        "no-zero",
        "not-a-count",
        "too-long",
    ),
    *("locked", "not-yours", "not-in-summer"),
)


def grid_facts(course: Course, sheet: Sheet) -> dict[str, Any]:
    """JSON data: `columns` by id, `sentences`, the reasons by code, `most` cells in a request, `words`. No query."""
    rules = sheet_rules(sheet)
    columns: dict[str, dict[str, Any]] = {
        str(column.pk): {
            "label": _label(column),
            "period": group.label,
            "rule": rule_facts(rules[column.pk]) if column.pk in rules else None,
            "refusal": _refusal(column),
        }
        for group in sheet.groups
        for column in group.columns
    }
    codes = {fact["rule"]["code"] for fact in columns.values() if fact["rule"] and "code" in fact["rule"]}
    return {
        "columns": columns,
        "sentences": {code: sentence_of(code) for code in sorted({*_SAID, *codes})},
        "most": MOST_REQUESTED,
        "words": _words(get_language()),
    }


@cache
def _words(language: str | None) -> dict[str, str]:
    """In the language spoken now; some eighty look-ups, the same for everybody who speaks it."""
    return {key: str(text) for key, text in GRID_WORDS.items()}


def rule_facts(rules: Rules) -> dict[str, Any]:
    """`form` comment, count, level or score with its bounds; `code` names the reason where there is but one."""
    if rules.column_kind == Column.Kind.COMMENT:
        return {"form": "comment", "maximum": COMMENT_MAX}
    facts: dict[str, Any] = {"absence": rules.absence}
    if rules.column_kind in Column.COUNTED:
        return facts | {"form": "count", "maximum": COUNT_MAX, "code": "not-a-count"}
    if rules.scale:
        levels = [text for member in reversed(rules.scale) for text in (member.value, member.word)]
        return facts | {"form": "level", "levels": levels, "code": f"not-a-level-{rules.scale.__name__}"}
    return facts | {"form": "score", "maximum": int(HIGHEST), "whole": rules.whole, "zero": rules.zero}


def sheet_rules(sheet: Sheet) -> Mapping[int, Rules]:
    """By column. None under rules nobody knows: then the server alone speaks."""
    try:
        return rules_with(sheet.course, sheet.columns, whole_regular=sheet.whole_regular)
    except UnknownScheme:
        return {}


def _label(column: SheetColumn) -> str:
    return f"{column.label} {column.strand}".strip()


def _refusal(column: SheetColumn) -> str:
    if not column.is_owned:
        return "not-yours"
    return "" if column.is_open else "locked"
