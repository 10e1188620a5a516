"""Is a document still PDF/A-3u (ISO 19005-3)? What a structure can show; veraPDF alone may call it conformant.

Looked at: the marks in its metadata, the output intent, identifier and language, that every font is embedded and
can be read as text, that attached files are listed as associated, that annotations print and have an appearance,
and that nothing is encrypted or runs.
"""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pikepdf

Check = Callable[[pikepdf.Pdf], Iterator[str]]
BROKEN = (AttributeError, KeyError, TypeError, ValueError)
"""What a document raises that holds something of another kind than belongs there: one flipped bit is enough."""
PART, CONFORMANCE = "3", "U"
_RUNS = frozenset({"/JavaScript", "/JS", "/Launch", "/XFA", "/RichMedia", "/Movie", "/Sound"})
_HIDES = 0b100011
"""Bits of an annotation's flags: invisible, hidden, no view."""
_PRINTS = 0b100


def faults(content: bytes) -> list[str]:
    """What keeps a document from being PDF/A-3u, as codes; an empty list where nothing was found.

    Raises pikepdf.PdfError when it is no PDF at all.
    """
    with pikepdf.open(BytesIO(content)) as document:
        return [code for check in _CHECKS for code in _found(check, document)]


def _found(check: Check, document: pikepdf.Pdf) -> list[str]:
    try:
        return list(check(document))
    except BROKEN:
        return [f"broken {check.__name__.removeprefix('_')}"]


def _marks(document: pikepdf.Pdf) -> Iterator[str]:
    if "/Metadata" not in document.Root:
        yield "no-metadata"
        return
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        part, conformance = metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance")
    if (part, conformance) != (PART, CONFORMANCE):
        yield "not-marked"


def _whole(document: pikepdf.Pdf) -> Iterator[str]:
    if document.is_encrypted:
        yield "encrypted"
    if "/ID" not in document.trailer:
        yield "no-identifier"
    if not str(document.Root.get("/Lang", "")):
        yield "no-language"
    intents = list(document.Root.get("/OutputIntents", []))
    if not any(each.get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in each for each in intents):
        yield "no-output-intent"


def _fonts(document: pikepdf.Pdf) -> Iterator[str]:
    for font in _dictionaries(document, "/Font"):
        kind = str(font.get("/Subtype", ""))
        if kind == "/Type3":
            continue
        if kind == "/Type0":
            if "/ToUnicode" not in font:
                yield f"font-not-readable {font.get('/BaseFont', '')}"
        elif not _is_embedded(font):
            yield f"font-not-embedded {font.get('/BaseFont', '')}"


def _is_embedded(font: pikepdf.Object) -> bool:
    descriptor: Any = font.get("/FontDescriptor", {})
    return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _attached(document: pikepdf.Pdf) -> Iterator[str]:
    associated = [each.objgen for each in document.Root.get("/AF", [])]
    if len(associated) != len(set(associated)):
        yield "associated-twice"
    for name, spec in document.attachments.items():
        if spec.obj.objgen not in associated or "/AFRelationship" not in spec.obj:
            yield f"not-associated {name}"
        if not spec.get_file().mime_type:
            yield f"attachment-without-type {name}"


def _annotations(document: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(document.pages, start=1):
        for annotation in page.get("/Annots", []):
            flags = int(annotation.get("/F", 0))
            if not flags & _PRINTS or flags & _HIDES:
                yield f"annotation-does-not-print {number}"
            if _is_visible(annotation) and "/N" not in annotation.get("/AP", {}):
                yield f"annotation-without-appearance {number}"


def _is_visible(annotation: pikepdf.Object) -> bool:
    left, bottom, right, top = (float(each) for each in annotation.Rect)
    return annotation.get("/Subtype") not in ("/Popup", "/Link") and left != right and bottom != top


def _inert(document: pikepdf.Pdf) -> Iterator[str]:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary):
            yield from (f"active {key}" for key in _RUNS & set(item.keys()))


def _dictionaries(document: pikepdf.Pdf, kind: str) -> Iterator[pikepdf.Object]:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == kind:
            yield item


_CHECKS: tuple[Check, ...] = (
    _marks,
    _whole,
    _fonts,
    _attached,
    _annotations,
    _inert,
)
