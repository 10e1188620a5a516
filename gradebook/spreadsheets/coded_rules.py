"""What Excel itself refuses while a sheet is filled in, with a sentence that says what is expected.

The most common accident is a point in a mark: a Vietnamese Excel reads 8.5 as the 8th of May, a number above 40,000,
which is refused here at once. The portal judges every cell again when the file comes back.
"""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from gradebook.spreadsheets.writing import write_text

LIST_COLUMN = 3
"""Of the hidden sheet: where the codes of the scales begin."""
COMMENT_LENGTH, MOST_HALF_DAYS = 1000, 400


class Kind(Enum):
    """What the cells of a column hold."""

    NUMBER = "number"
    SHORT = "short"
    TEXT = "text"
    NAME = "name"
    SCORE = "score"
    WHOLE = "whole"
    LEVEL = "level"
    COUNT = "count"
    COMMENT = "comment"
    AVERAGE = "average"


SENTENCES = {
    Kind.SCORE: "Nhập điểm từ 0 đến 10, nhiều nhất một chữ số thập phân, dùng dấu phẩy: 8,5. Vắng chờ kiểm tra bù: v; "
    "0 do vắng: 0v.",
    Kind.WHOLE: "Nhập điểm là số nguyên từ 0 đến 10. Vắng chờ kiểm tra bù: v; 0 do vắng: 0v.",
    Kind.COUNT: f"Nhập số buổi nghỉ, số nguyên từ 0 đến {MOST_HALF_DAYS}.",
    Kind.COMMENT: f"Nhận xét dài nhất {COMMENT_LENGTH} ký tự.",
}
_DECIMALS = {Kind.SCORE: 1, Kind.WHOLE: 0}


def add_rules(
    page: Any, hidden: Any, columns: Sequence[tuple[Kind, tuple[str, ...]]], first: int, last: int
) -> None:
    """`columns` stand from column B on; `choices` of a scale are listed on the hidden sheet.

    Listed there and not in the rule, because Excel then takes small letters too.
    """
    lists: dict[tuple[str, ...], str] = {}
    for place, (kind, choices) in enumerate(columns, start=2):
        if last < first:
            return
        if choices and choices not in lists:
            lists[choices] = _listed(hidden, LIST_COLUMN + len(lists), choices)
        letter = get_column_letter(place)
        rule = _choice(lists[choices], choices) if choices else _rule(kind, f"{letter}{first}")
        if rule:
            rule.add(f"{letter}{first}:{letter}{last}")
            page.add_data_validation(rule)


def _listed(hidden: Any, column: int, choices: tuple[str, ...]) -> str:
    for row, choice in enumerate(choices, start=1):
        write_text(hidden.cell(row, column), choice)
    letter = get_column_letter(column)
    return f"{hidden.title}!${letter}$1:${letter}${len(choices)}"


def _choice(where: str, choices: tuple[str, ...]) -> DataValidation:
    return _with_sentence(DataValidation("list", where), f"Chọn một trong: {', '.join(choices)}.")


def _rule(kind: Kind, cell: str) -> DataValidation | None:
    if kind in _DECIMALS:
        number = f"AND(ISNUMBER({cell}),{cell}>=0,{cell}<=10,ROUND({cell},{_DECIMALS[kind]})={cell})"
        rule = DataValidation("custom", f'OR({number},{cell}="v",{cell}="0v")')
    elif kind is Kind.COUNT:
        rule = DataValidation("whole", "0", str(MOST_HALF_DAYS), operator="between")
    elif kind is Kind.COMMENT:
        rule = DataValidation("textLength", str(COMMENT_LENGTH), operator="lessThanOrEqual")
    else:
        return None
    return _with_sentence(rule, SENTENCES[kind])


def _with_sentence(rule: DataValidation, sentence: str) -> DataValidation:
    rule.allow_blank = True
    rule.showErrorMessage, rule.errorTitle, rule.error = True, "Chưa đúng", sentence[:255]
    return rule
