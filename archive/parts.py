"""The parts of every paper: title, print template, and what the template needs. Pure, as `layouts`."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from archive import (
    booklet_layout,
    change_layout,
    check_layout,
    layouts,
    listing,
    profiles,
    roll_layout,
    summaries,
    term_sheets,
)
from archive.layouts import Context, Facts
from archive.paper_sizes import wide_paper

Part = tuple[str, str, Context]


OF_ONE_PUPIL = ("transcript",)
"""Their tables list subjects and years."""


def parts(facts: Facts) -> Iterator[Part]:
    """In the order of the official form. The first carries the payload. Raises PupilsMissing."""
    for title, template, context in _PARTS[facts["format"]](facts):
        if facts["format"] not in OF_ONE_PUPIL:
            listing.check(title, context, _asked(facts, context))
        yield title, template, context


def _asked(facts: Facts, context: Context) -> Sequence[Facts]:
    """Who has to stand in every table of a part."""
    book = facts["book"]
    if facts["format"] == "teacher-book":
        own = (own["pupils"] for own in book["books"] if own["class"] == context.get("class_name"))
        return next(own, [])
    return term_sheets.staying(book) if facts["format"] == "term-sheets" else book["pupils"]


def _class_book(facts: Facts) -> Iterator[Part]:
    book = facts["book"]
    yield "Bìa", "cover.html", layouts.cover(facts)
    yield "Hướng dẫn sử dụng", "instructions.html", {}
    yield from _profiles(book)
    if roll_layout.is_recorded(book):
        yield "Theo dõi nghỉ học", "attendance.html", roll_layout.pages(book)
    yield from _tables(book)
    if change_layout.is_recorded(book):
        yield "Ghi nhận sửa chữa", "corrections.html", change_layout.page(book)
    yield "Xác nhận", "confirmation.html", layouts.confirmation(book)
    yield "Nhận xét của Hiệu trưởng", "inspections.html", {"months": roll_layout.month_names(book)}


def _profiles(book: Facts) -> Iterator[Part]:
    """Two facing tables; books of earlier versions hold less of the families, in one."""
    if profiles.has_families(book):
        yield "Sơ yếu lý lịch học sinh", "profiles.html", profiles.spreads(book)
    else:
        yield "Sơ yếu lý lịch học sinh", "pupils.html", profiles.pupils(book)


def _tables(book: Facts) -> Iterator[Part]:
    if book["class"]["level"] == "primary":
        for summary in summaries.primary_summaries(book):
            yield summary["title"], "primary_summary.html", summary
        return
    for course in book["courses"]:
        yield course["subject"], "course.html", layouts.course(course, book)
    yield "Tổng hợp kết quả", "summary.html", summaries.summary(book)


def _blank_book(facts: Facts) -> Iterator[Part]:
    """The class book to write into: months to call the roll, tables without marks, the lines for corrections."""
    book = facts["book"]
    yield "Bìa", "cover.html", {**layouts.cover(facts), "blank": True}
    yield "Hướng dẫn sử dụng", "instructions.html", {}
    yield from _profiles(book)
    yield "Theo dõi nghỉ học", "attendance.html", {**roll_layout.blank_pages(book), "blank": True}
    for title, template, table in _tables(book):
        yield title, template, {**table, "blank": True}
    yield "Xác nhận", "confirmation.html", {**layouts.confirmation(book), "blank": True}
    yield "Nhận xét của Hiệu trưởng", "inspections.html", {"months": roll_layout.month_names(book)}


def _check_sheet(facts: Facts) -> Iterator[Part]:
    book = facts["book"]
    for course in book["courses"]:
        yield course["subject"], "check_sheet.html", check_layout.check_sheet(course, book)


def _teacher_book(facts: Facts) -> Iterator[Part]:
    book = facts["book"]
    yield "Bìa", "teacher_cover.html", {"books": book["books"]}
    for own in book["books"]:
        course = own["course"]
        title = f"{course['subject']} – {own['class']}"
        if course["kind"] in ("scored", "comment"):
            table = layouts.course(course, own, [book["semester"]])
            yield title, "course.html", {**table, "class_name": own["class"]}
        else:
            yield title, "check_sheet.html", check_layout.own_sheet(own, book["semester"])


def _class_summary(facts: Facts) -> Iterator[Part]:
    book, code = facts["book"], facts["book"]["period"]
    paper = wide_paper(len(book["pupils"]))
    if book["class"]["level"] == "primary":
        table = summaries.primary_summary(book, code, paper)
        yield table["title"], "primary_summary.html", {**table, "standalone": True}
        return
    moments = ["semester2", "year"] if code == "CN" else ["semester1"]
    table = summaries.summary(book, paper, moments)
    yield "Tổng hợp kết quả", "summary.html", {**table, "standalone": True}


def _term_sheets(facts: Facts) -> Iterator[Part]:
    yield "Phiếu liên lạc", "term_sheets.html", term_sheets.sheets(facts["book"])


_PARTS: Mapping[str, Callable[[Facts], Iterator[Part]]] = {
    "class-book": _class_book,
    "blank-book": _blank_book,
    "check-sheet": _check_sheet,
    "teacher-book": _teacher_book,
    "class-summary": _class_summary,
    "term-sheets": _term_sheets,
    "transcript": booklet_layout.parts,
}
