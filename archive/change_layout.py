"""The record of corrections in a printed book: its page, and which cells of the tables carry a mark.

Pure, as `layouts`. A book of version 1 does not say what was corrected; then nothing is claimed about it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from gradebook.assessment.traits import TRAIT_NAMES

Facts = Mapping[str, Any]
Context = dict[str, Any]
Place = tuple[str, int, str, str, int]
"""Subject, pupil's number, and the column: period, kind, ordinal."""

SEMESTERS = {1: "học kỳ I", 2: "học kỳ II"}
PERIODS = {
    "GK1": "giữa học kỳ I",
    "CK1": "cuối học kỳ I",
    "GK2": "giữa học kỳ II",
    "CN": "cuối năm học",
    "HE": "trong hè",
}
SCORED = {
    "regular": "ĐĐGtx",
    "periodic": "Kiểm tra 1 tiết",
    "midterm": "ĐĐGgk",
    "final": "ĐĐGck",
    "comment": "Nhận xét",
    "retest": "Đánh giá lại",
}
BY_COMMENT = {**SCORED, "regular": "Thường xuyên", "midterm": "Giữa kỳ", "final": "Cuối kỳ"}
PRIMARY = {"level": "Mức", "score": "Điểm", "comment": "Nhận xét"}
HOMEROOM = {
    "conduct": "Kết quả rèn luyện",
    "year_conduct": "Hạnh kiểm cả năm",
    "excused": "Nghỉ có phép",
    "unexcused": "Nghỉ không phép",
    "support": "Kết quả sau hỗ trợ",
    "comment": "Nhận xét",
}


def is_recorded(book: Facts) -> bool:
    return "corrections" in book


def corrected(book: Facts) -> frozenset[Place]:
    return frozenset(
        place(change["subject"], change["number"], change["column"]) for change in book.get("corrections", [])
    )


def place(subject: str, number: int, column: Facts) -> Place:
    return subject, number, column["period"], column["kind"], column["ordinal"]


def page(book: Facts) -> Context:
    homeroom = [book["homeroom"]] if book.get("homeroom") else []
    kinds = {course["subject"]: course["kind"] for course in [*book["courses"], *homeroom]}
    changes = [
        {
            **change,
            "date": f"{date.fromisoformat(change['date']):%d/%m/%Y}",
            "column": column_name(kinds[change["subject"]], change["column"]),
        }
        for change in book["corrections"]
    ]
    return {"changes": changes, "places": len(corrected(book))}


def column_name(kind: str, column: Facts) -> str:
    """As the heading of the printed table, and where that table is: ĐĐGtx 2, học kỳ I."""
    if kind == "primary":
        return f"{PRIMARY[column['kind']]}, {PERIODS[column['period']]}"
    if kind == "homeroom":
        name = TRAIT_NAMES.get(column["trait"]) or HOMEROOM[column["kind"]]
        return f"{name}, {PERIODS[column['period']]}"
    name = (BY_COMMENT if kind == "comment" else SCORED)[column["kind"]]
    ordinal = f" {column['ordinal']}" if column["kind"] in ("regular", "periodic") else ""
    return f"{name}{ordinal}, {SEMESTERS[column['semester']]}"
