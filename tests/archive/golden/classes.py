"""Classes to print, of 1 pupil or 45, made without a database: invented people, long names, every tone mark.

The columns are those of the portal's own layout and the rows its own types, so that a payload has the shape that
freezing gives it; `test_shape.py` holds that to a frozen one.
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from gradebook import layout
from gradebook.assessment.schemes import Circular
from gradebook.book import BookColumn, BookRow, CourseBook, SummaryRow

Facts = dict[str, Any]
FAMILY_NAMES = ["Nguyễn", "Trần", "Đặng", "Huỳnh", "Trương", "Ngô", "Vũ", "Lê"]
MIDDLE_NAMES = ["Thị Ngọc", "Hoàng Bảo", "Đức", "Thùy", "Hữu Phước", "Phương", "Quỳnh"]
GIVEN_NAMES = ["Ẩn", "Ằng", "Bằng", "Cẩm", "Diễm", "Đệ", "Hiển", "Khuê", "Ngữ", "Ổn", "Phượng", "Ửng", "Ỷ"]
LONGEST = "Công Tằng Tôn Nữ Thị Phương Quỳnh Trang"
COMMENT = "Hiểu bài nhanh, hăng hái phát biểu; cần rèn thêm kỹ năng trình bày."
SECONDARY = {
    "scored": [
        "Ngữ văn",
        "Toán",
        "Ngoại ngữ 1",
        "Giáo dục công dân",
        "Lịch sử và Địa lí",
        "Khoa học tự nhiên",
    ],
    "comment": [
        "Giáo dục thể chất",
        "Hoạt động trải nghiệm, hướng nghiệp",
        "Nội dung giáo dục của địa phương",
    ],
}
UPPER = {
    "scored": [*SECONDARY["scored"][:3], "Lịch sử", "Giáo dục quốc phòng và an ninh", "Vật lí", "Hóa học"],
    "comment": SECONDARY["comment"],
}
PRIMARY = {
    1: {"Tiếng Việt": "ends", "Toán": "ends", "Đạo đức": "", "Tự nhiên và Xã hội": "", "Nghệ thuật": ""},
    3: {
        "Tiếng Việt": "ends",
        "Toán": "ends",
        "Ngoại ngữ 1": "ends",
        "Tin học và Công nghệ": "ends",
        "Đạo đức": "",
    },
    5: {
        "Tiếng Việt": "all",
        "Toán": "all",
        "Ngoại ngữ 1": "ends",
        "Lịch sử và Địa lí": "ends",
        "Khoa học": "ends",
        "Tin học và Công nghệ": "ends",
        "Đạo đức": "",
        "Giáo dục thể chất": "",
        "Hoạt động trải nghiệm": "",
    },
}
TESTED = {"": (), "ends": ("CK1", "CN"), "all": ("GK1", "CK1", "GK2", "CN")}


def names(count: int) -> list[str]:
    """The first is the longest that a school has seen."""
    made = (f"{FAMILY_NAMES[i % 8]} {MIDDLE_NAMES[i % 7]} {GIVEN_NAMES[i % 13]}" for i in range(1, count))
    return [LONGEST, *made][:count]


def pupils(count: int) -> list[Facts]:
    return [_pupil(number, name) for number, name in enumerate(names(count), start=1)]


def _pupil(number: int, name: str) -> Facts:
    return {
        "number": number,
        "name": name,
        "birth_date": f"2014-{number % 12 + 1:02}-{number % 28 + 1:02}",
        "sex": "female" if number % 2 else "male",
        "came_on": "2026-11-02" if number == 44 else "",
        "left_on": "2027-01-15" if number == 43 else "",
        "birthplace": "Thành phố Hồ Chí Minh",
        "ethnicity": "Bru-Vân Kiều" if number % 9 == 1 else "Kinh",
        "ministry_code": f"99{number:08}",
        "address": f"{number} đường Nguyễn Thị Minh Khai, phường Đồi Gió, tỉnh Sông Ngàn",
        "phone": f"09{number:08}",
        "policy_group": "remote" if number % 11 == 1 else "none",
        "household": "near_poor" if number % 11 == 1 else "none",
        "disability": "khiếm thính, ngồi bàn đầu" if number % 21 == 1 else "",
        "family": [
            _relative("father", "Nguyễn Phước Hữu Đức", number),
            _relative("mother", LONGEST, number),
            *([_relative("guardian", "Trần Thị Ửng", number)] if number % 17 == 1 else []),
        ],
    }


def _relative(relation: str, name: str, number: int) -> Facts:
    job = "Công nhân vệ sinh môi trường" if number % 4 == 1 else "Nông dân"
    return {"relation": relation, "name": name, "occupation": job, "phone": f"08{number:08}"}


def _columns(places: Iterable[layout.Place]) -> tuple[BookColumn, ...]:
    semesters = {period: number for number, periods in layout.PERIODS_OF.items() for period in periods}
    return tuple(
        BookColumn(place.kind, place.ordinal, semesters.get(place.period, 2), place.period, "", place.trait)
        for place in places
    )


def _course(subject: str, kind: str, places: Iterable[layout.Place], listed: list[Facts]) -> Facts:
    columns = _columns(places)
    results = {"scored": ("8,4", "10,0", "9,5"), "comment": ("Đ", "CĐ", "Đ")}.get(kind, ("", "", ""))
    rows = tuple(
        BookRow(pupil["number"], pupil["name"], tuple(_cell(kind, c, pupil) for c in columns), results, "")
        for pupil in listed
    )
    return _plain(
        asdict(
            CourseBook(subject, kind, ("Đỗ Minh Toàn", "Bùi Ngọc Lan (dạy thay Đỗ Minh Toàn)"), columns, rows)
        )
    )


def _cell(kind: str, column: BookColumn, pupil: Facts) -> str:
    if column.period == layout.SUMMER:
        return ""
    found = {
        "comment": COMMENT if pupil["number"] % 3 else "Chăm học.",
        "level": "T",
        "trait": "Đ",
        "score": "10",
    }
    found |= {"conduct": "T", "year_conduct": "T", "excused": "12", "unexcused": "0"}
    return found.get(column.kind, "CĐ" if kind == "comment" else "10" if pupil["number"] % 4 else "8,5")


def _summary(pupil: Facts, words: tuple[str, str, str], courses: int) -> Facts:
    learning, conduct, award = words
    row = SummaryRow(
        number=pupil["number"],
        name=pupil["name"],
        results=(("8,4", "10,0", "9,5"),) * courses,
        learning=(learning,) * 3,
        overall=("8,4", "8,6", "8,5"),
        conduct=(conduct,) * 3,
        absences=("3", "4", "7"),
        titles=(award, award),
        summer=("", ""),
        outcome="promoted",
        completion="completed",
        award=award,
        decision="46/QĐ-THCS",
        decided_on="2027-05-28",
    )
    return _plain(asdict(row))


def _roll(listed: list[Facts]) -> Facts:
    """Two months of a school that calls the roll twice a day."""
    days = [f"2026-09-{day:02}" for day in range(7, 12)]
    kinds = ("excused", "unexcused", "late")
    return {
        "starts_on": "2026-09-05",
        "ends_on": "2026-10-30",
        "called": [[day, half] for day in days for half in ("morning", "afternoon")],
        "absences": [
            [pupil["number"], days[pupil["number"] % 5], half, kinds[pupil["number"] % 3]]
            for pupil in listed
            for half in ("morning", "afternoon")[: pupil["number"] % 2 + 1]
        ],
        "closed": [{"month": "2026-09", "by": "Vũ Hồng Mai", "on": "2026-10-01"}],
    }


def _corrections(subject: str, column: Facts, listed: list[Facts]) -> list[Facts]:
    return [
        {
            "request": f"{pupil['number']}/2026",
            "date": "2026-12-02",
            "number": pupil["number"],
            "name": pupil["name"],
            "subject": subject,
            "column": column,
            "old": "6,5",
            "new": "10",
            "reason": "Cộng nhầm điểm thành phần khi chấm bài; học sinh đề nghị xem lại và giáo viên đã chấm lại.",
            "requested_by": "Đỗ Minh Toàn",
            "decided_by": "Nguyễn Thị Hạnh",
        }
        for pupil in listed[::2]
    ]


def secondary(count: int, *, grade: int = 6, circular: Circular = Circular.TT22_2021) -> Facts:
    listed = pupils(count)
    subjects = SECONDARY if grade < 10 else UPPER
    courses = [
        _course(subject, kind, layout.secondary(regular=4 if kind == "scored" else 2), listed)
        for kind, taught in subjects.items()
        for subject in taught
    ]
    former = circular is not Circular.TT22_2021
    words = (
        ("Trung bình", "Trung bình", "Học sinh tiên tiến")
        if former
        else ("Chưa đạt", "Chưa đạt", "Học sinh Xuất sắc")
    )
    return _book(listed, courses, grade, circular, words)


def primary(count: int, *, grade: int) -> Facts:
    listed = pupils(count)
    courses = [
        _course(subject, "primary", layout.primary(tested=frozenset(TESTED[tested])), listed)
        for subject, tested in PRIMARY[grade].items()
    ]
    return _book(listed, courses, grade, Circular.TT27_2020, ("HTXS", "", "Học sinh Xuất sắc"))


def _book(listed: list[Facts], courses: list[Facts], grade: int, circular: Circular, words: Any) -> Facts:
    level = "primary" if grade <= 5 else "lower_secondary" if grade <= 9 else "upper_secondary"
    return {
        "school": {
            "name": "Trường Tiểu học, THCS và THPT Đoàn Thị Điểm Ngàn Thông",
            "governing_body": "Sở Giáo dục và Đào tạo tỉnh Sông Ngàn",
            "place": "Ngàn Thông",
        },
        "principal": "Nguyễn Thị Hạnh",
        "year": "2026-2027",
        "class": {"name": f"{grade}A10", "grade": grade, "level": level, "scheme": circular.value},
        "homeroom_teacher": "Vũ Hồng Mai",
        "pupils": listed,
        "courses": courses,
        "homeroom": _course("Chủ nhiệm", "homeroom", layout.homeroom(grade, circular), listed),
        "summary": [_summary(pupil, words, len(courses)) for pupil in listed],
        "roll": _roll(listed),
        "corrections": _corrections(courses[0]["subject"], courses[0]["columns"][0], listed),
        "interim": False,
    }


def _plain(facts: Facts) -> Facts:
    """Lists for tuples, as JSON gives them back."""
    return {key: _listed(value) for key, value in facts.items()}


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return _plain(value)
    return [_listed(each) for each in value] if isinstance(value, list | tuple) else value
