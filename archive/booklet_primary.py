"""A year of a primary pupil in the transcript (TT 27/2020, annex 1). Pure, as `layouts`."""

from archive.booklet_secondary import last_comment, texts
from archive.layouts import Context, Facts
from gradebook.assessment.scales import PrimaryResult, SubjectLevel, TraitLevel
from gradebook.assessment.traits import TraitKind, traits

YEAR_END = "CN"
GROUPS = {
    TraitKind.QUALITY: "Phẩm chất chủ yếu",
    TraitKind.GENERAL: "Năng lực chung",
    TraitKind.SPECIFIC: "Năng lực đặc thù",
}


def year(content: Facts, summary: Facts) -> Context:
    book = content["book"]
    homeroom = book.get("homeroom")
    groups = _groups(homeroom, content.get("grade", 0))
    return {
        "subjects": [_subject(course) for course in book["courses"]],
        "groups": groups,
        "trait_count": sum(len(lines) for _title, lines in groups),
        "remark": last_comment(homeroom),
        "excused": _sum(texts(homeroom, "excused")),
        "unexcused": _sum(texts(homeroom, "unexcused")),
        "result": _word(PrimaryResult, summary["learning"][2]),
        "support": _word(PrimaryResult, summary.get("summer", ("", ""))[1]),
        "completion": summary.get("completion", ""),
    }


def _subject(course: Facts) -> Context:
    level = "".join(texts(course, "level", YEAR_END))
    return {
        "name": course["subject"],
        "level": _word(SubjectLevel, level),
        "score": "".join(texts(course, "score", YEAR_END)),
        "comment": last_comment(course),
        "teachers": ", ".join(course["teachers"]),
    }


def _groups(homeroom: Facts | None, grade: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """Qualities and competences with their levels at the year's end, group by group."""
    levels = {}
    if homeroom and homeroom["rows"]:
        levels = {
            column["trait"]: text
            for column, text in zip(homeroom["columns"], homeroom["rows"][0]["cells"], strict=True)
            if column["trait"] and column["period"] == YEAR_END
        }
    known = traits(grade) if 1 <= grade <= 5 else traits(5)
    return [
        (
            title,
            [
                (each.name, _word(TraitLevel, levels.get(each.code, "")))
                for each in known
                if each.kind is kind
            ],
        )
        for kind, title in GROUPS.items()
    ]


def _word(scale: type[PrimaryResult | SubjectLevel | TraitLevel], code: str) -> str:
    return scale.parse(code).word if code else ""


def _sum(counts: list[str]) -> str:
    entered = [int(count) for count in counts if count]
    return str(sum(entered)) if entered else ""
