"""What an order printed, in one file: a ZIP of its papers, or one PDF to be sent to the printer."""

import zipfile
from io import BytesIO
from typing import BinaryIO

import pikepdf

from accounts import audit
from accounts.models import User
from accounts.writing import recorded_write
from archive.asking import OF_THE_YEAR
from archive.files import name_of, newest_signatures, open_file
from archive.models import FILE_NAMES, Edition, EditionQuerySet, PaperOrder
from gradebook.models import SchoolClass

MOST_JOINED = 100
"""Papers in one PDF: a class or two; a whole school is printed class by class."""


def printed_of(order: PaperOrder, user: User) -> EditionQuerySet:
    """In the order of the list, those that this person may read; with those that were there already."""
    readable = Edition.objects.readable_by(user).issued().without_payload()
    found = readable.filter(ordered__order=order).select_related(
        "school_class__year", "course__subject", "teacher", "year", "student"
    )
    return found.order_by("ordered__pk")


def name_of_order(order: PaperOrder, suffix: str) -> str:
    """As on the clerk's disk: so-theo-doi-khoi-6-2026-2027-lenh-in-4.pdf."""
    what, _dash, key = order.scope.partition("-")
    whose = {"grade": f"khoi-{key}", "school": "toan-truong"}.get(what, "")
    if what == "class":
        whose = SchoolClass.objects.get(pk=key).name
    period = "" if order.kind in (*OF_THE_YEAR, Edition.Kind.TRANSCRIPT) else order.period.lower()
    words = [FILE_NAMES[order.kind], whose, period, order.year.name, f"lenh-in-{order.pk}"]
    return f"{'-'.join(filter(None, words))}.{suffix}"


def write_zip(order: PaperOrder, user: User, file: BinaryIO) -> None:
    """Every paper under its own name, with the signatures it has. Raises OSError when the store has lost one."""
    editions = list(printed_of(order, user))
    newest = newest_signatures(editions)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for edition in editions:
            signature = newest.get(edition.pk)
            with open_file(edition, signature) as stored:
                archive.writestr(name_of(edition, signature), stored.read())


def write_joined(order: PaperOrder, user: User, file: BinaryIO) -> None:
    """For paper only: signatures and data stay with the papers' own files. Each begins on a front side."""
    with pikepdf.new() as book:
        for edition in printed_of(order, user):
            with open_file(edition, None) as stored, pikepdf.open(BytesIO(stored.read())) as paper:
                book.pages.extend(paper.pages)
                if len(paper.pages) % 2:
                    left, bottom, right, top = (float(edge) for edge in paper.pages[-1].mediabox)
                    book.add_blank_page(page_size=(right - left, top - bottom))
        book.save(file)


@recorded_write
def record_download(*, order: PaperOrder, by: User) -> None:
    """Copies have left the portal: who took them is part of the record."""
    audit.record(by=by, verb="archive.papers.downloaded", target=order, papers=order.papers)
