"""The tables of a whole class: results of the secondary school, and the primary school's class summary.

Pure, as `layouts`.
"""

from collections.abc import Iterator, Sequence

from archive import change_layout, year_end
from archive.layouts import (
    EMPTY_CELL,
    MOMENTS,
    NO_TEXTS,
    PERIODS,
    Context,
    Facts,
    cell,
    counts,
    day,
    is_former,
    moved,
    result,
)
from archive.paper_sizes import UNDER_TURNED, UNDER_UPRIGHT, wide_list, wide_row_height

QUALITIES = ["Yêu nước", "Nhân ái", "Chăm chỉ", "Trung thực", "Trách nhiệm"]
GENERAL_SKILLS = ["Tự chủ và tự học", "Giao tiếp và hợp tác", "Giải quyết vấn đề và sáng tạo"]
EARLY_SKILLS = ["Ngôn ngữ", "Tính toán", "Khoa học", "Thẩm mĩ", "Thể chất"]
SKILLS = ["Ngôn ngữ", "Tính toán", "Khoa học", "Công nghệ", "Tin học", "Thẩm mĩ", "Thể chất"]
WORDS = {
    "learning": "Kết quả học tập",
    "conduct": "Kết quả rèn luyện",
    "level": "Mức đánh giá",
    "summer": "Mức đánh giá sau rèn luyện hè, kiểm tra, đánh giá lại",
    "award": "Khen thưởng",
}
MEANS = 34.0
"""Millimetres that the mean, longer words and the title take under TT 58/2011."""
FORMER_WORDS = {
    "learning": "Học lực",
    "conduct": "Hạnh kiểm",
    "level": "Xếp loại",
    "summer": "Xếp loại sau rèn luyện hè, kiểm tra lại",
    "award": "Danh hiệu",
}


def summary(book: Facts, paper: str = "wide", moments: Sequence[str] = MOMENTS) -> Context:
    """All subjects of a pupil in one line: both semesters, the year, and what the year's results lead to."""
    kinds = {
        "comment": "Môn học đánh giá bằng nhận xét",
        "scored": "Môn học đánh giá bằng nhận xét kết hợp điểm số",
    }
    groups = [
        {"label": label, "courses": [course for course in book["courses"] if course["kind"] == kind]}
        for kind, label in kinds.items()
    ]
    courses = [course for group in groups for course in group["courses"]]
    tables = [
        _summary_table(book, courses, title, key)
        for title, key in (
            ("Tổng hợp kết quả học kỳ I", "semester1"),
            ("Tổng hợp kết quả học kỳ II", "semester2"),
            ("Tổng hợp kết quả cả năm học", "year"),
        )
        if key in moments
    ]
    means = _has_means(book)
    return {
        "groups": [group for group in groups if group["courses"]],
        "subjects": [course["subject"] for course in courses],
        "tables": tables,
        "words": FORMER_WORDS if is_former(book) else WORDS,
        "has_means": means,
        "year_rows": year_end.rows(book) if "year" in moments else [],
        "totals": year_end.totals(book),
        "paper": paper,
        **wide_list(len(book["pupils"]), paper, UNDER_TURNED),
        "year_list": wide_list(len(book["pupils"]), paper, UNDER_UPRIGHT),
        "subject_width": _subject_width(len(courses), paper, MEANS if means else 0.0),
        **counts(book),
    }


def _subject_width(subjects: int, paper: str, beside: float) -> float:
    widest, available = (13.0, 176.0) if paper == "wide" else (19.0, 268.0)
    return round(min(widest, (available - beside) / max(subjects, 1)), 2)


def _summary_table(book: Facts, courses: Sequence[Facts], title: str, key: str) -> Context:
    results = [{row["number"]: result(row, key) for row in course["rows"]} for course in courses]
    learning, conduct = year_end.by_number(book, "learning"), year_end.by_number(book, "conduct")
    overall, titles = year_end.by_number(book, "overall"), year_end.titles(book)
    place = MOMENTS.index(key)
    rows = [
        {
            **pupil,
            "results": [found.get(pupil["number"], "") for found in results],
            "learning": learning.get(pupil["number"], NO_TEXTS)[place],
            "conduct": conduct.get(pupil["number"], NO_TEXTS)[place],
            "overall": overall.get(pupil["number"], NO_TEXTS)[place],
            "award": titles.get(pupil["number"], {}).get(key, ""),
        }
        for pupil in book["pupils"]
    ]
    return {"title": title, "rows": rows}


def _has_means(book: Facts) -> bool:
    """The mean of all subjects and a title of the semester: TT 58/2011, where the book holds them."""
    return is_former(book) and (not book["summary"] or "overall" in book["summary"][0])


def primary_summaries(book: Facts) -> Iterator[Context]:
    for code in PERIODS:
        yield primary_summary(book, code)


def primary_summary(book: Facts, code: str, paper: str = "wide") -> Context:
    """The table of a period (TT 27/2020, annex 2): all subjects, qualities and skills of a pupil in one line."""
    subjects = [(course, _places_of(course, code)) for course in book["courses"]]
    corrected = change_layout.corrected(book)
    cells = [
        {
            row["number"]: {place: cell(course, row, place, corrected) for place in places}
            for row in course["rows"]
        }
        for course, places in subjects
    ]
    skills = EARLY_SKILLS if book["class"]["grade"] <= 2 else SKILLS
    names = [*QUALITIES, *GENERAL_SKILLS, *skills]
    blank = [""] * len(names)
    traits = year_end.traits(book, code, len(names))
    closing = list(year_end.CLOSING) if code == "CN" else []
    closings = year_end.closings(book) if closing else {}
    notes = year_end.notes(book) if closing else {}
    rows = [
        {
            **pupil,
            "birth_date": day(pupil["birth_date"]),
            "levels": [
                cells[index].get(pupil["number"], {}).get(place, EMPTY_CELL)
                for index, (_, places) in enumerate(subjects)
                for place in places
            ],
            "traits": traits.get(pupil["number"], blank),
            "closing": closings.get(pupil["number"], [""] * len(closing)) if closing else [],
            "note": " ".join(filter(None, [moved(pupil), notes.get(pupil["number"], "")])),
        }
        for pupil in book["pupils"]
    ]
    narrow = sum(len(places) for _, places in subjects) + len(names)
    return {
        "title": f"Bảng tổng hợp kết quả đánh giá giáo dục – {PERIODS[code]}",
        "paper": paper,
        "subjects": [
            {"name": course["subject"], "places": ["Mức", "Điểm"][: len(places)]}
            for course, places in subjects
            if places
        ],
        "qualities": QUALITIES,
        "general_skills": GENERAL_SKILLS,
        "skills": skills,
        "blank": blank,
        "closing": closing,
        "decisions": year_end.decisions(book) if closing else "",
        "corrected": any(cell["corrected"] for row in rows for cell in row["levels"]),
        "rows": rows,
        "row_height": wide_row_height(len(rows), paper, 12),
        "narrow_width": _narrow_width(narrow, len(closing), paper),
    }


def _narrow_width(columns: int, closing: int, paper: str) -> float:
    widest, available = (99.0, 184.0) if paper == "wide" else (12.0, 285.0)
    return round(min(widest, (available - 9 * closing) / max(columns, 1)), 2)


def _places_of(course: Facts, period: str) -> list[int]:
    """Level, and the score where the period has a test."""
    return [
        place
        for place, column in enumerate(course["columns"])
        if column["period"] == period and column["kind"] != "comment"
    ]
