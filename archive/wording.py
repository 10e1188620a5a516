"""Codes of the archive in words."""

from django.utils.translation import gettext_lazy as _

FAULTS = {
    "file-missing": _("The file is missing from the store."),
    "file-unreadable": _("The file cannot be read from the store."),
    "file-changed": _("The file is not the one that was printed: its bytes were changed."),
    "size-differs": _("The file has another size than the one that was printed."),
    "payload-changed": _("The frozen data of the edition were changed in the database."),
    "attachment-differs": _("The data inside the file are not those of the edition."),
    "pages-differ": _("The file has another number of pages than the one that was printed."),
    "not-a-pdf": _("The file can no longer be read as a PDF."),
}
