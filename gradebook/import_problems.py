"""Why a file, a column, a row or a cell was not taken over, in words that say what to do."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gradebook import refusals, sheet_problems
from gradebook.entries import COMMENT_MAX
from gradebook.import_rows import FileReason, Misplaced, Reason, RefusedRow
from gradebook.spreadsheets.problems import Code, Refused

FILE_SENTENCES: Mapping[str, Any] = {
    **sheet_problems.FILE_SENTENCES,
    Code.EMPTY_FILE: gettext_lazy("The file is empty. Choose the file again."),
    Code.FILE_TOO_LARGE: gettext_lazy(
        "The file has %(size)s; at most %(limit)s can be uploaded. Remove pictures and unused sheets."
    ),
    Code.SAVE_AS_XLSX: gettext_lazy(
        "This is not an .xlsx file. Open it in Excel, choose “Save as”, the type “Excel Workbook (*.xlsx)”, "
        "and upload the new file."
    ),
    Code.NOT_A_WORKBOOK: gettext_lazy(
        "The file is named .xlsx, but it is not an Excel workbook. Open it in the program that made it and save it "
        "as an Excel workbook (*.xlsx)."
    ),
    Code.ENCRYPTED: gettext_lazy(
        "The file is protected by a password. Open it in Excel, remove the password, save it and upload it again."
    ),
    Code.DAMAGED: gettext_lazy(
        "The file is damaged. Open it in Excel, save it under a new name and upload the new file."
    ),
    Code.TOO_MANY_PARTS: gettext_lazy(
        "The file holds %(count)s parts; at most %(limit)s are accepted. Copy the table to a new workbook."
    ),
    Code.UNPACKS_TOO_LARGE: gettext_lazy(
        "The file grows too large when it is opened. Copy the table alone to a new workbook and upload that."
    ),
    Code.TOO_MANY_CELLS: gettext_lazy(
        "Sheet “%(sheet)s” reaches down to cell %(cell)s. Delete the empty rows and columns around the table."
    ),
    Code.MACROS: gettext_lazy(
        "The file contains macros (program code). Save it as “Excel Workbook (*.xlsx)”, without macros."
    ),
    Code.EXTERNAL_LINK: gettext_lazy(
        "The file takes data from other files. Copy the table and paste it as values in a new workbook."
    ),
    Code.EMBEDDED_OBJECT: gettext_lazy(
        "Another file or a control is embedded in this one. Copy the table alone to a new workbook."
    ),
    Code.DOCTYPE: gettext_lazy(
        "The file contains declarations that no spreadsheet program writes. Copy the table to a new workbook."
    ),
    Code.FORMULA: gettext_lazy(
        "Sheet “%(sheet)s” has a formula in cell %(cell)s. Copy the table and paste it as values, then upload it."
    ),
    Code.ERROR_CELL: gettext_lazy(
        "Sheet “%(sheet)s” has an error such as #N/A in cell %(cell)s. Correct the cell and upload the file again."
    ),
    Code.UNREADABLE: gettext_lazy(
        "The file could not be read. Open it in Excel, save it under a new name and upload the new file."
    ),
    Code.NO_SHEET: gettext_lazy("There is no sheet called “%(sheet)s”. The sheets are: %(sheets)s."),
    Code.NO_HEADER: gettext_lazy(
        "No row looks like the header of the table. The columns %(columns)s are needed, as in the template."
    ),
    Code.MISSING_COLUMNS: gettext_lazy(
        "On sheet “%(sheet)s” these columns are missing: %(columns)s. Add them, as in the template."
    ),
    Code.REPEATED_COLUMN: gettext_lazy(
        "The columns %(letters)s all mean “%(column)s”. Keep one of them and delete the others."
    ),
    Code.NO_MARK_COLUMN: gettext_lazy(
        "Sheet “%(sheet)s” has pupils but no column for marks or comments. Use the template of this course."
    ),
    FileReason.NO_ROWS: gettext_lazy("There is nothing below the header of the table."),
    FileReason.OTHER_CLASS_FILE: gettext_lazy(
        "The column “Lớp” says %(value)s, but this is the book of class %(expected)s. Choose the file of this class."
    ),
}

ROW_SENTENCES: Mapping[str, Any] = {
    **sheet_problems.ROW_SENTENCES,
    Code.NOT_A_PUPIL: gettext_lazy("Neither a name nor an identifier: taken for a note, not for a pupil."),
    Code.MISSING_VALUE: gettext_lazy("The cell is empty. Fill it in."),
    Code.NO_IDENTITY: gettext_lazy(
        "The name alone does not say which pupil is meant. Add the ministry identifier or the birth date."
    ),
    Code.BAD_NAME: gettext_lazy("“%(value)s” is not a name. Use letters only."),
    Code.BAD_DATE: gettext_lazy("“%(value)s” is not a date. Write it as day/month/year, such as 05/09/2014."),
    Code.IMPOSSIBLE_DATE: gettext_lazy("There is no day “%(value)s” in the calendar. Correct the date."),
    Code.TWO_DIGIT_YEAR: gettext_lazy("“%(value)s” has a year of two digits. Write all four."),
    Code.DATE_OUT_OF_RANGE: gettext_lazy(
        "“%(value)s” is before %(first)s or after %(last)s. Correct the date."
    ),
    Code.BAD_YEAR: gettext_lazy("“%(value)s” is not a year. Write four digits, such as 1985."),
    Code.BAD_IDENTIFIER: gettext_lazy("“%(value)s” is not a number of %(lengths)s digits. Correct it."),
    Code.LOST_ZEROS: gettext_lazy(
        "Excel cut off the zeros at the front of “%(value)s”. Format the column as text and write all "
        "%(lengths)s digits."
    ),
    Code.BAD_SEX: gettext_lazy("“%(value)s” is neither “Nam” nor “Nữ”."),
    Code.BAD_GRADE: gettext_lazy("“%(value)s” is not a grade from 1 to 12."),
    Code.BAD_SEMESTER: gettext_lazy("“%(value)s” is not a semester. Write I, II or “Cả năm”."),
    Code.BAD_NUMBER: gettext_lazy("“%(value)s” is not a number."),
    Code.AMBIGUOUS_CLASS: gettext_lazy(
        "Excel turned the class into the number “%(value)s”. Format the column as text and write the class again."
    ),
    Code.UNKNOWN_ETHNICITY: gettext_lazy(
        "“%(value)s” is not in the list of the 54 ethnic groups. Correct it."
    ),
    Code.UNKNOWN_STATUS: gettext_lazy(
        "“%(value)s” is not a known status. Write “Đang học” or leave it empty."
    ),
    Code.UNEXPECTED_DATE: gettext_lazy(
        "Excel turned what was typed into the date %(value)s. Format the cell as text and type it again."
    ),
    Code.UNEXPECTED_VALUE: gettext_lazy(
        "“%(value)s” cannot stand here. Format the cell as text and type again."
    ),
    Code.DUPLICATE: gettext_lazy("“%(value)s” is in row %(other_row)s already. Keep one of the rows."),
    Code.NOT_AN_ENTRY: gettext_lazy("The row holds nothing that this list is about: taken for a note."),
    Code.UNKNOWN_CHOICE: gettext_lazy("“%(value)s” is not known here. Write one of: %(choices)s."),
    Code.BAD_COUNT: gettext_lazy("“%(value)s” is not a whole number."),
    Code.BAD_USERNAME: gettext_lazy(
        "“%(value)s” is not a user name. Use letters, digits, dots and hyphens, no spaces."
    ),
    Code.BAD_EMAIL: gettext_lazy("“%(value)s” is not an e-mail address."),
    Code.UNKNOWN_COLUMN: gettext_lazy("This heading is not known, so the column is not read."),
    Reason.UNKNOWN_CLASS: gettext_lazy(
        "There is no class “%(value)s” in the open school year. Correct the name or open the class first."
    ),
    Reason.OTHER_CLASS: gettext_lazy(
        "The row is of class “%(value)s”; this import is for class %(expected)s only."
    ),
    Reason.OTHER_GRADE: gettext_lazy(
        "The file says grade %(value)s, but class %(name)s is of grade %(grade)s."
    ),
    Reason.UNLIKELY_AGE: gettext_lazy(
        "Born in %(year)s: nobody of that age is in grade %(grade)s. Check the birth date and the class."
    ),
    Reason.NOT_STUDYING: gettext_lazy(
        "The status says that the pupil has left. Lists only add pupils; record the departure in the register."
    ),
    Reason.TOO_LONG: gettext_lazy("“%(heading)s” is longer than %(limit)s characters. Shorten it."),
    Reason.DISAGREES: gettext_lazy(
        "The identifier belongs to a pupil whose “%(heading)s” is “%(known)s”; the file says “%(value)s”. Find out "
        "which is right."
    ),
    Reason.POSSIBLE_DUPLICATE: gettext_lazy(
        "Possible duplicate: a pupil of the same name and birth date has the identifier %(known)s; the file says "
        "%(value)s. Find out whether they are one child, and answer before confirming."
    ),
    Reason.SAME_CITIZEN_NUMBER: gettext_lazy(
        "Possible duplicate: the citizen number %(value)s belongs to %(known)s (identifier %(known_code)s)."
    ),
    Reason.HAS_LEFT: gettext_lazy(
        "The pupil left class %(name)s on %(until)s. Record the return in the register first."
    ),
    Reason.ENROLLED_ELSEWHERE: gettext_lazy(
        "The pupil is on the roll of class %(name)s. Record the change of class first."
    ),
    Reason.NOT_IN_CLASS: gettext_lazy(
        "Nobody on the roll of class %(name)s has this identifier, or this name and birth date."
    ),
    Reason.AMBIGUOUS_PUPIL: gettext_lazy("Several pupils of the class match. Add the ministry identifier."),
    Reason.SAME_PUPIL: gettext_lazy("Row %(other_row)s means the same person. Keep one of the rows."),
    Reason.TAKEN: gettext_lazy("“%(heading)s” %(value)s belongs to %(known)s. Find out which is right."),
    Reason.NO_YEAR: gettext_lazy("No school year is open. Open the year first."),
    Reason.WRONG_CHOICE: gettext_lazy(
        "The curriculum of grade %(grade)s does not allow this choice: %(value)s. Grades 10 to 12 choose four "
        "subjects, and three thematic studies or none yet."
    ),
    Reason.UNKNOWN_TEACHER: gettext_lazy(
        "Nobody with an account has the staff code, user name or name “%(value)s”. Correct it or import the "
        "staff first."
    ),
    Reason.AMBIGUOUS_TEACHER: gettext_lazy(
        "Several people are called “%(value)s” (%(known)s). Write the staff code or the user name instead."
    ),
    Reason.NOT_A_TEACHER: gettext_lazy(
        "“%(value)s” holds no teaching role. Give the role first; who keeps the records of others enters no marks."
    ),
    Reason.ONESELF: gettext_lazy(
        "Nobody gives a class or a course to themselves. Ask a colleague to import this row."
    ),
    Reason.UNKNOWN_SUBJECT: gettext_lazy("There is no subject “%(value)s”. Correct the name."),
    Reason.NOT_TAUGHT: gettext_lazy(
        "Class %(name)s has no course “%(value)s”. Correct the row or open the course first."
    ),
    Reason.UNKNOWN_STRAND: gettext_lazy("“%(name)s” has no strand “%(value)s”; it has: %(known)s."),
    Reason.OTHER_TEACHER: gettext_lazy(
        "“%(name)s” is taught by %(known)s; the file says %(value)s. Let the file replace teachers, or correct the "
        "row."
    ),
    Reason.ALSO_GIVEN: gettext_lazy(
        "Row %(other_row)s gives the same course to %(known)s. Keep one, or name the strands."
    ),
    Reason.NAME_OF_SOMEBODY: gettext_lazy(
        "Somebody called “%(value)s” has an account (%(known)s). Write the user name or staff code if it is the same "
        "person; give the account its staff code if it is not."
    ),
    Reason.HEADED: gettext_lazy(
        "“%(value)s” is headed by %(known)s. Change the head on the department's page."
    ),
    Reason.HEAD_OF_NOTHING: gettext_lazy("A department head needs a department. Fill in the column."),
    Reason.ROLE_NOT_YOURS: gettext_lazy("Only the principal gives the role “%(value)s”."),
    Reason.OTHER_MONTH: gettext_lazy(
        "%(value)s is not in month %(expected)s. Open the month it belongs to and import the file there."
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One refusal as a page shows it."""

    row: int
    who: str
    text: str


def file_sentence(problem: Refused | Misplaced) -> str:
    return str(FILE_SENTENCES[problem.code]) % _shown(problem.details)


@dataclass(frozen=True, slots=True)
class Group:
    """Refusals of one kind: how many, and why; one of them as an example where the reasons differ."""

    count: int
    text: str
    is_example: bool


def groups(refused: Sequence[RefusedRow]) -> list[Group]:
    """The reasons, the most frequent first: ten thousand rows are seldom wrong in more than a few ways."""
    alike: dict[tuple[str, str], list[RefusedRow]] = defaultdict(list)
    for refusal in refused:
        alike[refusal.code, refusal.column].append(refusal)
    found = []
    for each in alike.values():
        example = len({_reason(refusal) for refusal in each}) > 1
        column = _("Column “%(column)s”") % {"column": each[0].column}
        text = f"{column}: {_reason(each[0])}" if each[0].column else _reason(each[0])
        found.append(Group(len(each), text, example))
    return sorted(found, key=lambda group: -group.count)


def lines(refused: Iterable[RefusedRow]) -> list[Line]:
    return [Line(refusal.row, refusal.who, row_sentence(refusal)) for refusal in refused]


def row_sentence(refusal: RefusedRow) -> str:
    """The place in the file, then the reason, then what to do."""
    return f"{_place(refusal)}: {_reason(refusal)}"


def _reason(refusal: RefusedRow) -> str:
    if refusal.code in ROW_SENTENCES:
        return str(ROW_SENTENCES[refusal.code]) % _shown(refusal.details)
    value = _text("value", refusal.details.get("value", ""))
    if refusal.code == "conflict":
        reason = _("Changed by somebody else while this file was saved. Import the file again.")
    else:
        reason = str(refusals.SENTENCES[refusal.code]) % {"maximum": COMMENT_MAX}
    return f"“{value}” – {reason}"


def _place(refusal: RefusedRow) -> str:
    names = {"row": refusal.row, "column": refusal.column, "cell": refusal.details.get("cell")}
    if names["cell"]:
        return _("Cell %(cell)s, column “%(column)s”") % names
    if refusal.column:
        return _("Row %(row)s, column “%(column)s”") % names
    return _("Row %(row)s") % names


def _shown(details: Mapping[str, object]) -> dict[str, str]:
    return {name: _text(name, value) for name, value in details.items()}


def _text(name: str, value: object) -> str:
    if name in {"size", "limit"} and isinstance(value, int) and value >= 10_000:
        return str(filesizeformat(value))
    if value == "" and name in {"value", "now", "seen"}:
        return _("empty")
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    return _shortened(str(value))


def _shortened(text: str, most: int = 120) -> str:
    """A whole comment or a pasted page does not help to find the cell."""
    return text if len(text) <= most else f"{text[:most]}…"
