"""What a printed class book says at the end of the year: conduct, absences, promotion, titles, qualities.

Pure, as `layouts`. Books of version 1 and 2 do not hold these facts; their cells stay empty, to be filled by hand.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

Facts = Mapping[str, Any]

PROMOTED = {"promoted", "completed_promoted", "not_completed_promoted"}
RETAINED = {"retained"}
IN_SUMMER = {"summer_training": "Rèn luyện trong hè", "summer_retest": "Kiểm tra lại trong hè"}
"""Neither moved up nor stayed: the boxes wait for the summer's decision, and the note says for what."""
CLOSING = ("Đánh giá KQGD", "Khen thưởng", "Hoàn thành CTLH", "Lên lớp")
SHORT_TITLES = {
    "Học sinh Xuất sắc": "HSXS",
    "Học sinh giỏi": "HSG",
    "Học sinh tiên tiến": "HSTT",
    "Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện": "HSTB",
}
MARK = "x"
YEAR = 2


def by_number(book: Facts, fact: str) -> dict[int, Any]:
    """A fact of the summary by the pupil's number; empty where the book does not hold it."""
    return {row["number"]: row[fact] for row in book["summary"] if fact in row}


def titles(book: Facts) -> dict[int, dict[str, str]]:
    """By the pupil's number and moment: those of the semesters as the rules have them, that of the year as decided."""
    moments = ("semester1", "semester2", "year")
    return {
        row["number"]: {
            moment: SHORT_TITLES.get(title, title)
            for moment, title in zip(moments, (*row["titles"], row["award"]), strict=True)
        }
        for row in book["summary"]
        if "titles" in row
    }


def rows(book: Facts) -> list[dict[str, Any]]:
    """The lines of "Xếp loại cả năm" (TT 22/2021): the year, the summer, absences, promotion, title."""
    summary = {row["number"]: row for row in book["summary"]}
    return [{**pupil, **_year(summary.get(pupil["number"], {}))} for pupil in book["pupils"]]


def _year(row: Facts) -> dict[str, str]:
    summer_conduct, summer_learning = row.get("summer", ("", ""))
    outcome = row.get("outcome", "")
    return {
        "conduct": _last(row, "conduct"),
        "learning": _last(row, "learning"),
        "summer_conduct": summer_conduct,
        "summer_learning": summer_learning,
        "absences": _last(row, "absences"),
        "promoted": MARK if outcome in PROMOTED else "",
        "in_summer": IN_SUMMER.get(outcome, ""),
        "retained": MARK if outcome in RETAINED else "",
        "award": row.get("award", ""),
        "note": ". ".join(filter(None, [IN_SUMMER.get(outcome, ""), _by_decision(row)])),
    }


def _by_decision(row: Facts) -> str:
    return f"QĐ {_decision(row)}" if row.get("decision") else ""


def _decision(row: Facts) -> str:
    """`số 46/QĐ-THCS, 28/05/2027`; what it is stands before it."""
    if not row.get("decision"):
        return ""
    return f"số {row['decision']}, {date.fromisoformat(row['decided_on']):%d/%m/%Y}"


def notes(book: Facts) -> dict[int, str]:
    """What stands in the notes of the primary summary at the year's end: the result after support, by decision."""
    return {
        row["number"]: f"Sau đánh giá bổ sung: {row['summer'][1]}. {_by_decision(row)}".strip()
        for row in book["summary"]
        if "outcome" in row and row["summer"][1]
    }


def decisions(book: Facts) -> str:
    """Every decision that the table rests on, once; most classes have one."""
    return "; ".join(dict.fromkeys(filter(None, map(_decision, book["summary"]))))


def _last(row: Facts, fact: str) -> str:
    return str(row[fact][YEAR]) if fact in row else ""


def totals(book: Facts) -> dict[str, int]:
    """Of the pupils who stayed: how many move up, stay, wait for the summer, and have a title."""
    staying = [row for row in rows(book) if not row["left_on"]]
    return {
        "pupils": len(staying),
        "promoted": sum(bool(row["promoted"]) for row in staying),
        "retained": sum(bool(row["retained"]) for row in staying),
        "in_summer": sum(bool(row["in_summer"]) for row in staying),
        "awards": sum(bool(row["award"]) for row in staying),
    }


def traits(book: Facts, period: str, count: int) -> dict[int, list[str]]:
    """The levels of qualities and competences in a period by the pupil's number, in the order of the circular."""
    homeroom = book.get("homeroom")
    if not homeroom:
        return {}
    columns = enumerate(homeroom["columns"])
    places = [place for place, column in columns if column["kind"] == "trait" and column["period"] == period]
    if len(places) != count:
        return {}
    return {row["number"]: [row["cells"][place] for place in places] for row in homeroom["rows"]}


def closings(book: Facts) -> dict[int, list[str]]:
    """The last columns of the primary summary by the pupil's number: result, title, completion, promotion."""
    return {
        row["number"]: [
            row["learning"][YEAR],
            SHORT_TITLES.get(row["award"], row["award"]),
            MARK if row["completion"] else "",
            MARK if row["outcome"] in PROMOTED else "",
        ]
        for row in book["summary"]
        if "outcome" in row
    }
