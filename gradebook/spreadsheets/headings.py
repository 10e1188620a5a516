"""Recognises the headings of a table, however they are typed.

The ministry, the vendors and the schools write one heading in many ways; a table of aliases says which mean
the same.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gradebook.spreadsheets.text import plain

# Which pupil, and which column of marks: "full_name", ("regular", 2).
Key = str | tuple[str | int, ...]
IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def heading_key(heading: str) -> str:
    """What is left of a heading for comparison: plain text, with y written as i (kỳ and kì, lý and lí)."""
    return plain(heading).replace("y", "i")


# A merged title over several columns that adds nothing to the headings below it.
NEUTRAL_GROUPS = frozenset(
    map(
        heading_key, ["Thông tin học sinh", "Thông tin cá nhân", "Học sinh", "Lý lịch", "Kết quả", "Đánh giá"]
    )
)


def joined(upper: str, lower: str) -> str:
    """One heading out of a group title and the heading below it."""
    if not lower or not upper or heading_key(upper) in NEUTRAL_GROUPS:
        return lower or upper
    return f"{upper} {lower}"


@dataclass(frozen=True)
class Headings:
    """The columns a table may have: each key with its headings, the official one first.

    `required` keys must be there; `wide` keys take in a column without heading on their right (a name split
    in two columns). Raises ValueError when one heading would mean two keys.
    """

    aliases: Mapping[Key, Sequence[str]]
    required: Sequence[Key]
    wide: frozenset[Key] = frozenset()
    keys: Mapping[str, Key] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        keys: dict[str, Key] = {}
        for key, headings in self.aliases.items():
            for heading in headings:
                if keys.setdefault(heading_key(heading), key) != key:
                    raise ValueError(heading)
        object.__setattr__(self, "keys", keys)

    def key(self, heading: str) -> Key | None:
        """The key a heading stands for, None when it is not known. Remarks in brackets are optional."""
        whole = self.keys.get(heading_key(heading))
        return whole if whole is not None else self.keys.get(heading_key(IN_BRACKETS.sub(" ", heading)))

    def official(self, key: Key) -> str:
        return self.aliases[key][0]


@dataclass(frozen=True)
class Matched:
    """Which position holds which key; what is required but missing; unknown and repeated positions."""

    positions: Mapping[Key, int]
    missing: Sequence[Key]
    unknown: Sequence[int]
    repeated: Mapping[Key, Sequence[int]]


def match(columns: Iterable[str], headings: Headings) -> Matched:
    return sort_out([headings.key(heading) for heading in columns], headings)


def sort_out(keys: Iterable[Key | None], headings: Headings) -> Matched:
    """What a table has whose columns hold these keys, None for a column that is not read."""
    found: dict[Key, list[int]] = defaultdict(list)
    unknown = []
    for position, key in enumerate(keys):
        if key is None:
            unknown.append(position)
        else:
            found[key].append(position)
    return Matched(
        positions={key: places[0] for key, places in found.items()},
        missing=[key for key in headings.required if key not in found],
        unknown=unknown,
        repeated={key: places for key, places in found.items() if len(places) > 1},
    )
