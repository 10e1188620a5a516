"""Turns single cells into values: None for a blank cell, BadValue with a code for what does not fit.

Excel changes what people type: numbers lose their zeros, dates become serial numbers, "7.5" becomes the 7th
of May. What can be restored with certainty is restored; the rest is refused.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from gradebook.spreadsheets.header import Cell
from gradebook.spreadsheets.problems import BadValue, Code
from gradebook.spreadsheets.text import clean, number_text, plain

FIRST_YEAR, LAST_YEAR = 1900, 2099
# Excel's day 0. Serial numbers of five digits are the days from May 1927 on.
SERIAL_ZERO = date(1899, 12, 30)
DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})")
YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
MIDNIGHT = re.compile(r"[ T]0{1,2}:00(:00)?$")
MARK = re.compile(r"[+-]?\d{1,6}([.,]\d{1,6})?")


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


SEXES = {"nam": Sex.MALE, "nu": Sex.FEMALE}


def text(value: Cell) -> str | None:
    """Clean text; a number as its digits, a date as dd/MM/yyyy. Raises BadValue: UNEXPECTED_VALUE."""
    if value is None or isinstance(value, str):
        return clean(value or "") or None
    if isinstance(value, bool | time | timedelta):
        raise BadValue(Code.UNEXPECTED_VALUE, value=str(value))
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return number_text(value)


def typed(value: Cell) -> str:
    """What the person typed, "" for nothing: the decimal comma stays, a number gets one.

    Raises BadValue: UNEXPECTED_DATE for a date, since nobody types dates into marks and comments.
    """
    if isinstance(value, date):
        raise BadValue(Code.UNEXPECTED_DATE, value=text(value))
    if isinstance(value, int | float):
        return (text(value) or "").replace(".", ",")
    return text(value) or ""


def decimal(value: Cell) -> Decimal | None:
    """A mark: 7,5 or 7.5 or 7.5 as a number. Raises BadValue: BAD_NUMBER or as `typed`."""
    written = typed(value)
    if not written:
        return None
    if not MARK.fullmatch(written):
        raise BadValue(Code.BAD_NUMBER, value=written)
    return Decimal(written.replace(",", "."))


def name(value: Cell) -> str | None:
    """A person's name on one line. Raises BadValue: BAD_NAME when a character cannot be part of one."""
    written = text(value)
    if written is None:
        return None
    written = " ".join(written.split())
    if not all(letter.isalpha() or letter in " '’.-" for letter in written) or not any(
        map(str.isalpha, written)
    ):
        raise BadValue(Code.BAD_NAME, value=written)
    return written


def day(value: Cell) -> date | None:
    """A date: a real one, its serial number, dd/MM/yyyy with / - or . between, or yyyy-MM-dd.

    Raises BadValue: BAD_DATE, IMPOSSIBLE_DATE, TWO_DIGIT_YEAR or DATE_OUT_OF_RANGE (1900 to 2099).
    """
    if text(value) is None:
        return None
    found = _day(value)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadValue(Code.DATE_OUT_OF_RANGE, value=str(found), first=FIRST_YEAR, last=LAST_YEAR)
    return found


def _day(value: Cell) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    written = MIDNIGHT.sub("", text(value) or "").strip()
    if re.fullmatch(r"\d{5}", written):
        return SERIAL_ZERO + timedelta(days=int(written))
    return _written_day(written)


def _written_day(written: str) -> date:
    if found := DAY_FIRST.fullmatch(written):
        day_number, month, year = found.groups()
    elif found := YEAR_FIRST.fullmatch(written):
        year, month, day_number = found.groups()
    else:
        raise BadValue(Code.BAD_DATE, value=written)
    if len(year) == 2:
        raise BadValue(Code.TWO_DIGIT_YEAR, value=written)
    try:
        return date(int(year), int(month), int(day_number))
    except ValueError as error:
        raise BadValue(Code.IMPOSSIBLE_DATE, value=written) from error


def year(value: Cell) -> int | None:
    """A year of birth of four digits, or the year of a whole date. Raises BadValue: BAD_YEAR."""
    if isinstance(value, date):
        return value.year
    written = text(value)
    if written is None:
        return None
    if not re.fullmatch(r"(19|20)\d\d", written):
        raise BadValue(Code.BAD_YEAR, value=written)
    return int(written)


def count(value: Cell) -> int | None:
    """A whole number from 1. Raises BadValue: BAD_COUNT."""
    written = text(value)
    if written is None:
        return None
    if not re.fullmatch(r"0*[1-9][0-9]{0,8}", written):
        raise BadValue(Code.BAD_COUNT, value=written)
    return int(written)


def sex(value: Cell) -> Sex | None:
    """Raises BadValue: BAD_SEX."""
    written = text(value)
    if written is None:
        return None
    if plain(written) not in SEXES:
        raise BadValue(Code.BAD_SEX, value=written)
    return SEXES[plain(written)]


def class_name(value: Cell) -> str | None:
    """A class, 6A1 or 12.6. Raises BadValue: UNEXPECTED_DATE, or AMBIGUOUS_CLASS for the number 10.1."""
    if isinstance(value, date):
        raise BadValue(Code.UNEXPECTED_DATE, value=text(value))
    written = text(value)
    if isinstance(value, float) and re.fullmatch(r"\d+\.[12]", written or ""):
        raise BadValue(Code.AMBIGUOUS_CLASS, value=written)
    return written


def grade(value: Cell) -> int | None:
    """Khối 1 to 12, also written "Khối 6" or "Lớp 6". Raises BadValue: BAD_GRADE."""
    written = text(value)
    if written is None:
        return None
    found = re.fullmatch(r"(?:khoi |lop )?0?([1-9]|1[0-2])", plain(written))
    if not found:
        raise BadValue(Code.BAD_GRADE, value=written)
    return int(found[1])
