"""What the records say of a pupil who goes to another school: a paper to sign, and the same as data.

An extract, not the transcript: it says so itself. The transcript is issued and handed over by its own rules
(S0-28); this is what the next school needs on the first day.
"""

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from django.forms.models import model_to_dict
from django.utils import timezone, translation

from gradebook.book import ClassBook, read_book
from gradebook.colleagues import principals_name
from gradebook.models import Column, Enrolment, Guardian, Movement, School, Student
from gradebook.movement_sheet import KINDS
from gradebook.pupil_movements import earlier_years
from gradebook.pupil_report import PupilReport, read_report
from gradebook.spreadsheets.earlier_results import COLUMNS, EarlierRow, write_earlier_results
from gradebook.transfer_paper import render

FORMAT, VERSION = "transfer-file", 1
_K = Column.Kind
_PRIVATE = {"id", "sort_key", "search_key"}
Facts = dict[str, Any]


def transfer_archive(enrolment: Enrolment) -> bytes:
    """A ZIP of the paper (PDF), the data (JSON) and the results as a sheet. `enrolment` needs student, class, year.

    Raises UnknownScheme.
    """
    with translation.override("vi"):
        facts = read_facts(enrolment)
    rows = [EarlierRow(0, **row) for row in facts["marks"]]
    title = f"KẾT QUẢ HỌC TẬP NĂM HỌC {facts['class']['year']}: {facts['pupil']['full_name'].upper()}"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("ho-so.json", json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True))
        package.writestr("ket-qua.xlsx", write_earlier_results(rows, title))
        package.writestr("ban-trich-xuat.pdf", render(facts))
    return target.getvalue()


def read_facts(enrolment: Enrolment) -> Facts:
    """Everything, as plain data: the paper and the files say the same."""
    student, school_class = enrolment.student, enrolment.school_class
    school, report = School.objects.get(), read_report(enrolment)
    book = _book(read_book(school_class, pupil=enrolment))
    return {
        "format": FORMAT,
        "version": VERSION,
        "extracted_on": timezone.localdate().isoformat(),
        "school": {"name": school.name, "governing_body": school.governing_body, "place": school.place},
        "principal": principals_name(timezone.localdate()),
        "pupil": _profile(student),
        "guardians": [_guardian(each) for each in student.guardians.all()],
        "class": {
            "name": school_class.name,
            "grade": school_class.grade,
            "year": school_class.year.name,
            "scheme": school_class.scheme,
            "homeroom_teacher": str(school_class.homeroom_teacher or ""),
        },
        "places": [_place(each) for each in student.enrolments.listed().select_related("school_class__year")],
        "movements": list(_movements(student)),
        "leaving": _leaving(enrolment),
        "results": _results(report),
        "marks": [dict(zip(COLUMNS, row, strict=True)) for row in _rows(book)],
        "book": book,
        "earlier": [
            {"year": each.year_name, "grade": each.grade, "school": each.school, "rows": _earlier(each.rows)}
            for each in earlier_years(student)
        ],
    }


def _profile(student: Student) -> Facts:
    fields = {
        f.name: getattr(student, f.name) for f in student._meta.concrete_fields if f.name not in _PRIVATE
    }
    plain = {name: _plain(value) for name, value in fields.items()}
    return {**plain, "sex_name": student.get_sex_display(), "ethnicity_name": student.ethnicity_name}


def _guardian(guardian: Guardian) -> Facts:
    facts = model_to_dict(guardian, exclude=["id", "student"])
    return {**facts, "relation_name": guardian.get_relation_display()}


def _place(place: Enrolment) -> Facts:
    return {
        "year": place.school_class.year.name,
        "class": place.school_class.name,
        "number": place.number,
        "since": _plain(place.since),
        "until": _plain(place.until),
    }


def _movements(student: Student) -> Iterable[Facts]:
    rows = (
        Movement.objects.standing()
        .filter(student=student)
        .select_related("origin__school_class", "target__school_class", "decision")
    )
    for row in rows:
        yield {
            "kind": KINDS.get(Movement.Kind(row.kind), row.get_kind_display()),
            "on": _plain(row.on),
            "from_class": row.origin.school_class.name if row.origin else "",
            "to_class": row.target.school_class.name if row.target else "",
            "other_school": row.other_school,
            "reason": row.reason,
            "decision": row.decision.number if row.decision else "",
            "decided_on": _plain(row.decision.dated) if row.decision else "",
        }


def _leaving(enrolment: Enrolment) -> Facts:
    """Where the pupil goes; nothing while nothing is recorded."""
    gone = Movement.objects.standing().filter(origin=enrolment, kind=Movement.Kind.TRANSFERRED).last()
    return {"on": _plain(gone.on), "to": gone.other_school} if gone else {}


def _results(report: PupilReport) -> list[Facts]:
    names = {"semester-1": "Học kỳ I", "semester-2": "Học kỳ II", "year": "Cả năm", "summer": "Sau hè"}
    return [
        {
            "moment": names[each.key],
            "learning": each.learning,
            "conduct": each.conduct,
            "absences": each.absences,
            "award": each.award,
        }
        for each in report.moments
        if each.learning or each.conduct or each.absences
    ]


def _book(book: ClassBook) -> Facts:
    """Every mark as the class book has it."""
    return {"courses": [asdict(course) for course in book.courses]}


def _earlier(rows: Iterable[Any]) -> list[Facts]:
    return [model_to_dict(row, exclude=["id", "student", "movement"]) for row in rows]


def _rows(book: Facts) -> Iterable[tuple[Any, ...]]:
    """Subject by subject in the columns that the next school imports."""
    for course in book["courses"]:
        row = course["rows"][0]
        for semester in (1, 2):
            cells = [
                (_moment(column), text)
                for column, text in zip(course["columns"], row["cells"], strict=True)
                if column["semester"] == semester
            ]
            result = row["results"][semester - 1]
            if result or any(text for _, text in cells):
                yield (semester, course["subject"], *_line(cells), result, _text(cells, _K.COMMENT))
        if row["results"][2]:
            yield (0, course["subject"], "", "", "", row["results"][2], "")


def _moment(column: Facts) -> str:
    """In primary school the level at mid-semester is what the midterm is elsewhere (TT 27/2020, article 7)."""
    in_the_middle = column["kind"] == _K.LEVEL and column["period"] in ("GK1", "GK2")
    return str(_K.MIDTERM if in_the_middle else column["kind"])


def _line(cells: list[tuple[str, str]]) -> tuple[str, str, str]:
    return _text(cells, _K.REGULAR), _text(cells, _K.MIDTERM, _K.PERIODIC), _text(cells, _K.FINAL, _K.SCORE)


def _text(cells: list[tuple[str, str]], *kinds: str) -> str:
    return " ".join(text for kind, text in cells if text and kind in kinds)


def _plain(value: object) -> Any:
    return value.isoformat() if isinstance(value, date) else value
