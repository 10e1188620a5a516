"""Class names as an office types them: "6A, 6B", "10A1-10A8", "6/1 - 6/4"."""

import re
import unicodedata
from collections.abc import Iterator

MAX_LENGTH = 10
MOST = 100
"""More classes at once are a slip of the finger."""
_SEPARATOR = re.compile(r"[,;\n]+")
_RANGE = re.compile(r"(?P<first>[^\s-]+)\s*[-–]\s*(?P<last>[^\s-]+)")
_NAME = re.compile(r"(?P<grade>1[0-2]|[1-9])(?P<rest>(?![0-9])[\w./]+)")
_NUMBERED = re.compile(r"(?P<stem>.*?)(?P<number>[0-9]+)")
_LETTERED = re.compile(r"(?P<stem>.*)(?P<letter>[A-ZĐ])")
_LETTERS = "ABCDĐEFGHIJKLMNOPQRSTUVWXYZ"


class BadName(ValueError):
    """`text` is no class name: code `name`, `grade` (it begins with none from 1 to 12), `range` or `many`."""

    def __init__(self, text: str, code: str) -> None:
        super().__init__(text)
        self.text = text
        self.code = code


def parse(typed: str) -> list[str]:
    """The names in the order typed, each once; ranges are spelled out. Raises BadName."""
    names: dict[str, None] = {}
    for part in _SEPARATOR.split(unicodedata.normalize("NFC", typed).upper()):
        for name in _expand(part.strip()):
            names[clean(name)] = None
            if len(names) > MOST:
                raise BadName(part.strip(), "many")
    return list(names)


def clean(name: str) -> str:
    """One name as it is kept. Raises BadName."""
    name = "".join(unicodedata.normalize("NFC", name).upper().split())
    if len(name) > MAX_LENGTH:
        raise BadName(name, "name")
    if not _NAME.fullmatch(name):
        raise BadName(name, "grade")
    return name


def spelled_out(name: str) -> list[str]:
    """The names of a range, as in "6A-6C"; what is no range stands for itself."""
    try:
        return list(_expand(unicodedata.normalize("NFC", name).upper())) if _RANGE.fullmatch(name) else [name]
    except BadName:
        return [name]


def grade_of(name: str) -> int:
    """The grade with which a name begins. Raises BadName."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise BadName(name, "grade")
    return int(found["grade"])


def _expand(part: str) -> Iterator[str]:
    if not part:
        return
    ends = _RANGE.fullmatch(part)
    if ends is None:
        yield part
        return
    first, last = ends["first"], ends["last"]
    steps = _numbers(first, last) or _letters(first, last)
    if not steps:
        raise BadName(part, "range")
    yield from steps


def _numbers(first: str, last: str) -> list[str]:
    one, other = _NUMBERED.fullmatch(first), _NUMBERED.fullmatch(last)
    if one is None or other is None or one["stem"] != other["stem"] or len(other["number"]) > 2:
        return []
    return [f"{one['stem']}{number}" for number in range(int(one["number"]), int(other["number"]) + 1)]


def _letters(first: str, last: str) -> list[str]:
    one, other = _LETTERED.fullmatch(first), _LETTERED.fullmatch(last)
    if one is None or other is None or one["stem"] != other["stem"]:
        return []
    letters = [letter for letter in _LETTERS if letter != "Đ"] if "Đ" not in first + last else list(_LETTERS)
    begin, end = letters.index(one["letter"]), letters.index(other["letter"])
    return [f"{one['stem']}{letter}" for letter in letters[begin : end + 1]]
