"""Codes of the archive in words."""

from django.utils.translation import gettext_lazy as _

from archive.models import Edition
from archive.wanted import LEVELS
from gradebook.models import Level, Period

PARTS = {
    **{code.lower(): label for code, label in Period.Code.choices},
    "hk1": _("Semester I"),
    "hk2": _("Semester II"),
    **{part: Level(level).label for level, part in LEVELS.items()},
}
FAULTS = {
    "file-missing": _("The file is missing from the store."),
    "file-unreadable": _("The file cannot be read from the store."),
    "file-changed": _("The file is not the one that was printed: its bytes were changed."),
    "size-differs": _("The file has another size than the one that was printed."),
    "payload-changed": _("The frozen data of the edition were changed in the database."),
    "attachment-differs": _("The data inside the file are not those of the edition."),
    "pages-differ": _("The file has another number of pages than the one that was printed."),
    "not-a-pdf": _("The file can no longer be read as a PDF."),
    # on a medium
    "file-added": _("The file was not there when the bag was made."),
    "manifest-changed": _("The list of the files and their hashes was changed."),
    "tag-changed": _("The description of the bag was changed."),
    "evidence-missing": _("The file was lost already when the bag was made."),
    "list-unreadable": _("The list can no longer be read."),
    "not-a-zip": _("The file can no longer be read as a ZIP."),
    "bag-missing": _("The index names this bag, but it is not there."),
    "bag-differs": _("The bag is not the one that the index names."),
    "bag-added": _("The bag is not named in the index."),
    "no-bag": _("There is no bag of an archive here."),
    "not-pdfa": _("The file no longer has every mark of PDF/A, the format for archives."),
    "signed-file-missing": _("A signed file is missing from the store."),
    "signed-file-changed": _("A signed file is not the one that was signed: its bytes were changed."),
    "signed-not-pdfa": _("A signed file no longer has every mark of PDF/A, the format for archives."),
    "signature-broken": _("A signature in the file does not hold: something was changed after signing."),
    "signature-replaced": _("The signatures in the file are not those that the portal recorded."),
    "scan-altered": _("The scan of a signature sheet is missing, or not the one that was handed in."),
    "signature-vanished": _("The journal names a signature that is no longer recorded."),
}


def whose(edition: Edition) -> str:
    """The pupil, the course, the class, or the teacher."""
    return str(edition.student or edition.course or edition.school_class or edition.teacher)


def period(edition: Edition) -> str:
    """The period, semester or level that the paper is about; "" for a whole year."""
    return str(PARTS.get(edition.part, "") or PARTS.get(edition.part.rpartition("-")[2], ""))
