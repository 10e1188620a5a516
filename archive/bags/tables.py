"""Tables for a spreadsheet program, as text."""

import csv
import io
from collections.abc import Iterable


def csv_of(headings: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """With the mark of UTF-8, by which the program reads Vietnamese letters right."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(headings)
    table.writerows(rows)
    return f"\ufeff{out.getvalue()}"
