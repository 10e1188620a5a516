"""The official forms of a transcript: which tables and words (TT 27/2020, annex 1; TT 22/2021; TT 58/2011).

Pure, as `layouts`. Years issued before version 3 do not hold every fact; their places stay open, to be filled by hand.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from archive import booklet_primary, booklet_secondary
from archive.layouts import SEX, TRANSCRIPTS, Context, Facts, day
from gradebook import printing

SHORT = {"primary": "TH", "lower_secondary": "THCS", "upper_secondary": "THPT"}
LAST_GRADES = {5: "primary", 9: "lower_secondary", 12: "upper_secondary"}
PROMOTED = {"promoted", "completed_promoted", "not_completed_promoted"}
CERTIFICATES = {
    "primary": "Giấy chứng nhận hoàn thành chương trình tiểu học",
    "lower_secondary": "Bằng tốt nghiệp trung học cơ sở",
    "upper_secondary": "Bằng tốt nghiệp trung học phổ thông",
}
ROWS_OF_WAY = 7
SUBJECTS, TALLEST_ROW = 162.0, 15.0
"""Millimetres: all rows of the subjects together, so that the hands below stay on the page; and one row at most."""
MANY_LETTERS = 1100
"""Of a year's comments, from which they are set smaller so that the subjects stay on one page."""
Part = tuple[str, str, Context]


def parts(facts: Facts) -> Iterator[Part]:
    """Cover, who the pupil is and the way here, two pages a year, what was completed and what it is made of."""
    book = facts["book"]
    years = [year(each) for each in book["years"]]
    yield "Bìa và thông tin học sinh", "booklet_front.html", front(facts)
    for each in years:
        template = "booklet_primary.html" if each["is_primary"] else "booklet_secondary.html"
        yield f"Năm học {each['year']}", template, {"of_year": each}
    scans = [{**each, "received_on": day(each["received_on"])} for each in book["scans"]]
    back = {
        "years": years,
        "completed": _completed(years),
        "certificate": _certificate(book["certificate"], book["level"]),
        "scans": scans,
    }
    yield "Xác nhận", "booklet_back.html", back


def front(facts: Facts) -> Context:
    book = facts["book"]
    printed = datetime.fromisoformat(facts["edition"]["requested_at"])
    way = [
        {
            **place,
            "year": place["year"].replace("-", " – "),
            "since_day": day(place["since"]) if place["since"] else "",
            "note": _moved(place),
        }
        for place in book["way"]
    ]
    return {
        "pupil": _pupil(book["pupil"]),
        "short_level": SHORT[book["level"]],
        "way": way,
        "printed_on": printing.in_words(printed.date()),
        "blank_rows": range(max(0, ROWS_OF_WAY - len(way))),
    }


def year(issued: Facts) -> Context:
    """One year's two pages."""
    content = json.loads(issued["payload"])
    summary = content["book"]["summary"][0]
    is_primary = content["scheme"].startswith("TT27")
    own = (booklet_primary if is_primary else booklet_secondary).year(content, summary)
    return {
        "is_primary": is_primary,
        "year": content["year"].replace("-", " – "),
        "class": content["class"],
        "school": content["school"],
        "received": issued.get("received"),
        "name": content["pupil"]["full_name"],
        "homeroom_teacher": content.get("homeroom_teacher", ""),
        "principal": content.get("principal", ""),
        "signed": _signed(content, summary),
        "decision": _decision(summary),
        "corrections": _corrections(content),
        "award": summary.get("award", ""),
        "ending": _ending(content, summary),
        "issued": {**issued, "issued_on": day(issued["issued_on"])},
        **own,
        "row_height": round(min(TALLEST_ROW, SUBJECTS / max(len(own["subjects"]), 1)), 1),
        "is_long": sum(len(subject["comment"]) for subject in own["subjects"]) > MANY_LETTERS,
    }


def _pupil(pupil: Facts) -> Context:
    return {
        **pupil,
        "birth_date": day(pupil["birth_date"]),
        "admitted_on": day(pupil["admitted_on"]) if pupil["admitted_on"] else "",
        "sex": SEX[pupil["sex"]],
    }


def _moved(place: Facts) -> str:
    return f"Rời lớp ngày {day(place['until'])}" if place["left"] and place["until"] else ""


def _signed(content: Facts, summary: Facts) -> str:
    """Where and when the year was approved: the day of the principal's decision."""
    decided = summary.get("decided_on", "")
    when = printing.in_words(date.fromisoformat(decided)) if decided else "ngày …… tháng …… năm ………"
    return f"{content.get('place') or '………………'}, {when}"


def _decision(summary: Facts) -> str:
    if not summary.get("decision"):
        return ""
    return (
        f"Quyết định số {summary['decision']} {printing.in_words(date.fromisoformat(summary['decided_on']))}"
    )


def _corrections(content: Facts) -> str:
    """The form's own sentence on what was corrected; blank lines where the year does not say."""
    if "corrections" not in content:
        return "Trong bảng này có sửa chữa ở: …… chỗ, thuộc các môn học: ………………………………………………"
    of_subjects = [row for row in content["corrections"] if row["subject"]]
    elsewhere = sum(row["places"] for row in content["corrections"] if not row["subject"])
    besides = (
        f" Phần nhận xét, đánh giá của giáo viên chủ nhiệm có sửa chữa ở {elsewhere} chỗ."
        if elsewhere
        else ""
    )
    if not of_subjects:
        return f"Trong bảng này không có chỗ nào sửa chữa.{besides}"
    places = sum(row["places"] for row in of_subjects)
    names = ", ".join(f"{row['subject']} ({row['places']})" for row in of_subjects)
    return f"Trong bảng này có sửa chữa ở: {places} chỗ, thuộc các môn học: {names}.{besides}"


def _ending(content: Facts, summary: Facts) -> Mapping[str, Any]:
    """Where the year led: up, not up, or through the level."""
    outcome, grade = summary.get("outcome", ""), content.get("grade", 0)
    moves_up = outcome in PROMOTED
    level = LAST_GRADES.get(grade)
    completed = f"Hoàn thành chương trình {TRANSCRIPTS[level].lower()}" if level and moves_up else ""
    return {
        "promoted": _next(grade) if moves_up and not level else "",
        "completed": completed,
        "retained": "Ở lại lớp" if outcome == "retained" else "",
        "after_summer": bool(any(summary.get("summer", ()))),
    }


def _certificate(known: Facts | None, level: str) -> Context | None:
    return {**known, "title": CERTIFICATES[level], "dated": day(known["dated"])} if known else None


def _next(grade: int) -> str:
    return f"Lớp {grade + 1}" if grade else "Có"


def _completed(years: list[Context]) -> Context | None:
    """The year that completed the level, if it did."""
    return next((each for each in reversed(years) if each["ending"]["completed"]), None)
