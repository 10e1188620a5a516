"""The papers beside the class book, made here and now and read as text."""

import re

from archive import rendering
from archive.actions import request_paper
from archive.models import Edition
from archive.store import editions
from archive.wanted import Kind, Wanted
from tests import poppler
from tests.cast import Cast


def make(wanted: Wanted, by) -> Edition:
    edition = request_paper(wanted=wanted, by=by)
    rendering.render(edition.pk)
    return Edition.objects.get(pk=edition.pk)


def text_of(edition: Edition, *options: str) -> str:
    return poppler.text_of(editions.read(edition.path), *(options or ("-layout",)))


def sizes_of(edition: Edition) -> set[str]:
    found = poppler.poppler(editions.read(edition.path), "pdfinfo", "-l", "99", "-")
    return set(re.findall(r"size: +([\d.]+ x [\d.]+)", found))


def check_sheet(cast: Cast, **more) -> Wanted:
    course = cast.maths["6A"]
    return Wanted(Kind.CHECK_SHEET, course.school_class, course, period="GK1", **more)
