"""The columns of the ministry's pupil list, and what else schools and vendors call them.

Source: the headings of the lists that schools export from the ministry's database and from VEMIS
(rules.md §6.1.1, §6.1.2). The first heading of each is the ministry's; the order is the ministry's, too.
"""

from gradebook.spreadsheets.headings import Headings

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
        "phone": ["SĐT liên hệ", "SĐT", "Số điện thoại", "Số điện thoại liên hệ", "Điện thoại"],
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
    },
    required=["full_name", "birth_date", "sex", "class_name"],
    wide=frozenset({"full_name"}),
)
