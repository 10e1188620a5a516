"""Is what lies on a medium what was put there? Reads a folder or a ZIP alone: no database, no file store.

Each bag against its manifests, the books against their data, and the medium against its index. Whoever changes all of
these at once still disagrees with the hashes of the sealing form.
"""

import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from pikepdf import PdfError

from archive.bags import index
from archive.bags.trees import FolderTree, Tree, ZipTree
from archive.bags.writing import DECLARATION, MANIFEST, TAG_MANIFEST
from archive.pdf import ATTACHMENT
from gradebook import printing

LIST, PACK = "data/editions/editions.json", "data/evidence/pack.json"
BESIDE = {index.NAME, index.CSV_NAME, index.HTML_NAME, "README.txt"}
FORM = re.compile(r"bien-ban-niem-phong-\d+\.pdf")
OF_BAGS = {"bagit.txt", MANIFEST, TAG_MANIFEST}
LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


@dataclass(frozen=True, slots=True)
class Fault:
    """`where` is the bag or the medium, `name` the file; `code` says what is wrong with it."""

    where: str
    name: str
    code: str


@dataclass(slots=True)
class Counts:
    bags: int = 0
    files: int = 0


def check(path: Path, counts: Counts) -> Iterator[Fault]:
    """Everything below a folder, or in one ZIP: a bag, a medium, a set of media."""
    if path.is_file():
        yield from _check_zip(path, counts)
        return
    yield from _check_tree(FolderTree(path), counts)
    for found in sorted(path.rglob("*.zip")):
        if not any((parent / "bagit.txt").is_file() for parent in found.parents):
            yield from _check_zip(found, counts)


def _check_zip(path: Path, counts: Counts) -> Iterator[Fault]:
    try:
        tree = ZipTree(path)
    except (zipfile.BadZipFile, OSError):
        yield Fault(str(path), path.name, "not-a-zip")
        return
    yield from _check_tree(tree, counts)


def _check_tree(tree: Tree, counts: Counts) -> Iterator[Fault]:
    bags = {folder: tree.below(folder) for folder in _tops(tree)}
    for bag in bags.values():
        counts.bags, counts.files = counts.bags + 1, counts.files + len(bag.names)
        yield from check_bag(bag)
    if "" not in bags:
        for name in sorted(tree.names):
            if PurePosixPath(name).name == index.NAME and not _is_inside(name, bags):
                yield from _check_medium(tree, str(PurePosixPath(name).parent), bags)


def _tops(tree: Tree) -> list[str]:
    """The folders of bags. One of the three files may be gone; what lies inside a bag is no bag of its own."""
    found = {name.rpartition("/")[0] for name in tree.names if name.rpartition("/")[2] in OF_BAGS}
    tops: list[str] = []
    for folder in sorted(found, key=len):
        if not _is_inside(folder, tops):
            tops.append(folder)
    return sorted(tops)


def _is_inside(name: str, folders: Iterable[str]) -> bool:
    return any(not folder or name.startswith(f"{folder}/") for folder in folders)


def check_bag(bag: Tree) -> Iterator[Fault]:
    """Changed, missing and added files, changed manifests, and books that are not what their data say."""
    faults = [*_tag_faults(bag), *_payload_faults(bag)]
    if "bagit.txt" in bag.names and bag.read("bagit.txt") != DECLARATION.encode():
        faults.append(("bagit.txt", "tag-changed"))
    faults += _book_faults(bag)
    yield from (Fault(bag.label, name, code) for name, code in dict.fromkeys(faults))


Found = tuple[str, str]


def _tag_faults(bag: Tree) -> Iterator[Found]:
    if TAG_MANIFEST not in bag.names:
        yield TAG_MANIFEST, "file-missing"
        return
    listed = _manifest(bag, TAG_MANIFEST)
    if not listed:
        yield TAG_MANIFEST, "manifest-changed"
        return
    yield from _compare(bag, listed, changed={MANIFEST: "manifest-changed"}, otherwise="tag-changed")
    for name in sorted(bag.names - set(listed) - {TAG_MANIFEST}):
        if not name.startswith("data/"):
            yield name, "file-added"


def _payload_faults(bag: Tree) -> Iterator[Found]:
    if MANIFEST not in bag.names:
        yield MANIFEST, "file-missing"
        return
    listed = _manifest(bag, MANIFEST)
    yield from _compare(bag, listed, changed={}, otherwise="file-changed")
    for name in sorted(bag.names - set(listed)):
        if name.startswith("data/"):
            yield name, "file-added"


def _manifest(bag: Tree, name: str) -> dict[str, str]:
    lines = (LINE.fullmatch(line) for line in bag.read(name).decode(errors="replace").splitlines())
    return {line[2]: line[1] for line in lines if line}


def _compare(
    bag: Tree, listed: dict[str, str], *, changed: dict[str, str], otherwise: str
) -> Iterator[Found]:
    for name, expected in listed.items():
        if name not in bag.names:
            yield name, "file-missing"
        elif bag.digest(name) != expected:
            yield name, changed.get(name, otherwise)


def _book_faults(bag: Tree) -> Iterator[Found]:
    """The list of editions, the PDF, what it carries, and the data beside it have to say the same."""
    if LIST not in bag.names:
        yield LIST, "file-missing"
        return
    try:
        for edition in json.loads(bag.read(LIST))["editions"]:
            yield from _edition_faults(bag, edition)
        for name in json.loads(bag.read(PACK))["missing_files"] if PACK in bag.names else []:
            yield name, "evidence-missing"
    except (ValueError, KeyError, TypeError):
        yield LIST, "list-unreadable"


def _edition_faults(bag: Tree, edition: dict[str, Any]) -> Iterator[Found]:
    file, payload = edition["file"], edition["payload"]
    if not {file, payload} <= bag.names:
        return  # said by the manifest, and by the list only when that was rewritten too
    data, book = bag.read(payload), bag.read(file)
    if sha256(data).hexdigest() != edition["fingerprint"]:
        yield payload, "payload-changed"
    if sha256(book).hexdigest() != edition["sha256"]:
        yield file, "file-changed"
    try:
        if printing.attachments(book).get(ATTACHMENT) != data:
            yield file, "attachment-differs"
        if printing.page_count(book) != edition["pages"]:
            yield file, "pages-differ"
    except (PdfError, ValueError, KeyError):
        yield file, "not-a-pdf"


def _check_medium(tree: Tree, folder: str, bags: dict[str, Tree]) -> Iterator[Fault]:
    """The index names every bag beside it by its hash, and nothing else lies there."""
    root = tree.below("" if folder == "." else folder)
    here = "" if folder == "." else f"{folder}/"
    said = _index(root)
    if said is None:
        yield Fault(root.label, index.NAME, "list-unreadable")
        return
    beside = {name.removeprefix(here): bag for name, bag in bags.items() if name.startswith(here)}
    for listed in said["bags"]:
        if code := _bag_fault(root, beside, listed):
            yield Fault(root.label, listed["folder"], code)
    names = {listed["folder"] for listed in said["bags"]}
    for name in sorted(set(beside) - names):
        yield Fault(root.label, name, "bag-added")
    yield from _beside(root, said, set(beside) | {f"{name}.zip" for name in names})


def _bag_fault(root: Tree, beside: dict[str, Tree], listed: dict[str, Any]) -> str:
    """It lies there unpacked, or as the ZIP that the portal hands out."""
    name = listed["folder"]
    if name in beside:
        return "" if beside[name].digest(TAG_MANIFEST) == listed["tagmanifest_sha256"] else "bag-differs"
    if (packed := f"{name}.zip") in root.names:
        return "" if root.digest(packed) == listed["zip_sha256"] else "bag-differs"
    return "bag-missing"


def _index(root: Tree) -> dict[str, Any] | None:
    try:
        said: dict[str, Any] = json.loads(root.read(index.NAME))
        index.readable(said)
        [(bag["folder"], bag["tagmanifest_sha256"], bag["zip_sha256"]) for bag in said["bags"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return said


def _beside(root: Tree, said: dict[str, Any], bags: set[str]) -> Iterator[Fault]:
    for name, text in index.readable(said).items():
        if name not in root.names:
            yield Fault(root.label, name, "file-missing")
        elif root.read(name) != text.encode():
            yield Fault(root.label, name, "file-changed")
    for name in sorted(root.names - BESIDE):
        if not (name.partition("/")[0] in bags or FORM.fullmatch(name)):
            yield Fault(root.label, name, "file-added")
