"""Vietnamese text as it should be stored, and as it should be compared."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

# Zero-width characters and the soft hyphen come with text pasted from web pages and PDF files.
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
SPACES = re.compile(r"[^\S\n]+")


def clean(text: str) -> str:
    """NFC, ordinary single spaces, no control or invisible characters, no space at either end; lines stay."""
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text.strip()  # nearly every cell, and ten times faster
    text = unicodedata.normalize("NFC", text).translate(INVISIBLE).replace("\r\n", "\n").replace("\r", "\n")
    text = SPACES.sub(" ", text)
    kept = (letter for letter in text if letter == "\n" or unicodedata.category(letter) != "Cc")
    return "".join(kept).strip()


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """For comparison only: no case, no diacritics (đ is d), and one space for each run of anything else."""
    decomposed = unicodedata.normalize("NFKD", text.translate(INVISIBLE).casefold()).replace("đ", "d")
    letters = (letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in letters).split())


def number_text(number: float) -> str:
    """The shortest digits that mean this number, without exponent: 8.0 is "8", 7.5 is "7.5"."""
    return str(int(number)) if float(number).is_integer() else format(Decimal(repr(number)), "f")
