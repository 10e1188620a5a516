"""How each column of a list is filled in, with an example: the second sheet of the empty workbooks.

Vietnamese for every reader, as the headings are.
"""

from collections.abc import Mapping

from gradebook.spreadsheets.headings import Key

Guide = Mapping[Key, tuple[str, str]]

STAFF: Guide = {
    "full_name": ("Bắt buộc.", "Nguyễn Thị Hoa"),
    "staff_code": ("Mã cán bộ của Bộ; dùng để nhận ra người đã có tài khoản.", "0112345678"),
    "username": ("Để trống thì hệ thống tự đặt theo họ tên.", "hoant"),
    "email": ("Không bắt buộc.", "hoa@truong.edu.vn"),
    "posts": (
        "Hiệu trưởng, Phó hiệu trưởng, Quản trị, Văn thư, Tổ trưởng, GVCN, Giáo viên; nhiều chức vụ thì cách nhau "
        "bằng dấu phẩy.",
        "Giáo viên, GVCN",
    ),
    "department": ("Tên tổ; tổ chưa có sẽ được lập.", "Tổ Toán – Tin"),
    "birth_date": ("Không đọc.", ""),
    "phone": ("Không đọc.", ""),
}
CLASSES: Guide = {
    "class_name": ("Bắt buộc. Định dạng ô là văn bản (Text), vì Excel đổi 10.1 thành số.", "10A1"),
    "grade": ("Bắt buộc, từ 1 đến 12.", "10"),
    "teacher": ("Họ tên, tên đăng nhập hoặc mã cán bộ.", "Nguyễn Thị Hoa"),
    "teacher_code": ("Điền khi có người trùng họ tên.", "0112345678"),
    "chosen": (
        "Chỉ khối 10–12: đúng bốn môn, cách nhau bằng dấu phẩy.",
        "Vật lí, Hóa học, Sinh học, Tin học",
    ),
    "thematic": ("Chỉ khối 10–12: ba môn, hoặc để trống nếu chưa chọn.", "Toán, Vật lí, Hóa học"),
}
ASSIGNMENTS: Guide = {
    "teacher": ("Bắt buộc: họ tên, tên đăng nhập hoặc mã cán bộ.", "Nguyễn Thị Hoa"),
    "teacher_code": ("Điền khi có người trùng họ tên.", "0112345678"),
    "subject": ("Bắt buộc. Nhận cả tên viết tắt: KHTN, GDCD, HĐTN, GDTC, Sử, Địa.", "KHTN"),
    "class_name": ("Bắt buộc. Nhiều lớp cách nhau bằng dấu phẩy.", "6A, 6B"),
    "strand": (
        "Chỉ khi dạy một phân môn; để trống là dạy cả môn. Điểm giữa kì và cuối kì do người dạy cả môn nhập.",
        "Vật lí",
    ),
    "number": (
        "Cũng nhận bảng ma trận: mỗi cột một môn; mỗi dòng một lớp (ô ghi tên giáo viên) hoặc một giáo viên (ô ghi "
        "các lớp).",
        "",
    ),
}
PUPILS: Guide = {
    "ministry_code": ("10 chữ số. Để trống nếu học sinh mới chưa có mã.", "0112345678"),
    "full_name": ("Bắt buộc.", "Nguyễn Gia An"),
    "birth_date": ("Bắt buộc, ngày/tháng/năm.", "05/09/2015"),
    "sex": ("Bắt buộc: Nam hoặc Nữ.", "Nữ"),
    "class_name": ("Bắt buộc: lớp đã mở trong năm học.", "6A"),
    "ethnicity": ("Theo danh mục 54 dân tộc.", "Kinh"),
    "status": ("Để trống hoặc “Đang học”. Chuyển đi, thôi học thì ghi ở mục Biến động.", "Đang học"),
    "personal_number": ("12 chữ số. Định dạng ô là văn bản (Text) để không mất số 0 ở đầu.", "001315000123"),
    "registered_hamlet": ("Địa chỉ thường trú.", "Tổ 5, phường Cửa Nam"),
    "policy_group": (
        "Không, Con liệt sĩ, Con thương binh, bệnh binh, Con người có công với cách mạng, Mồ côi, Khuyết tật, "
        "Vùng đặc biệt khó khăn, Diện chính sách khác.",
        "Không",
    ),
    "poor": ("Ghi “x” nếu có, “Không” nếu không.", "x"),
    "near_poor": ("Ghi “x” nếu có, “Không” nếu không.", "Không"),
    "boarding": ("Nội trú, Bán trú hoặc Không.", "Bán trú"),
    "father_name": ("Họ tên; cột của mẹ và người giám hộ ghi như vậy.", "Nguyễn Văn Hải"),
    "father_birth_year": ("Bốn chữ số.", "1985"),
}
