"""What differs between two states of a class's book, in words. Pure: two frozen books in, lines out.

The lines speak Vietnamese, as the book itself does: Nguyễn Văn A, Toán, ĐĐGgk, học kỳ I: 6,5 → 7,5, đề nghị 12.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive.change_layout import column_name, place
from archive.layouts import day
from archive.profiles import PRIORITIES, person
from gradebook.attendance_rules import AFTERNOON, LETTERS, MORNING

Facts = Mapping[str, Any]
MOMENTS = ("học kỳ I", "học kỳ II", "cả năm")
PROFILE = {
    "name": "họ tên",
    "birth_date": "ngày sinh",
    "sex": "giới tính",
    "birthplace": "nơi sinh",
    "ethnicity": "dân tộc",
    "ministry_code": "mã định danh",
    "address": "nơi ở",
    "phone": "điện thoại",
    "policy_group": "đối tượng chính sách",
    "household": "hoàn cảnh gia đình",
    "disability": "khuyết tật",
    "came_on": "ngày vào lớp",
    "left_on": "ngày rời lớp",
}
CODES = {**PRIORITIES, "none": "không"}
FAMILY = {"father": "cha", "mother": "mẹ", "guardian": "người giám hộ"}
HALVES = {MORNING: "sáng", AFTERNOON: "chiều"}
THREE_MOMENTS = {"learning": "kết quả học tập", "conduct": "kết quả rèn luyện", "absences": "số buổi nghỉ"}
DECIDED = {
    "outcome": "lên lớp",
    "completion": "hoàn thành chương trình",
    "award": "khen thưởng",
    "decision": "quyết định",
}
SUMMARY, PUPIL, ROLL = "Tổng hợp", "Sơ yếu lý lịch", "Điểm danh"
AFTER_CELLS = {"result": 1, "summary": 2, "roll": 3, "pupil": 3}
"""By the first part of a place's key: cells come first, then what follows from them, then the rest."""
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One place of the book: whose, in which part, how it is called, what stands there."""

    number: int
    part: str
    words: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    number: int
    name: str
    part: str
    words: str
    old: str
    new: str
    requests: tuple[str, ...]
    """The correction requests that changed the place in between; none for what follows from other places."""

    @property
    def sentence(self) -> str:
        about = f"{self.name}, {self.part}, {self.words}: {self.old or '(trống)'} → {self.new or '(trống)'}"
        return ", ".join([about, *(f"đề nghị {request}" for request in self.requests)])


def between(old: Facts, new: Facts) -> list[Difference]:
    """Cells first, each part in the order of the class list; what stands in one only is empty in the other."""
    before, after = dict(_values(old)), dict(_values(new))
    names = _names(old) | _names(new)
    requests = _requests(old, new)
    changed = [
        key for key in dict.fromkeys([*after, *before]) if _text(before.get(key)) != _text(after.get(key))
    ]
    found = [
        (AFTER_CELLS.get(key[0], 0), _difference(key, before.get(key), after.get(key), names, requests))
        for key in changed
    ]
    return [each for _, each in sorted(found, key=lambda pair: (pair[0], pair[1].number))]


def _difference(
    key: Key,
    before: Value | None,
    after: Value | None,
    names: Mapping[int, str],
    requests: Mapping[Key, tuple[str, ...]],
) -> Difference:
    shown = after or before
    assert shown is not None  # noqa: S101  a key comes from one of the two
    return Difference(
        shown.number,
        names.get(shown.number, ""),
        shown.part,
        shown.words,
        _text(before),
        _text(after),
        requests.get(key[1:], ()),
    )


def _text(value: Value | None) -> str:
    return value.text if value else ""


def _names(book: Facts) -> dict[int, str]:
    return {pupil["number"]: pupil["name"] for pupil in book["pupils"]}


def _requests(old: Facts, new: Facts) -> dict[Key, tuple[str, ...]]:
    known = {_change_key(change) for change in old.get("corrections", [])}
    found: dict[Key, tuple[str, ...]] = {}
    for change in new.get("corrections", []):
        if _change_key(change) not in known:
            key = place(change["subject"], change["number"], change["column"])
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), change["request"])))
    return found


def _change_key(change: Facts) -> Key:
    return change["request"], *place(change["subject"], change["number"], change["column"])


def _values(book: Facts) -> Iterator[tuple[Key, Value]]:
    """Every place of the book; the key of a cell ends with its place as corrections name it."""
    for pupil in book["pupils"]:
        yield from _profile(pupil)
    for number, on, half, kind in book.get("roll", {}).get("absences", ()):
        words = f"buổi {HALVES[half]} {day(on)}"
        yield ("roll", number, on, half), Value(number, ROLL, words, LETTERS[kind])
    for course in [*book["courses"], *filter(None, [book.get("homeroom")])]:
        for row in course["rows"]:
            yield from _cells(course, row)
    for row in book["summary"]:
        yield from _summary(row)


def _profile(pupil: Facts) -> Iterator[tuple[Key, Value]]:
    """Books of before version 5 know the parents by name only."""
    for fact, words in PROFILE.items():
        text = pupil.get(fact)
        yield ("pupil", pupil["number"], fact), _value(pupil, PUPIL, words, CODES.get(str(text), text))
    people = {each["relation"]: person(each) for each in pupil.get("family", ())}
    for relation, words in FAMILY.items():
        text = people.get(relation, pupil.get(relation))
        yield ("pupil", pupil["number"], relation), _value(pupil, PUPIL, words, text)


def _cells(course: Facts, row: Facts) -> Iterator[tuple[Key, Value]]:
    subject, number = course["subject"], row["number"]
    for column, text in zip(course["columns"], row["cells"], strict=True):
        key = (column["strand"] + column["trait"], *place(subject, number, column))
        yield key, _value(row, subject, column_name(course["kind"], column), text)
    for moment, text in zip(MOMENTS, row["results"], strict=True):
        yield ("result", subject, number, moment), _value(row, subject, f"kết quả {moment}", text)


def _summary(row: Facts) -> Iterator[tuple[Key, Value]]:
    number = row["number"]
    for fact, words in THREE_MOMENTS.items():
        for moment, text in zip(MOMENTS, row.get(fact, ()), strict=False):
            yield ("summary", number, fact, moment), _value(row, SUMMARY, f"{words} {moment}", text)
    for fact, words in DECIDED.items():
        yield ("summary", number, fact), _value(row, SUMMARY, words, row.get(fact))


def _value(row: Facts, part: str, words: str, text: Any) -> Value:
    return Value(row["number"], part, words, str("" if text is None else text))
