"""Cells that hold one of a few words: marks of yes and no, policy groups, boarding.

Sources of the words: the columns Diện chính sách, Cận nghèo, Đoàn viên, Đội viên, Khuyết tật and N.trú/B.trú of the
lists that schools exchange (rules.md §6.1.2).
"""

from collections.abc import Mapping

from gradebook.spreadsheets.header import Cell
from gradebook.spreadsheets.problems import BadValue, Code
from gradebook.spreadsheets.text import plain
from gradebook.spreadsheets.values import text

Words = Mapping[str, str]

# The first wording of each value is the one that is written.
YES_OR_NO: Words = {"x": "yes", "Có": "yes", "1": "yes", "Đúng": "yes", "Không": "no", "0": "no", "Sai": "no"}
POLICY_GROUPS: Words = {
    "Không": "none",
    "Không thuộc diện chính sách": "none",
    "Con liệt sĩ": "martyr",
    "Con liệt sỹ": "martyr",
    "Con thương binh, bệnh binh": "wounded",
    "Con thương binh": "wounded",
    "Con bệnh binh": "wounded",
    "Con người có công với cách mạng": "merit",
    "Con người có công": "merit",
    "Mồ côi không nơi nương tựa": "orphan",
    "Mồ côi": "orphan",
    "Khuyết tật": "disabled",
    "Vùng đặc biệt khó khăn": "remote",
    "Vùng sâu, vùng xa": "remote",
    "Diện chính sách khác": "other",
    "Khác": "other",
}
BOARDINGS: Words = {
    "Không": "none",
    "Ngoại trú": "none",
    "Bán trú": "day",
    "B.trú": "day",
    "Nội trú": "full",
    "N.trú": "full",
}


def choice(value: Cell, words: Words) -> str | None:
    """What the word stands for, None for a blank cell. Raises BadValue: UNKNOWN_CHOICE."""
    written = text(value)
    if written is None:
        return None
    for wording, meaning in words.items():
        if plain(wording) == plain(written):
            return meaning
    raise BadValue(Code.UNKNOWN_CHOICE, value=written, choices=list(words)[:8])


def yes_or_no(value: Cell) -> bool | None:
    found = choice(value, YES_OR_NO)
    return None if found is None else found == "yes"


def policy_group(value: Cell) -> str | None:
    return choice(value, POLICY_GROUPS)


def boarding(value: Cell) -> str | None:
    return choice(value, BOARDINGS)


def word(meaning: str, words: Words) -> str:
    """The wording that is written, "" for what has none."""
    return next((wording for wording, each in words.items() if each == meaning), "")
