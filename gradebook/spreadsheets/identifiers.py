"""Identifiers of digits, which spreadsheets love to turn into numbers without their leading zeros."""

import re
from collections.abc import Collection

from gradebook.spreadsheets.header import Cell
from gradebook.spreadsheets.problems import BadValue, Code
from gradebook.spreadsheets.values import text


def digits(value: Cell, lengths: Collection[int], most_lost: int = 1) -> str | None:
    """An identifier of so many digits, as text.

    A number (not text) may have lost up to `most_lost` zeros at its front; they are put back when that leads
    to exactly one of the lengths. Raises BadValue: LOST_ZEROS when it does not, BAD_IDENTIFIER for anything
    else.
    """
    original = text(value)
    if original is None:
        return None
    written = re.sub(r"[\s'’.\-]", "", original) if isinstance(value, str) else original
    if re.fullmatch(r"[0-9]+", written) and len(written) in lengths:
        return written
    is_number = isinstance(value, int | float) and re.fullmatch(r"[0-9]+", written)
    if not is_number or len(written) > max(lengths):
        raise BadValue(Code.BAD_IDENTIFIER, value=original, lengths=sorted(lengths))
    padded = [length for length in lengths if 0 < length - len(written) <= most_lost]
    if len(padded) != 1:
        raise BadValue(Code.LOST_ZEROS, value=written, lengths=sorted(lengths))
    return written.zfill(padded[0])


def ministry_code(value: Cell) -> str | None:
    """Mã định danh Bộ GD&ĐT: 10 digits, from a province code, 01 to 96, so one zero can be lost."""
    return digits(value, (10,), most_lost=1)


def personal_number(value: Cell) -> str | None:
    """Số định danh cá nhân: 12 digits, from a province code, 001 to 096, so two zeros can be lost."""
    return digits(value, (12,), most_lost=2)


def identity_card(value: Cell) -> str | None:
    """Số CMND: 9 digits on the old cards, 12 on the new ones."""
    return digits(value, (9, 12), most_lost=2)


def phone(value: Cell) -> str | None:
    """A telephone number as text; a number of 9 or 10 digits gets back the zero every number begins with."""
    written = text(value)
    lost = isinstance(value, int | float) and written is not None and len(written) in (9, 10)
    return f"0{written}" if lost else written
