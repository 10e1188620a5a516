"""Why a downloaded sheet that was handed in again, a row or a cell of it, was not taken over."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from gradebook.import_rows import FileReason, Reason
from gradebook.spreadsheets.problems import Code

FILE_SENTENCES: Mapping[str, Any] = {
    Code.CODES_LOST: _(
        "The hidden row and column by which the portal knows pupils and marks are gone from the file. Download the "
        "sheet again and copy the marks into it."
    ),
    FileReason.OTHER_SHEET: _(
        "This file is the sheet %(subject)s, class %(name)s, semester %(semester)s, school year %(year)s, downloaded "
        "at %(taken_at)s. Here is %(here_subject)s, class %(here_name)s, semester %(here_semester)s, school year "
        "%(here_year)s."
    ),
    FileReason.OUTDATED_SHEET: _(
        "%(subject)s of class %(name)s was laid out anew after this file was downloaded at %(taken_at)s. Download the "
        "sheet again and copy the marks into it."
    ),
    FileReason.FORGED: _(
        "The file says of which sheet it is, but its seal is not this portal's or was changed. Download the sheet "
        "again and copy the marks into it."
    ),
    FileReason.NO_SEAL: _(
        "This sheet takes only the file that is downloaded from it. Download it, fill it in and upload that one."
    ),
    FileReason.NO_SEALS: _(
        "This is not a workbook of your sheets. Download it here, fill it in and upload that one; any other file of "
        "marks is taken on the page of its sheet."
    ),
}

ROW_SENTENCES: Mapping[str, Any] = {
    Reason.ROW_ADDED: _(
        "This row was added to the file. Pupils come from the class list; marks are entered in the row of the pupil."
    ),
    Reason.COPIED_ROW: _("The row of this pupil stands in the file more than once. Keep one of them."),
    Reason.GONE: _("The pupil is no longer on the roll of the class."),
    Reason.OUT_OF_STEP: _(
        "The row is of %(known)s, but beside it stands “%(value)s” or another identifier or birth date: a part of the "
        "columns was sorted alone. Download the sheet again."
    ),
    Reason.STALE: _(
        "The file says “%(value)s” instead of “%(seen)s”, but meanwhile %(changed_by)s has changed the cell: it is now "
        "“%(now)s” and stays. If the file is right, type it on the sheet."
    ),
    Code.BECAME_DATE: _(
        "Excel took what was typed for the date %(value)s, because of the point in it. If %(meant)s is meant, type it "
        "with a comma."
    ),
}
