"""Sheets to compare by hand: check sheets, the courses of a teacher's own book that have no form.

Pure, as `layouts`. Lengths are millimetres.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby

from archive import change_layout
from archive.layouts import PERIODS, Context, Facts, left, result, result_columns
from archive.paper_sizes import loose_row_height, paper_for
from gradebook.assessment.traits import TRAIT_NAMES

NUMBER, NAME, MARK, TRAIT, RESULT, COMMENT, SIGNATURE, NOTE = 9.0, 46.0, 11.0, 8.5, 12.0, 60.0, 24.0, 22.0
UPRIGHT_HEAD, TURNED_HEAD, TITLE, HANDS = 13.0, 34.0, 24.0, 36.0
HOMEROOM = "Chủ nhiệm"


def check_sheet(course: Facts, book: Facts) -> Context:
    """The columns of a period with what was corrected in them: the old value struck, the new one in red (S1-71)."""
    period, columns = book["period"], course["columns"]
    semester = columns[0]["semester"] if columns else 1
    ends = period in ("CK1", "CN") and course["kind"] in ("scored", "comment")
    results = result_columns(course["kind"], semester)[:2] if ends else []
    table = _table(course, book, columns, results, signatures=book["signatures"])
    return {
        **table,
        "heading": "Phiếu đối chiếu điểm",
        "subject": _subject(course),
        "period": PERIODS[period],
        "teachers": ", ".join(course["teachers"]) or _homeroom_teacher(course, book),
        "is_check": True,
    }


def own_sheet(own: Facts, semester: int) -> Context:
    """A course of a teacher's own book for which the circular has no page of its own."""
    course = own["course"]
    return {
        **_table(course, own, course["columns"], [], signatures=False),
        "heading": "Theo dõi và đánh giá học sinh",
        "subject": _subject(course),
        "period": f"Học kỳ {'I' * semester}",
        "class_name": own["class"],
        "teachers": ", ".join(course["teachers"]),
    }


def _subject(course: Facts) -> str:
    return HOMEROOM if course["kind"] == "homeroom" else str(course["subject"])


def _homeroom_teacher(course: Facts, book: Facts) -> str:
    return str(book.get("homeroom_teacher", "")) if course["kind"] == "homeroom" else ""


def _table(
    course: Facts,
    book: Facts,
    columns: Sequence[Facts],
    results: Sequence[tuple[str, str]],
    *,
    signatures: bool,
) -> Context:
    # Side by side what opens and locks together; the form has the regular marks of both periods first.
    places = sorted(range(len(columns)), key=lambda place: list(PERIODS).index(columns[place]["period"]))
    ordered = [columns[place] for place in places]
    heads = [_head(course["kind"], column) for column in ordered]
    rows = _rows(course, book, list(zip(places, heads, ordered, strict=True)), results)
    width = NUMBER + NAME + sum(head["width"] for head in heads) + RESULT * len(results) + NOTE
    return {
        "groups": _groups(ordered),
        "heads": heads,
        "results": [label for label, _ in results],
        "rows": rows,
        "signatures": signatures,
        "corrected": sum(cell["old"] is not None for row in rows for cell in row["cells"]),
        "has_comments": any(head["is_comment"] for head in heads),
        "name_width": NAME,
        **_fitting(heads, width + SIGNATURE * signatures, len(rows)),
    }


def _rows(
    course: Facts,
    book: Facts,
    columns: Sequence[tuple[int, Facts, Facts]],
    results: Sequence[tuple[str, str]],
) -> list[Context]:
    """`columns`: place in the payload, heading, column."""
    changes = _changes(course, book)
    moved = {pupil["number"]: left(pupil) for pupil in book["pupils"]}
    return [
        {
            **row,
            "cells": [
                {
                    "text": row["cells"][place],
                    "is_comment": head["is_comment"],
                    "old": changes.get(change_layout.place(course["subject"], row["number"], column)),
                }
                for place, head, column in columns
            ],
            "results": [result(row, key) for _, key in results],
            "note": moved.get(row["number"], ""),
        }
        for row in course["rows"]
    ]


def _fitting(heads: Sequence[Facts], width: float, rows: int) -> Context:
    turned = any(head["turned"] for head in heads)
    around = TITLE + HANDS + (TURNED_HEAD if turned else UPRIGHT_HEAD)
    paper = paper_for(width, rows, around)
    return {"turned": turned, "paper": paper, "row_height": loose_row_height(rows, paper, around)}


def _head(kind: str, column: Facts) -> Context:
    if column["kind"] == "comment":
        return {"label": "Nhận xét", "width": COMMENT, "is_comment": True, "turned": False}
    label, turned = _label(kind, column)
    return {"label": label, "width": TRAIT if turned else MARK, "is_comment": False, "turned": turned}


def _label(kind: str, column: Facts) -> tuple[str, bool]:
    """The heading, and whether it is too long to stand upright."""
    if kind == "primary":
        return change_layout.PRIMARY[column["kind"]], False
    if kind == "homeroom":
        return TRAIT_NAMES.get(column["trait"]) or change_layout.HOMEROOM[column["kind"]], True
    names = change_layout.BY_COMMENT if kind == "comment" else change_layout.SCORED
    numbered = f" {column['ordinal']}" if column["kind"] in ("regular", "periodic") else ""
    strand = f" ({column['strand']})" if column["strand"] else ""
    return f"{names[column['kind']]}{numbered}{strand}", False


def _groups(columns: Sequence[Facts]) -> list[Context]:
    """The columns of one period, side by side."""
    found = groupby(columns, key=lambda column: column["period"])
    return [{"label": PERIODS[code], "span": len(list(inside))} for code, inside in found]


def _changes(course: Facts, book: Facts) -> Mapping[change_layout.Place, str]:
    """The first value of every corrected cell of the course."""
    old: dict[change_layout.Place, str] = {}
    for change in book.get("corrections", []):
        if change["subject"] == course["subject"]:
            where = change_layout.place(change["subject"], change["number"], change["column"])
            old.setdefault(where, change["old"])
    return old
