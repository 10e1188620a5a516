"""Class books: pages a second against plain WeasyPrint, and the memory of a worker."""

from statistics import median
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.recorded import create_many
from archive import paper_payloads, payload
from archive.models import Edition
from archive.wanted import Wanted
from schoolrecords.bench.printer import Printed, printed
from schoolrecords.bench.results import whole_classes
from schoolrecords.bench.school import PUPILS, BenchSchool
from transcripts.models import Transcript
from transcripts.payload import canonical, fingerprint, payloads_of

ROUNDS, CLASSES = 3, 8
"""A school in a size that a machine of two cores prints in minutes."""


def book_pages(school: BenchSchool) -> dict[str, Any]:
    """A class book with its transcripts: pages a second of a processor, in turn with plain WeasyPrint.

    A page more or less on either side ends the measurement.
    """
    texts = _with_transcripts(school)
    pairs = [(printed(texts, "sections"), printed(texts, "plain")) for _ in range(ROUNDS)]
    if len({made.pages for pair in pairs for made in pair}) != 1:
        raise AssertionError(f"Other pages than the worker's: {pairs[0]}")
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
            "transcripts": len(texts) - 1,
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
    wanted = (Wanted(Edition.Kind.CLASS_BOOK, each) for each in whole_classes(school, classes))
    return [_frozen(each, school) for each in wanted]


def _with_transcripts(school: BenchSchool) -> list[str]:
    """The book of a class, then the transcript of each of its pupils, issued past the doors."""
    (school_class,) = whole_classes(school, 1)
    pupils = {pupil.pk: pupil for pupil in school_class.enrolments.select_related("student")}
    issued = [
        Transcript(
            enrolment=pupils[pk],
            number=1,
            payload=text,
            fingerprint=fingerprint(text),
            issued_by=school.principal,
            issued_at=timezone.now(),
        )
        for pk, text in payloads_of(school_class).items()
    ]
    create_many(Transcript, issued, by=school.principal)
    wanted = [
        Wanted(Edition.Kind.TRANSCRIPT, school_class, student=pupil.student) for pupil in pupils.values()
    ]
    return [*_payloads(school, 1), *(_frozen(each, school) for each in wanted)]


def _frozen(wanted: Wanted, school: BenchSchool) -> str:
    book = paper_payloads.freeze(wanted)
    edition = {
        "number": 1,
        "requested_at": timezone.localtime().isoformat(),
        "requested_by": school.principal.full_name,
        "previous": None,
        "seal": None,
    }
    return canonical(payload.envelope(book, edition, wanted.kind))


def _pace(made: Printed) -> float:
    return made.pages / made.seconds
