"""Class books: pages a second against plain WeasyPrint, and the memory of a worker."""

from statistics import median
from typing import Any

from django.db import connection
from django.utils import timezone

from archive import paper_payloads, payload
from archive.models import Edition
from archive.wanted import Wanted
from schoolrecords.bench.printer import Printed, printed
from schoolrecords.bench.results import whole_classes
from schoolrecords.bench.school import PUPILS, BenchSchool
from transcripts.payload import canonical

ROUNDS, CLASSES = 3, 8
"""A school in a size that a machine of two cores prints in minutes."""


def book_pages(school: BenchSchool) -> dict[str, Any]:
    """Pages a second of a processor, in turn with plain WeasyPrint on the same pages as one document."""
    (text,) = _payloads(school, 1)
    pairs = [(printed([text], "sections"), printed([text], "plain")) for _ in range(ROUNDS)]
    value = median(_pace(own) / _pace(plain) for own, plain in pairs)
    return {
        "name": "book_pages",
        "value": round(value, 2),
        "unit": "times the pages a second of plain WeasyPrint, on one core",
        "target": 2,
        "met": value >= 2,
        "detail": {
            "database": connection.vendor,
            "pages": pairs[0][0].pages,
            "pages_a_second": round(median(_pace(own) for own, _ in pairs), 2),
            "plain_pages_a_second": round(median(_pace(plain) for _, plain in pairs), 2),
            "rounds": ROUNDS,
        },
    }


def book_memory(school: BenchSchool) -> dict[str, Any]:
    """The most memory of a process that prints the books of a school, against one that prints one class."""
    texts = _payloads(school, CLASSES)
    one, all_of_them = printed(texts[:1], "sections"), printed(texts, "sections")
    value = all_of_them.memory / one.memory
    return {
        "name": "book_memory",
        "value": round(value, 2),
        "unit": "times the memory for one class",
        "target": 1.3,
        "met": value <= 1.3,
        "detail": {
            "classes": CLASSES,
            "pupils": PUPILS,
            "pages": all_of_them.pages,
            "mb": round(all_of_them.memory),
            "one_class_mb": round(one.memory),
        },
    }


def _payloads(school: BenchSchool, classes: int) -> list[str]:
    return [_frozen(each, school) for each in whole_classes(school, classes)]


def _frozen(school_class: Any, school: BenchSchool) -> str:
    book = paper_payloads.freeze(Wanted(Edition.Kind.CLASS_BOOK, school_class))
    edition = {
        "number": 1,
        "requested_at": timezone.localtime().isoformat(),
        "requested_by": school.principal.full_name,
        "previous": None,
        "seal": None,
    }
    return canonical(payload.envelope(book, edition))


def _pace(made: Printed) -> float:
    return made.pages / made.seconds
