"""The placeholders of the comment bank: which there are, and what comes in their place. Knows nothing of Django."""

import re
import unicodedata
from collections.abc import Mapping

GIVEN_NAME, FULL_NAME, SUBJECT, SCORE = "tên", "họ tên", "môn", "điểm"
PLACEHOLDERS = (GIVEN_NAME, FULL_NAME, SUBJECT, SCORE)
"""`điểm` is the average of the semester, with a decimal comma."""

_BRACED = re.compile(r"\{([^{}]*)\}")


class UnknownPlaceholder(ValueError):
    """Something in braces that no pupil has, or a brace without its other half. `found`: as it was typed."""

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


class EmptyPlaceholder(ValueError):
    """This pupil has nothing to put there yet. `name`: of the placeholder."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def canonical(text: str) -> str:
    """NFC, one blank between words, every placeholder as listed: `{ Họ  Tên }` is `{họ tên}`.

    Raises UnknownPlaceholder.
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    rest = _BRACED.sub("", text)
    if stray := re.search(r"[{}]", rest):
        raise UnknownPlaceholder(stray.group())
    return _BRACED.sub(_known, text)


def resolve(text: str, values: Mapping[str, str]) -> str:
    """The phrase for one pupil. `text` is canonical. Raises EmptyPlaceholder rather than leave a gap."""
    return _BRACED.sub(lambda found: _value(found.group(1), values), text)


def _known(found: re.Match[str]) -> str:
    name = " ".join(found.group(1).casefold().split())
    if name not in PLACEHOLDERS:
        raise UnknownPlaceholder(found.group())
    return f"{{{name}}}"


def _value(name: str, values: Mapping[str, str]) -> str:
    if not values.get(name):
        raise EmptyPlaceholder(name)
    return values[name]
