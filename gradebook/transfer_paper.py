"""The paper of the transfer file: facts in, PDF out. Laid out after NĐ 30/2020/NĐ-CP, Phụ lục I."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from gradebook import printing


def render(facts: Mapping[str, Any]) -> bytes:
    context = {
        **facts,
        "extracted_day": _day(facts["extracted_on"]),
        "identity": _identity(facts),
        "stays": [
            {**place, "from": _day(place["since"]), "to": _day(place["until"])} for place in facts["places"]
        ],
    }
    return printing.render(printing.page("gradebook/print/transfer.html", context))


def _identity(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    pupil, school_class, leaving = facts["pupil"], facts["class"], facts["leaving"]
    parents = {each["relation"]: each["full_name"] for each in facts["guardians"]}
    going = f"{leaving['to']}, từ ngày {_day(leaving['on'])}" if leaving else ""
    return [
        ("Họ và tên:", pupil["full_name"].upper()),
        ("Ngày, tháng, năm sinh:", _day(pupil["birth_date"])),
        ("Giới tính, dân tộc:", f"{pupil['sex_name']}, {pupil['ethnicity_name']}"),
        ("Nơi sinh:", pupil["birthplace"]),
        ("Mã định danh:", pupil["ministry_code"]),
        ("Số định danh cá nhân:", pupil["citizen_number"]),
        ("Nơi ở hiện nay:", pupil["address"]),
        ("Họ và tên cha:", parents.get("father", "")),
        ("Họ và tên mẹ:", parents.get("mother", "")),
        ("Lớp:", f"{school_class['name']} (khối {school_class['grade']})"),
        ("Giáo viên chủ nhiệm:", school_class["homeroom_teacher"]),
        ("Chuyển đến:", going),
    ]


def _day(iso: str | None) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}" if iso else ""
