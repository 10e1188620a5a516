"""The official forms of a class book: which tables, columns and words (TT 22/2021 and TT 27/2020, annexes).

Pure: payload facts in, what the print templates need out. Lengths are millimetres on A4.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date, datetime
from typing import Any

from archive import change_layout, year_end

Facts = Mapping[str, Any]
Context = dict[str, Any]

LEVELS = {
    "primary": "Cấp Tiểu học",
    "lower_secondary": "Cấp Trung học cơ sở",
    "upper_secondary": "Cấp Trung học phổ thông",
}
TITLES = {"primary": ("Bảng tổng hợp kết quả", "đánh giá giáo dục")}
TITLE = ("Sổ theo dõi", "và đánh giá học sinh")
SEX = {"female": "Nữ", "male": "Nam"}
ROMAN = {1: "I", 2: "II"}
MOMENTS = ("semester1", "semester2", "year")
"""The order of the results of a row."""
PERIODS = {
    "GK1": "Giữa học kỳ I",
    "CK1": "Cuối học kỳ I",
    "GK2": "Giữa học kỳ II",
    "CN": "Cuối năm học",
}
QUALITIES = ["Yêu nước", "Nhân ái", "Chăm chỉ", "Trung thực", "Trách nhiệm"]
GENERAL_SKILLS = ["Tự chủ và tự học", "Giao tiếp và hợp tác", "Giải quyết vấn đề và sáng tạo"]
EARLY_SKILLS = ["Ngôn ngữ", "Tính toán", "Khoa học", "Thẩm mĩ", "Thể chất"]
SKILLS = ["Ngôn ngữ", "Tính toán", "Khoa học", "Công nghệ", "Tin học", "Thẩm mĩ", "Thể chất"]

# The heights that are left for rows under a page's title and headings.
PORTRAIT_ROWS, LANDSCAPE_ROWS = 206.0, 120.0


def common(facts: Facts) -> Context:
    """What every part says about the book."""
    book = facts["book"]
    level = book["class"]["level"]
    return {
        "title": " ".join(TITLES.get(level, TITLE)),
        "title_lines": TITLES.get(level, TITLE),
        "by_class": "" if level in TITLES else "(Theo lớp học)",
        "level": LEVELS[level],
        "school": book["school"],
        "class_name": book["class"]["name"],
        "year": book["year"].replace("-", " – "),
        "homeroom_teacher": book["homeroom_teacher"],
        "principal": book["principal"],
        "edition": facts["edition"],
        "requested_at": datetime.fromisoformat(facts["edition"]["requested_at"]),
        "interim": book.get("interim", False),
    }


def cover(facts: Facts) -> Context:
    book = facts["book"]
    return {**_counts(book), "courses": book["courses"]}


def pupils(book: Facts) -> Context:
    rows = [
        {**pupil, "birth_date": _day(pupil["birth_date"]), "sex": SEX[pupil["sex"]], "note": _moved(pupil)}
        for pupil in book["pupils"]
    ]
    return {"rows": rows, "row_height": row_height(len(rows), LANDSCAPE_ROWS)}


def course(course: Facts, book: Facts) -> Context:
    """One subject: a table for each semester."""
    return {
        "subject": course["subject"],
        "teachers": ", ".join(course["teachers"]),
        "by_comment": course["kind"] == "comment",
        "terms": [_term(course, book, semester) for semester in ROMAN],
        "row_height": row_height(len(course["rows"]), PORTRAIT_ROWS),
    }


def _term(course: Facts, book: Facts, semester: int) -> Context:
    places = [
        (place, column["kind"])
        for place, column in enumerate(course["columns"])
        if column["semester"] == semester
    ]
    # The retest stands among the results, where the form has it.
    marks = [place for place, kind in places if kind not in ("comment", "retest")]
    corrected = change_layout.corrected(book)
    cells = [{place: _cell(course, row, place, corrected) for place, _ in places} for row in course["rows"]]
    regular = sum(1 for _, kind in places if kind == "regular")
    results = _result_columns(course["kind"], semester)
    remarks = [place for place, kind in places if kind == "comment"]
    pupils = {pupil["number"]: pupil for pupil in book["pupils"]}
    return {
        "roman": ROMAN[semester],
        "regular": [str(ordinal) for ordinal in range(1, regular + 1)],
        "periodic": [str(place) for place, kind in places if kind == "periodic"],
        "midterm": any(kind == "midterm" for _, kind in places),
        "final": any(kind == "final" for _, kind in places),
        "results": [label for label, _ in results],
        "mark_width": 7.8,
        "corrected": any(cell["corrected"] for found in cells for cell in found.values()),
        "rows": [
            {
                **row,
                "marks": [found[place] for place in marks],
                "results": [_result(row, key) for _, key in results],
                "left": _left(pupils.get(row["number"], {})),
                "remarks": [found[place] for place in remarks],
            }
            for row, found in zip(course["rows"], cells, strict=True)
        ],
    }


def _cell(course: Facts, row: Facts, place: int, corrected: Set[change_layout.Place]) -> Context:
    where = change_layout.place(course["subject"], row["number"], course["columns"][place])
    return {"text": row["cells"][place], "corrected": where in corrected}


EMPTY_CELL = {"text": "", "corrected": False}
NO_TEXTS = ("", "", "")


def _result_columns(kind: str, semester: int) -> list[tuple[str, str]]:
    """Headings of the results of a semester, and where the payload has them."""
    own = f"semester{semester}"
    if kind == "comment":
        return (
            [("Học kỳ", own)]
            if semester == 1
            else [("Học kỳ", own), ("Cả năm", "year"), ("Đánh giá lại", "retest")]
        )
    label = f"ĐTB mhk {ROMAN[semester]}"
    return (
        [(label, own)] if semester == 1 else [(label, own), ("ĐTB mcn", "year"), ("Đánh giá lại", "retest")]
    )


def summary(book: Facts) -> Context:
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
    ]
    return {
        "groups": [group for group in groups if group["courses"]],
        "subjects": [course["subject"] for course in courses],
        "tables": tables,
        "year_rows": year_end.rows(book),
        "totals": year_end.totals(book),
        "row_height": row_height(len(book["pupils"]), LANDSCAPE_ROWS),
        "subject_width": round(min(13.0, 176 / max(len(courses), 1)), 2),
        **_counts(book),
    }


def _summary_table(book: Facts, courses: Sequence[Facts], title: str, key: str) -> Context:
    results = [{row["number"]: _result(row, key) for row in course["rows"]} for course in courses]
    learning, conduct = year_end.by_number(book, "learning"), year_end.by_number(book, "conduct")
    place = MOMENTS.index(key)
    rows = [
        {
            **pupil,
            "results": [found.get(pupil["number"], "") for found in results],
            "learning": learning.get(pupil["number"], NO_TEXTS)[place],
            "conduct": conduct.get(pupil["number"], NO_TEXTS)[place],
        }
        for pupil in book["pupils"]
    ]
    return {"title": title, "rows": rows}


def _result(row: Facts, moment: str) -> str:
    return str(row["results"][MOMENTS.index(moment)] if moment in MOMENTS else row.get("retest", ""))


def primary_summaries(book: Facts) -> Iterator[Context]:
    """One table a period (TT 27/2020, annex 2): all subjects, qualities and skills of a pupil in one line."""
    for code, title in PERIODS.items():
        yield _primary_summary(book, code, title)


def _primary_summary(book: Facts, code: str, title: str) -> Context:
    subjects = [(course, _places_of(course, code)) for course in book["courses"]]
    corrected = change_layout.corrected(book)
    cells = [
        {
            row["number"]: {place: _cell(course, row, place, corrected) for place in places}
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
            "birth_date": _day(pupil["birth_date"]),
            "levels": [
                cells[index].get(pupil["number"], {}).get(place, EMPTY_CELL)
                for index, (_, places) in enumerate(subjects)
                for place in places
            ],
            "traits": traits.get(pupil["number"], blank),
            "closing": closings.get(pupil["number"], [""] * len(closing)) if closing else [],
            "note": " ".join(filter(None, [_moved(pupil), notes.get(pupil["number"], "")])),
        }
        for pupil in book["pupils"]
    ]
    narrow = sum(len(places) for _, places in subjects) + len(names)
    return {
        "title": f"Bảng tổng hợp kết quả đánh giá giáo dục – {title}",
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
        "row_height": row_height(len(rows), LANDSCAPE_ROWS - 12),
        "narrow_width": round((184 - 9 * len(closing)) / max(narrow, 1), 2),
    }


def _places_of(course: Facts, period: str) -> list[int]:
    """Level, and the score where the period has a test."""
    return [
        place
        for place, column in enumerate(course["columns"])
        if column["period"] == period and column["kind"] != "comment"
    ]


def confirmation(book: Facts) -> Context:
    return {"courses": book["courses"], **_counts(book)}


def _counts(book: Facts) -> Context:
    staying = [pupil for pupil in book["pupils"] if not pupil["left_on"]]
    return {
        "listed": len(book["pupils"]),
        "pupils": len(staying),
        "girls": sum(1 for pupil in staying if pupil["sex"] == "female"),
        "left": len(book["pupils"]) - len(staying),
    }


def row_height(rows: int, available: float) -> float:
    """High enough to fill the page, low enough that 45 pupils stay on one portrait page."""
    return round(min(7.0, max(4.55, available / max(rows, 1))), 2)


def _moved(pupil: Facts) -> str:
    """Since when and until when, where that is not the whole year."""
    came = f"Vào lớp ngày {_day(pupil['came_on'])}." if pupil.get("came_on") else ""
    return " ".join(filter(None, [came, _left(pupil)]))


def _left(pupil: Facts) -> str:
    return f"Rời lớp ngày {_day(pupil['left_on'])}." if pupil.get("left_on") else ""


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"
