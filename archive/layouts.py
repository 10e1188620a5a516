"""The official forms of a class book: which tables, columns and words (TT 22/2021 and TT 27/2020, annexes).

Pure: payload facts in, what the print templates need out. Lengths are millimetres on A4.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import date, datetime
from typing import Any

from archive import change_layout, comment_rows
from archive.paper_sizes import WIDTHS

Facts = Mapping[str, Any]
Context = dict[str, Any]

LEVELS = {
    "primary": "Cấp Tiểu học",
    "lower_secondary": "Cấp Trung học cơ sở",
    "upper_secondary": "Cấp Trung học phổ thông",
}
TRANSCRIPTS = {
    "primary": "Tiểu học",
    "lower_secondary": "Trung học cơ sở",
    "upper_secondary": "Trung học phổ thông",
}
TITLES = {"primary": ("Bảng tổng hợp kết quả", "đánh giá giáo dục")}
TITLE = ("Sổ theo dõi", "và đánh giá học sinh")
FORMER_TITLE = ("Sổ gọi tên", "và ghi điểm")
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


def common(facts: Facts) -> Context:
    """What every part says about the book."""
    book = facts["book"]
    return {
        **_OF_WHOM.get(facts["format"], _of_class)(book),
        "school": book["school"],
        "year": book["year"].replace("-", " – "),
        "principal": book["principal"],
        "edition": facts["edition"],
        "requested_at": datetime.fromisoformat(facts["edition"]["requested_at"]),
        "interim": book.get("interim", False),
    }


def _of_class(book: Facts) -> Context:
    level = book["class"]["level"]
    title = TITLES.get(level, FORMER_TITLE if is_former(book) else TITLE)
    return {
        "title": " ".join(title),
        "title_lines": title,
        "is_primary": level == "primary",
        "is_former": is_former(book),
        "by_class": "" if level in TITLES else "(Theo lớp học)",
        "level": LEVELS[level],
        "class_name": book["class"]["name"],
        "whose": f"Lớp {book['class']['name']}",
        "homeroom_teacher": book["homeroom_teacher"],
    }


def _of_teacher(book: Facts) -> Context:
    return {
        "title": " ".join(TITLE),
        "title_lines": TITLE,
        "by_class": "(Của giáo viên)",
        "whose": f"Giáo viên {book['teacher']}",
        "teacher": book["teacher"],
        "roman": ROMAN[book["semester"]],
    }


def _of_pupil(book: Facts) -> Context:
    return {
        "title": f"Học bạ {TRANSCRIPTS[book['level']].lower()}",
        "level": TRANSCRIPTS[book["level"]],
        "whose": f"Học sinh {book['pupil']['full_name']}",
        "of_pupil": True,
    }


_OF_WHOM: Mapping[str, Callable[[Facts], Context]] = {"teacher-book": _of_teacher, "transcript": _of_pupil}


def is_former(book: Facts) -> bool:
    """Under TT 58/2011, which speaks of hạnh kiểm, học lực and danh hiệu."""
    return str(book["class"]["scheme"]).startswith("TT58")


def cover(facts: Facts) -> Context:
    book = facts["book"]
    return {**counts(book), "courses": book["courses"]}


def course(course: Facts, book: Facts, semesters: Iterable[int] = ROMAN) -> Context:
    """One subject: a table for each semester."""
    return {
        "subject": course["subject"],
        "teachers": ", ".join(course["teachers"]),
        "by_comment": course["kind"] == "comment",
        "terms": [_term(course, book, semester) for semester in semesters],
    }


NUMBER, NAME, MARK, TEST, RESULT = 9.0, 44.0, 7.4, 9.6, 10.4
"""Widths of a subject's columns; comments have the rest."""


def _term(course: Facts, book: Facts, semester: int) -> Context:
    places = [
        (place, column["kind"])
        for place, column in enumerate(course["columns"])
        if column["semester"] == semester
    ]
    kinds = [kind for _, kind in places]
    results = result_columns(course["kind"], semester)
    tests = sum(kinds.count(kind) for kind in ("periodic", "midterm", "final"))
    taken = NUMBER + NAME + MARK * kinds.count("regular") + TEST * tests + RESULT * len(results)
    rows = _term_rows(course, book, places, [key for _, key in results])
    return {
        "roman": ROMAN[semester],
        "regular": [str(ordinal) for ordinal in range(1, kinds.count("regular") + 1)],
        "periodic": [str(place) for place, kind in places if kind == "periodic"],
        "midterm": "midterm" in kinds,
        "final": "final" in kinds,
        "results": [label for label, _ in results],
        "widths": {"number": NUMBER, "name": NAME, "mark": MARK, "test": TEST, "result": RESULT},
        "corrected": _is_corrected(course, book, [place for place, _ in places]),
        "rows": rows,
        **comment_rows.spread([_note(row) for row in rows], WIDTHS["upright"] - taken),
    }


def _term_rows(
    course: Facts, book: Facts, places: Iterable[tuple[int, str]], results: Iterable[str]
) -> list[Context]:
    # The retest stands among the results, where the form has it.
    marks = [place for place, kind in places if kind not in ("comment", "retest")]
    remarks = [place for place, kind in places if kind == "comment"]
    corrected = change_layout.corrected(book)
    pupils = {pupil["number"]: pupil for pupil in book["pupils"]}
    return [
        {
            **row,
            "marks": [cell(course, row, place, corrected) for place in marks],
            "results": [result(row, key) for key in results],
            "left": left(pupils.get(row["number"], {})),
            "remarks": [cell(course, row, place, corrected) for place in remarks],
        }
        for row in course["rows"]
    ]


def _is_corrected(course: Facts, book: Facts, places: Sequence[int]) -> bool:
    corrected = change_layout.corrected(book)
    return any(cell(course, row, place, corrected)["corrected"] for row in course["rows"] for place in places)


def _note(row: Facts) -> str:
    return " ".join([row["left"], *(remark["text"] for remark in row["remarks"])]).strip()


def cell(course: Facts, row: Facts, place: int, corrected: Set[change_layout.Place]) -> Context:
    where = change_layout.place(course["subject"], row["number"], course["columns"][place])
    return {"text": row["cells"][place], "corrected": where in corrected}


EMPTY_CELL = {"text": "", "corrected": False}
NO_TEXTS = ("", "", "")


def result_columns(kind: str, semester: int) -> list[tuple[str, str]]:
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


def result(row: Facts, moment: str) -> str:
    return str(row["results"][MOMENTS.index(moment)] if moment in MOMENTS else row.get("retest", ""))


def confirmation(book: Facts) -> Context:
    return {"courses": book["courses"], **counts(book)}


def counts(book: Facts) -> Context:
    staying = [pupil for pupil in book["pupils"] if not pupil["left_on"]]
    return {
        "listed": len(book["pupils"]),
        "pupils": len(staying),
        "girls": sum(1 for pupil in staying if pupil["sex"] == "female"),
        "left": len(book["pupils"]) - len(staying),
    }


def moved(pupil: Facts) -> str:
    """Since when and until when, where that is not the whole year."""
    came = f"Vào lớp ngày {day(pupil['came_on'])}." if pupil.get("came_on") else ""
    return " ".join(filter(None, [came, left(pupil)]))


def left(pupil: Facts) -> str:
    return f"Rời lớp ngày {day(pupil['left_on'])}." if pupil.get("left_on") else ""


def day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"
