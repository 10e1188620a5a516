"""The refused rows of a list as a workbook: as the file has them, with the reason in a last column."""

from collections import defaultdict

from accounts.models import User
from gradebook.import_problems import row_sentence
from gradebook.import_rows import RefusedRow
from gradebook.importing.files import chosen_columns, stored_file
from gradebook.importing.kinds import KINDS, plan_of
from gradebook.models import Import
from gradebook.spreadsheets.survey import source_rows
from gradebook.spreadsheets.writing import write_table

REASON = "Lí do từ chối"
"""The table is the school's own, hence Vietnamese as its other headings."""


def refused_workbook(upload: Import, by: User) -> bytes:
    reasons: dict[int, list[str]] = defaultdict(list)
    for refusal in _refused(upload, by):
        reasons[refusal.row].append(row_sentence(refusal))
    headings, rows = source_rows(
        stored_file(upload), KINDS[upload.kind].headings, chosen_columns(upload.columns), set(reasons)
    )
    lines = [[*values, "; ".join(reasons[number])] for number, values in rows]
    return write_table([*headings, REASON], lines, titles=[], sheet="Dòng bị từ chối")


def _refused(upload: Import, by: User) -> list[RefusedRow]:
    if upload.is_settled:
        return [RefusedRow(**row) for row in upload.refused]
    return plan_of(upload, by).refused
