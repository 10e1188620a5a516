"""Decides whether an uploaded file may be opened at all.

Sources: OWASP File Upload and CSV Injection cheat sheets; ECMA-376 for where macros, links and formulas live.
Formulas are refused, not evaluated: a spreadsheet keeps the last computed value beside each, and nothing says
that it is current. Only in a file whose every value is shown to its author before it counts (`computed`) do the
computed values stand. Error values are refused because the reader of the values would show them as blank cells.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath

from openpyxl.utils import get_column_letter

from gradebook.spreadsheets.package import Limits, open_package, stream_parts
from gradebook.spreadsheets.parts import (
    Elements,
    Part,
    SharedStrings,
    Worksheet,
    relationships_path,
    relative,
)
from gradebook.spreadsheets.problems import Code, UnsafeFile

DEFAULT_LIMITS = Limits()
WANTED = ".xlsx"

# Pieces of content types, relationship types and part names; the first that is found decides.
FORBIDDEN: Sequence[tuple[str, Code]] = (
    ("sheet.binary", Code.SAVE_AS_XLSX),
    ("vbaproject", Code.MACROS),
    ("macroenabled", Code.MACROS),
    ("macrosheet", Code.MACROS),
    ("externallink", Code.EXTERNAL_LINK),
    ("querytable", Code.EXTERNAL_LINK),
    ("connections", Code.EXTERNAL_LINK),
    ("oleobject", Code.EMBEDDED_OBJECT),
    ("activex", Code.EMBEDDED_OBJECT),
    ("xl/embeddings/", Code.EMBEDDED_OBJECT),
)
PLAIN_SHEETS = ("chartsheet", "dialogsheet")


def check_upload(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS, *, computed: bool = False) -> None:
    """Return if `data`, uploaded under the file name `name`, is a harmless .xlsx workbook.

    `computed`: formulas are let through with the values computed for them.

    Raises UnsafeFile with a code of the first group of `problems.Code`.
    """
    if not data:
        raise UnsafeFile(Code.EMPTY_FILE)
    if len(data) > limits.file_bytes:
        raise UnsafeFile(Code.FILE_TOO_LARGE, size=len(data), limit=limits.file_bytes)
    extension = PurePath(name).suffix.casefold()
    if extension != WANTED:
        raise UnsafeFile(Code.SAVE_AS_XLSX, extension=extension)
    with open_package(data, limits) as package:
        _refuse_forbidden(package.namelist())
        parts = {part.path: part for part in stream_parts(package, limits)}
    _check_kinds(parts.values())
    _check_sheets(parts, limits, computed)


def _refuse_forbidden(words: Iterable[str], part: str | None = None) -> None:
    for word in words:
        for piece, code in FORBIDDEN:
            if piece in word.casefold():
                raise UnsafeFile(code, part=part or word, extension=WANTED)


def _check_kinds(parts: Iterable[Part]) -> None:
    for part in parts:
        if not isinstance(part.seen, Elements):
            continue
        for element, attributes in part.seen.listed:
            if element in ("Default", "Override"):
                _refuse_forbidden(
                    [attributes.get("ContentType", "")], part=attributes.get("PartName", part.path)
                )
            elif element == "Relationship":
                _check_relationship(part.path, attributes)


def _check_relationship(path: str, attributes: Mapping[str, str]) -> None:
    kind = attributes.get("Type", "")
    _refuse_forbidden([kind], part=path)
    # Excel makes a link of every e-mail address that is typed; such a link fetches nothing by itself.
    if attributes.get("TargetMode") == "External" and not kind.endswith("/hyperlink"):
        raise UnsafeFile(Code.EXTERNAL_LINK, part=path)


def _check_sheets(parts: Mapping[str, Part], limits: Limits, computed: bool) -> None:
    texts = 0
    for name, part in _named_sheets(parts):
        if isinstance(part.seen, Worksheet):
            _check_sheet(name, part.seen, limits, computed)
            texts += _shared_text(part, parts)
    if texts > limits.text:
        raise UnsafeFile(Code.UNPACKS_TOO_LARGE, part="sharedStrings", limit=limits.text)


def _named_sheets(parts: Mapping[str, Part]) -> list[tuple[str, Part]]:
    """The sheets the reader will offer, by the names people see, found in the way the reader finds them."""
    workbooks = [part for part in parts.values() if part.root == "workbook"]
    if not workbooks:
        raise UnsafeFile(Code.NOT_A_WORKBOOK)
    workbook = workbooks[0]
    links = parts.get(relationships_path(workbook.path))
    if len(workbooks) > 1 or links is None:
        raise UnsafeFile(Code.DAMAGED, part=workbook.path)
    targets = _targets(workbook.path, links)
    sheets = [attributes for element, attributes in _listed(workbook) if element == "sheet"]
    return [(sheet.get("name", ""), _sheet_part(parts, targets.get(sheet.get("id", "")))) for sheet in sheets]


def _targets(source: str, links: Part) -> dict[str, str]:
    relationships = [attributes for element, attributes in _listed(links) if element == "Relationship"]
    targets = {each.get("Id", ""): relative(source, each.get("Target", "")) for each in relationships}
    if len(targets) != len(relationships):
        raise UnsafeFile(Code.DAMAGED, part=links.path)
    return targets


def _listed(part: Part) -> list[tuple[str, dict[str, str]]]:
    return part.seen.listed if isinstance(part.seen, Elements) else []


def _sheet_part(parts: Mapping[str, Part], path: str | None) -> Part:
    part = parts.get(path or "")
    if part is None or (part.root != "worksheet" and part.root not in PLAIN_SHEETS):
        raise UnsafeFile(Code.DAMAGED, part=path)
    return part


def _check_sheet(name: str, sheet: Worksheet, limits: Limits, computed: bool) -> None:
    if sheet.last_row * sheet.last_column > limits.cells:
        corner = f"{get_column_letter(sheet.last_column)}{sheet.last_row}"
        raise UnsafeFile(Code.TOO_MANY_CELLS, sheet=name, cell=corner, limit=limits.cells)
    if cell := sheet.hollow if computed else sheet.formula:
        raise UnsafeFile(Code.FORMULA, sheet=name, cell=cell)
    if sheet.error:
        raise UnsafeFile(Code.ERROR_CELL, sheet=name, cell=sheet.error)


def _shared_text(sheet: Part, parts: Mapping[str, Part]) -> int:
    """How many characters the cells hold once every shared string is copied into each cell that uses it."""
    lengths = [part.seen.lengths for part in parts.values() if isinstance(part.seen, SharedStrings)]
    used = sheet.seen.strings if isinstance(sheet.seen, Worksheet) else {}
    if len(lengths) > 1 or any(not 0 <= index < len(lengths[0] if lengths else []) for index in used):
        raise UnsafeFile(Code.DAMAGED, part=sheet.path)
    return sum(lengths[0][index] * times for index, times in used.items())
