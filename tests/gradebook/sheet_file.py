"""A downloaded sheet, opened and filled in as in Excel."""

import io

from openpyxl import load_workbook

from tests.gradebook.workbooks import saved


class File:
    """Cells by pupil (from 0) and by heading."""

    def __init__(self, client, address: str) -> None:
        response = client.get(address)
        assert response.status_code == 200
        self.book = load_workbook(io.BytesIO(response.content))
        self.page = self.book.active

    @property
    def top(self) -> int:
        return next(row for row in range(1, 40) if self.page.cell(row, 2).value == 1)

    def column(self, heading: str) -> int:
        return next(place for place in range(1, 60) if self.page.cell(self.top - 1, place).value == heading)

    def cell(self, pupil: int, heading: str):
        return self.page.cell(self.top + pupil, self.column(heading))

    def fill(self, heading: str, *values: object) -> "File":
        for pupil, value in enumerate(values):
            self.cell(pupil, heading).value = value
        return self

    @property
    def data(self) -> bytes:
        return saved(self.book)
