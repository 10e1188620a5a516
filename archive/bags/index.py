"""The index of a school year: which bag of which class, with its hashes. For programs, and for people to read.

It is written beside the bags on every medium, and its own hash stands in the sealing form.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from archive.bags.tables import csv_of
from archive.models import Bag
from gradebook import printing
from gradebook.models import School, SchoolYear

FORMAT, VERSION = "archive-index", 1
NAME, CSV_NAME, HTML_NAME = "index.json", "index.csv", "index.html"
COLUMNS = ("Lớp", "Bản túi", "Thư mục", "Lập lúc", "Số tệp", "Số byte", "SHA-256 của tagmanifest-sha256.txt")
Facts = dict[str, Any]


def facts(year: SchoolYear, bags: Iterable[Bag]) -> Facts:
    """`bags` need their class and the bag before."""
    school = School.objects.get()
    return {
        "format": FORMAT,
        "version": VERSION,
        "school": {"name": school.name, "governing_body": school.governing_body, "place": school.place},
        "year": year.name,
        "bags": [_bag(bag) for bag in bags],
    }


def _bag(bag: Bag) -> Facts:
    before = bag.previous
    return {
        "class": bag.school_class.name,
        "number": bag.number,
        "folder": bag.folder,
        "made_at": timezone.localtime(bag.requested_at).isoformat(timespec="seconds"),
        "interim": bag.is_interim,
        "files": bag.files,
        "octets": bag.octets,
        "tagmanifest_sha256": bag.tag_sha256,
        "zip_sha256": bag.sha256,
        "previous": {"number": before.number, "tagmanifest_sha256": before.tag_sha256} if before else None,
    }


def readable(said: Facts) -> dict[str, str]:
    """The same by file name, for people: a table for a spreadsheet program, a page for a browser."""
    rows = [_row(bag) for bag in said["bags"]]
    page = printing.page("archive/bags/index.html", {**said, "columns": COLUMNS, "rows": rows})
    return {CSV_NAME: csv_of(COLUMNS, rows), HTML_NAME: page}


def files(contents: str) -> dict[str, str]:
    """The index as it lies on a medium: its own text, and the same for people."""
    return {NAME: contents, **readable(json.loads(contents))}


def _row(bag: Facts) -> tuple[object, ...]:
    at = f"{datetime.fromisoformat(bag['made_at']):%H:%M %d/%m/%Y}"
    hashed = bag["tagmanifest_sha256"]
    return bag["class"], bag["number"], bag["folder"], at, bag["files"], bag["octets"], hashed
