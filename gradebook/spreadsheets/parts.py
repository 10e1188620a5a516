"""Streams the XML parts of a workbook past small observers, which note what makes a file unsafe.

Element and attribute names: ECMA-376 part 1 (SpreadsheetML, relationships) and part 2 (content types).
Prefixes are ignored, as the reader of the values ignores them.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from openpyxl.utils import column_index_from_string, get_column_letter

from gradebook.spreadsheets.problems import Code, UnsafeFile

REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
MOST_NOTES = 1_000_000
Attributes = Mapping[str, str]


@lru_cache(maxsize=256)
def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


class Observer:
    """Sees the elements of one part; the base ignores them all."""

    notes = 0

    def note(self) -> None:
        """Count what is about to be remembered, so that no part can fill the memory with tiny elements."""
        self.notes += 1
        if self.notes > MOST_NOTES:
            raise ValueError(self.notes)

    def start(self, name: str, attributes: Attributes) -> None:
        pass

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


class Worksheet(Observer):
    """How far the filled cells reach, the first formula and error value, and the shared strings in use.

    `hollow`: the first formula without the value that a spreadsheet program last computed for it.
    """

    def __init__(self) -> None:
        self.formula: str | None = None
        self.hollow: str | None = None
        self.error: str | None = None
        self.last_row = self.last_column = 0
        self.strings: Counter[int] = Counter()
        self._row = self._column = 0
        self._kind = ""
        self._inside = self._waits = self._in_value = False
        self._index: list[str] | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        match name:
            case "c":
                self._open_cell(attributes)
            case "v" | "is":
                self._fill()
                self._in_value = True
                self._index = [] if self._kind == "s" else None
            case "f" if self._inside:  # outside a cell it belongs to a drop-down list or a sparkline
                self.formula = self.formula or self._where()
                self._waits = self._kind != "str"  # a text that is computed may be empty
            case "row":
                self._row = int(attributes.get("r", self._row + 1))
                self._column = 0

    def end(self, name: str) -> None:
        if name == "c":
            if self._waits:
                self.hollow = self.hollow or self._where()
            self._inside = self._waits = self._in_value = False
        elif name == "v" and self._index is not None:
            self.strings[int("".join(self._index))] += 1
            self._index = None

    def text(self, data: str) -> None:
        if self._index is not None:
            self._index.append(data)
        if self._in_value:
            self._waits = False

    def _open_cell(self, attributes: Attributes) -> None:
        self._inside = True
        self._kind = attributes.get("t", "")
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
            return
        found = REFERENCE.fullmatch(reference)
        if not found:
            raise ValueError(reference)
        self._row, self._column = int(found[2]), column_index_from_string(found[1].upper())
        if self._row > LAST_ROW or self._column > LAST_COLUMN:
            raise ValueError(reference)

    def _fill(self) -> None:
        self.note()
        self.last_row = max(self.last_row, self._row)
        self.last_column = max(self.last_column, self._column)
        if self._kind == "e":
            self.error = self.error or self._where()

    def _where(self) -> str:
        return f"{get_column_letter(self._column)}{self._row}"


class SharedStrings(Observer):
    """The length of every shared string."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self.note()
            self.lengths.append(0)

    def text(self, data: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(data)


class Elements(Observer):
    """The attributes of the elements that matter, for the short parts that only list things."""

    NAMES = ("Default", "Override", "Relationship", "sheet")

    def __init__(self) -> None:
        self.listed: list[tuple[str, dict[str, str]]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name in self.NAMES:
            self.note()
            self.listed.append((name, {local(key): value for key, value in attributes.items()}))


OBSERVERS: Mapping[str, type[Observer]] = {
    "worksheet": Worksheet,
    "sst": SharedStrings,
    "Types": Elements,
    "Relationships": Elements,
    "workbook": Elements,
}


@dataclass(frozen=True)
class Part:
    """One XML part: its path in the package, the name of its root element, and what its observer noted."""

    path: str
    root: str
    seen: Observer


@dataclass
class _Stream:
    """Chooses the observer by the root element, then gets out of the way."""

    path: str
    root: str = ""
    seen: Observer = field(default_factory=Observer)

    def __post_init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._begin

    def _refuse_doctype(self, *_: object) -> None:
        raise UnsafeFile(Code.DOCTYPE, part=self.path)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self.root = local(name)
        self.seen = seen = OBSERVERS.get(self.root, Observer)()
        if type(seen) is Observer:
            self.parser.StartElementHandler = None
            return
        self.parser.StartElementHandler = lambda name, attributes: seen.start(local(name), attributes)
        self.parser.EndElementHandler = lambda name: seen.end(local(name))
        self.parser.CharacterDataHandler = seen.text


def observe(path: str, chunks: Iterable[bytes]) -> Part:
    """Stream one XML part through its observer.

    Raises UnsafeFile: DOCTYPE; DAMAGED when it is not well-formed, or a reference or number in it is
    nonsense. Drawings of cell notes (.vml) are forgiven: Excel itself writes them with unclosed tags, and no
    value is read from them.
    """
    stream = _Stream(path)
    try:
        for chunk in chunks:
            stream.parser.Parse(chunk, False)
        stream.parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        forgiven = path.endswith(".vml") and type(stream.seen) is Observer
        if not forgiven:
            raise UnsafeFile(Code.DAMAGED, part=path) from error
    return Part(path, stream.root, stream.seen)


def relative(source: str, target: str) -> str:
    """The package path of a relationship's target, seen from the part `source`."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target)).lstrip("/")


def relationships_path(path: str) -> str:
    folder, name = posixpath.split(path)
    return posixpath.join(folder, "_rels", f"{name}.rels")
