"""The sheet that parents get at the end of a term: one page a pupil, of that pupil alone (S3-21).

Pure, as `layouts`. No rank, no average of the class, nothing of another pupil (TT 15/2026, article 22).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from archive.layouts import MOMENTS, PERIODS, ROMAN, Context, Facts, day, result, result_columns
from gradebook.assessment.traits import TRAIT_NAMES

UNTIL = {"GK1": ("GK1",), "CK1": ("GK1", "CK1"), "GK2": ("GK2",), "CN": ("GK2", "CN")}
ENDS = {"CK1", "CN"}
WORDS = {
    "promoted": "Được lên lớp",
    "completed_promoted": "Hoàn thành chương trình lớp học, được lên lớp",
    "not_completed_promoted": "Được lên lớp",
    "retained": "Không được lên lớp",
    "summer_training": "Rèn luyện trong kỳ nghỉ hè",
    "summer_retest": "Kiểm tra, đánh giá lại trong kỳ nghỉ hè",
    "support_then_reassess": "Được hướng dẫn, giúp đỡ để đánh giá bổ sung",
}


def staying(book: Facts) -> list[Facts]:
    """Who gets a sheet, in the order of the pages."""
    return [pupil for pupil in book["pupils"] if not pupil["left_on"]]


def sheets(book: Facts) -> Context:
    """Of every pupil who is still in the class."""
    code = book["period"]
    semester = 1 if code in ("GK1", "CK1") else 2
    primary = book["class"]["level"] == "primary"
    return {
        "period": PERIODS[code],
        "roman": ROMAN[semester],
        "primary": primary,
        "ends": code in ENDS,
        "is_year": code == "CN",
        "sheets": [_sheet(book, pupil, code, semester, primary=primary) for pupil in staying(book)],
    }


def _sheet(book: Facts, pupil: Facts, code: str, semester: int, *, primary: bool) -> Context:
    own = _own(book.get("homeroom"), pupil["number"], (code,))
    subject = _primary_line if primary else _line
    return {
        **pupil,
        "birth_date": day(pupil["birth_date"]),
        "lines": [subject(course, pupil["number"], code, semester) for course in book["courses"]],
        "traits": [(TRAIT_NAMES[trait], text) for trait, text in own.get("traits", [])],
        "comment": " ".join(own.get("comment", [])),
        "excused": "".join(own.get("excused", [])),
        "unexcused": "".join(own.get("unexcused", [])),
        **_closing(book, pupil["number"], semester, is_year=code == "CN"),
    }


def _own(course: Facts | None, number: int, periods: Sequence[str]) -> dict[str, list[Any]]:
    """One pupil's texts of a course in these periods, by kind of column; qualities with their names."""
    found: dict[str, list[Any]] = {}
    row = next((row for row in course["rows"] if row["number"] == number), None) if course else None
    if course is None or row is None:
        return found
    for column, text in zip(course["columns"], row["cells"], strict=True):
        if column["period"] in periods and column["trait"]:
            found.setdefault("traits", []).append((column["trait"], text))
        elif column["period"] in periods and text:
            found.setdefault(column["kind"], []).append(text)
    return found


def _line(course: Facts, number: int, code: str, semester: int) -> Context:
    """Marks of the semester so far; results only at its end."""
    own = _own(course, number, UNTIL[code])
    row = next(row for row in course["rows"] if row["number"] == number)
    keys = [key for _, key in result_columns(course["kind"], semester)[:2]] if code in ENDS else []
    return {
        "subject": course["subject"],
        "regular": "   ".join(own.get("regular", [])),
        "midterm": "   ".join([*own.get("periodic", []), *own.get("midterm", [])]),
        "final": "".join(own.get("final", [])),
        "results": [result(row, key) for key in keys],
        "comment": " ".join(own.get("comment", [])),
    }


def _primary_line(course: Facts, number: int, code: str, semester: int) -> Context:
    own = _own(course, number, (code,))
    return {
        "subject": course["subject"],
        "level": "".join(own.get("level", [])),
        "score": "".join(own.get("score", [])),
        "comment": " ".join(own.get("comment", [])),
    }


def _closing(book: Facts, number: int, semester: int, *, is_year: bool) -> Context:
    row: Mapping[str, Any] = next((row for row in book["summary"] if row["number"] == number), {})
    if not row:
        return {}
    place = MOMENTS.index(f"semester{semester}")
    year = MOMENTS.index("year")
    return {
        "learning": row["learning"][place],
        "conduct": row["conduct"][place],
        "year_learning": row["learning"][year] if is_year else "",
        "year_conduct": row["conduct"][year] if is_year else "",
        "award": row["award"] if is_year else "",
        "outcome": WORDS.get(row["outcome"], "") if is_year else "",
    }
