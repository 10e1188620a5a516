"""An invented lower secondary school of 30 classes as its people have it on paper, and their Excel files.

The shapes are those of rules.md §6.1: the ministry's pupil list with its titles above the header, and what the
office and the timetable officer keep for themselves.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from openpyxl import Workbook

from gradebook.assessment.catalogue import subjects
from gradebook.spreadsheets.pupil_list import PupilRow, Status
from gradebook.spreadsheets.values import Sex
from gradebook.spreadsheets.writing import write_pupil_list
from schoolrecords.demonstration import names
from schoolrecords.demonstration.dice import dice

SEED = 30
YEAR = 2026
CLASSES = [f"{grade}A{number}" for grade in (6, 7, 8, 9) for number in range(1, 9 if grade < 8 else 8)]
PUPILS_PER_CLASS = 40
# Subject or strand → how many teach it.
POSTS = {
    "Ngữ văn": 8,
    "Toán": 8,
    "Ngoại ngữ 1": 6,
    "Khoa học tự nhiên": 8,
    "Lịch sử": 4,
    "Địa lí": 4,
    "Giáo dục công dân": 2,
    "Công nghệ": 3,
    "Tin học": 3,
    "Giáo dục thể chất": 4,
    "Âm nhạc": 2,
    "Mĩ thuật": 2,
    "Nội dung giáo dục của địa phương": 2,
}
LEADERS = (("Lê Quang Vinh", "Phó hiệu trưởng"), ("Trần Đăng Khoa", "Quản trị"), ("Phạm Thu Cúc", "Văn thư"))
HOMEROOM = (("Ngữ văn", 0), ("Toán", 8), ("Ngoại ngữ 1", 16), ("Khoa học tự nhiên", 22))
EXPERIENCE = "Hoạt động trải nghiệm, hướng nghiệp"


@dataclass(frozen=True)
class Teacher:
    code: str
    name: str
    subject: str


@dataclass(frozen=True)
class Lesson:
    """Who teaches what where, as the timetable officer writes it."""

    teacher: Teacher
    subject: str
    strand: str
    class_name: str


def teachers() -> list[Teacher]:
    chance = dice(SEED, "staff")
    taken: set[str] = set()
    found: list[Teacher] = []
    for subject, posts in POSTS.items():
        for _ in range(posts):
            sex = chance.choice((names.MALE, names.FEMALE))
            name = names.adult(names.family_name("Kinh", chance), sex, chance)
            while name in taken:
                name = names.adult(names.family_name("Kinh", chance), sex, chance)
            taken.add(name)
            found.append(Teacher(f"GV{len(found) + 1:03}", name, subject))
    return found


def homeroom_teachers() -> dict[str, Teacher]:
    """Each leads one class of those they teach."""
    staff = teachers()
    leading = {}
    for place, class_name in enumerate(CLASSES):
        subject, first = next((s, f) for s, f in reversed(HOMEROOM) if place >= f)
        pool = [teacher for teacher in staff if teacher.subject == subject]
        leading[class_name] = pool[place - first]
    return leading


def lessons() -> Iterator[Lesson]:
    staff, leading = teachers(), homeroom_teachers()
    for place, class_name in enumerate(CLASSES):
        for subject in subjects(int(class_name[0])):
            if subject.name == EXPERIENCE:
                yield Lesson(leading[class_name], subject.name, "", class_name)
                continue
            parts = [strand.name for strand in subject.strands] if subject.name not in POSTS else []
            for part in parts or [subject.name]:
                pool = [teacher for teacher in staff if teacher.subject == part]
                teacher = leading[class_name] if leading[class_name] in pool else pool[place % len(pool)]
                # Who teaches the first part answers for the subject: somebody enters its midterm and final marks.
                strand = part if part in parts[1:] else ""
                yield Lesson(teacher, subject.name, strand, class_name)


def pupils() -> Iterator[PupilRow]:
    row = 4
    for class_name in CLASSES:
        chance = dice(SEED, "pupils", class_name)
        grade = int(class_name[0])
        for _ in range(PUPILS_PER_CLASS):
            row += 1
            sex = chance.choice((Sex.MALE, Sex.FEMALE))
            family = names.family_name("Kinh", chance)
            called = names.child(family, names.MALE if sex == Sex.MALE else names.FEMALE, chance)
            yield PupilRow(
                row_number=row,
                full_name=called,
                birth_date=date(YEAR - 5 - grade, 1, 1) + timedelta(days=chance.randrange(365)),
                sex=sex,
                class_name=class_name,
                grade=grade,
                ministry_code=f"97{row:08}",
                ethnicity="01",
                status=Status.STUDYING,
                birth_place="Tỉnh Sông Ngàn",
                registered_hamlet="Tổ 3, phường Đồi Gió, tỉnh Sông Ngàn",
                address="Tổ 3, phường Đồi Gió, tỉnh Sông Ngàn",
                phone=f"0000{row:06}",
                father_name=names.adult(family, names.MALE, chance),
                mother_name=names.adult(names.family_name("Kinh", chance), names.FEMALE, chance),
            )


def pupil_file() -> bytes:
    return write_pupil_list(
        pupils(), ["TRƯỜNG THCS ĐỒI GIÓ", f"DANH SÁCH HỌC SINH NĂM HỌC {YEAR}-{YEAR + 1}"]
    )


def staff_file() -> bytes:
    leaders = [(f"CB{place:03}", *leader, "Tổ Văn phòng") for place, leader in enumerate(LEADERS, start=1)]
    leading = {teacher.code for teacher in homeroom_teachers().values()}
    staff = [
        (t.code, t.name, "Giáo viên chủ nhiệm" if t.code in leading else "Giáo viên", f"Tổ {t.subject}")
        for t in teachers()
    ]
    return workbook(["Mã cán bộ", "Họ và tên", "Chức vụ", "Tổ chuyên môn"], [*leaders, *staff])


def class_file() -> bytes:
    rows = [(name, name[0], teacher.name) for name, teacher in homeroom_teachers().items()]
    return workbook(["Lớp", "Khối", "Giáo viên chủ nhiệm"], rows)


def teaching_file() -> bytes:
    rows = [(each.teacher.name, each.subject, each.strand, each.class_name) for each in lessons()]
    return workbook(["Giáo viên", "Môn học", "Phân môn", "Lớp"], rows)


def workbook(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as an office makes it: two lines of title, an empty one, the header with running numbers."""
    book = Workbook()
    page = book.active
    page["A1"], page["A2"] = "TRƯỜNG THCS ĐỒI GIÓ", f"NĂM HỌC {YEAR}-{YEAR + 1}"
    page.append([])
    page.append(["STT", *headings])
    for number, row in enumerate(rows, start=1):
        page.append([number, *row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
