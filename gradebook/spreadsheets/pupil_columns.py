"""The columns of the ministry's pupil list, and what else schools and vendors call them.

Source: the headings of the lists that schools export from the ministry's database and from VEMIS
(rules.md §6.1.1, §6.1.2). The first heading of each is the ministry's; the order is the ministry's, too, and what
only VEMIS has stands behind.
"""

from collections.abc import Sequence

from gradebook.spreadsheets.headings import Headings, Key


def _of_person(role: str, key: str) -> dict[Key, Sequence[str]]:
    """What VEMIS asks of a parent or guardian, headed "Căn cước cha" or, below a merged "Cha", "Căn cước"."""
    fields = {
        "citizen_number": ["Căn cước", "Số căn cước", "CCCD", "Số CCCD", "Số định danh"],
        "workplace": ["Đơn vị công tác", "Nơi công tác", "Nơi làm việc"],
        "phone": ["SĐT", "Số điện thoại", "Điện thoại"],
    }
    return {
        f"{key}_{field}": [
            text for heading in headings for text in (f"{heading} {role}", f"{role} {heading}")
        ]
        for field, headings in fields.items()
    }


def _of_guardian() -> dict[Key, Sequence[str]]:
    role = "người giám hộ"
    return {
        "guardian_name": [f"Tên {role}", f"Họ tên {role}", f"Họ và tên {role}", f"{role} Họ tên"],
        "guardian_occupation": [f"Nghề nghiệp {role}", f"{role} Nghề nghiệp"],
        "guardian_birth_year": [f"Năm sinh {role}", f"{role} Năm sinh"],
        **_of_person(role, "guardian"),
    }


PUPIL_HEADINGS = Headings(
    aliases={
        "number": ["STT", "TT", "Số TT", "Số thứ tự"],
        "ministry_code": [
            "Mã định danh Bộ GD&ĐT",
            "Mã định danh Bộ GDĐT",
            "Mã định danh Bộ",
            "Mã định danh",
            "Mã MOET",
            "Mã học sinh Bộ GD&ĐT",
        ],
        "full_name": ["Họ tên", "Họ và tên", "Họ tên học sinh", "Họ và tên học sinh"],
        "birth_date": ["Ngày sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh"],
        "sex": ["Giới tính", "Nam/Nữ", "Giới"],
        "ethnicity": ["Dân tộc"],
        "status": ["Trạng thái", "Trạng thái học sinh", "Tình trạng"],
        "phone": [
            "SĐT liên hệ",
            "SĐT",
            "Số điện thoại",
            "Số điện thoại liên hệ",
            "Điện thoại",
            "SĐT sổ liên lạc",
        ],
        "birth_place": ["Nơi sinh chi tiết", "Nơi sinh"],
        "registered_hamlet": ["Tổ/thôn Hộ khẩu thường trú", "Hộ khẩu thường trú", "Địa chỉ thường trú"],
        "home_province": ["Tỉnh thành quê quán", "Tỉnh quê quán", "Quê quán"],
        "home_commune": ["Phường Xã quê quán", "Xã quê quán"],
        "address": ["Chỗ ở hiện nay", "Nơi ở hiện nay", "Địa chỉ hiện nay"],
        "identity_card": ["Số CMND", "CMND", "Chứng minh thư", "Số CCCD", "Số CMND/CCCD"],
        "identity_card_date": ["Ngày cấp", "Ngày cấp CMT", "Ngày cấp CMND"],
        "identity_card_place": ["Nơi cấp", "Nơi cấp CMT", "Nơi cấp CMND"],
        "father_name": ["Tên cha", "Họ tên cha", "Họ và tên cha", "Cha Họ tên", "Cha Họ và tên"],
        "father_occupation": ["Nghề nghiệp cha", "Nghề cha", "Cha Nghề nghiệp"],
        "father_birth_year": ["Năm sinh cha", "Cha Năm sinh"],
        "mother_name": ["Tên mẹ", "Họ tên mẹ", "Họ và tên mẹ", "Mẹ Họ tên", "Mẹ Họ và tên"],
        "mother_occupation": ["Nghề nghiệp mẹ", "Nghề mẹ", "Mẹ Nghề nghiệp"],
        "mother_birth_year": ["Năm sinh mẹ", "Mẹ Năm sinh"],
        "class_name": ["Lớp học", "Lớp", "Tên lớp"],
        "grade": ["Khối học", "Khối", "Khối lớp"],
        "personal_number": ["Số định danh cá nhân", "Mã định danh cá nhân", "Định danh cá nhân"],
        "school_code": ["Mã học sinh", "Mã HS"],
        "register_number": ["Sổ đăng bộ", "Số đăng bộ", "Số sổ đăng bộ"],
        "admitted_on": ["Ngày vào trường", "Ngày nhập học"],
        "religion": ["Tôn giáo"],
        "policy_group": ["Diện chính sách", "Đối tượng chính sách"],
        "poor": ["Hộ nghèo"],
        "near_poor": ["Cận nghèo", "Hộ cận nghèo"],
        "youth_union": ["Đoàn viên"],
        "pioneer": ["Đội viên"],
        "disability": ["Khuyết tật", "Loại khuyết tật"],
        "boarding": ["N.trú/B.trú", "Nội trú/Bán trú", "Bán trú", "Nội trú bán trú"],
        **_of_person("cha", "father"),
        **_of_person("mẹ", "mother"),
        **_of_guardian(),
    },
    required=["full_name", "birth_date", "sex", "class_name"],
    wide=frozenset({"full_name"}),
)
