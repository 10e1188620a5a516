"""A year of a secondary pupil in the transcript (TT 22/2021; TT 58/2011 with its own words). Pure, as `layouts`."""

from typing import Any

from archive.layouts import Context, Facts

YEAR = 2
MOMENTS = ("Học kỳ I", "Học kỳ II", "Cả năm")
WORDS = {
    "TT58": {
        "learning": "Học lực",
        "conduct": "Hạnh kiểm",
        "marks": "Điểm trung bình hoặc xếp loại các môn",
        "retest": "Điểm hoặc xếp loại sau kiểm tra lại (nếu có)",
        "after_summer": "Xếp loại sau kiểm tra lại các môn học hoặc rèn luyện thêm trong hè",
        "circular": "Thông tư 58/2011/TT-BGDĐT",
    },
    "TT22": {
        "learning": "Kết quả học tập",
        "conduct": "Kết quả rèn luyện",
        "marks": "Điểm trung bình môn hoặc mức đánh giá",
        "retest": "Điểm hoặc mức sau đánh giá lại (nếu có)",
        "after_summer": "Mức đánh giá sau kiểm tra, đánh giá lại các môn học hoặc rèn luyện trong kỳ nghỉ hè",
        "circular": "Thông tư 22/2021/TT-BGDĐT",
    },
}
NO_TEXTS = ("", "", "")


def year(content: Facts, summary: Facts) -> Context:
    book, former = content["book"], content["scheme"].startswith("TT58")
    overall = summary.get("overall", NO_TEXTS)
    conduct, learning = summary.get("conduct", NO_TEXTS), summary["learning"]
    absences = summary.get("absences", NO_TEXTS)
    summer = summary.get("summer", ("", ""))
    return {
        "words": WORDS["TT58" if former else "TT22"],
        "subjects": [_subject(course) for course in book["courses"]],
        "overall": overall if any(overall) else None,
        "moments": list(zip(MOMENTS, conduct, learning, strict=True)),
        "summer": {"conduct": summer[0], "learning": summer[1]},
        "absences": absences[YEAR],
        "remark": last_comment(book.get("homeroom")),
    }


def _subject(course: Facts) -> Context:
    row = course["rows"][0]
    return {
        "name": course["subject"],
        "results": row["results"],
        "retest": row.get("retest", ""),
        "comment": last_comment(course),
        "teachers": ", ".join(course["teachers"]),
    }


def last_comment(course: Facts | None) -> str:
    """The comment at the year's end, else the last that was written."""
    return next((text for text in reversed(texts(course, "comment")) if text), "")


def texts(course: Facts | None, kind: str, *periods: str) -> list[Any]:
    """The pupil's cells of a kind of column, of these periods or of all, in the order of the sheet."""
    if not course or not course["rows"]:
        return []
    cells = zip(course["columns"], course["rows"][0]["cells"], strict=True)
    return [
        text
        for column, text in cells
        if column["kind"] == kind and (not periods or column["period"] in periods)
    ]
