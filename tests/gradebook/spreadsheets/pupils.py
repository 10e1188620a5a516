"""Invented pupils, and the workbooks that hold them."""

from datetime import date

from gradebook.spreadsheets.pupil_list import PupilRow, Status
from gradebook.spreadsheets.score_sheet import ScoreRow
from gradebook.spreadsheets.values import Sex

TITLES = ["TRƯỜNG THCS HOA PHƯỢNG", "DANH SÁCH HỌC SINH NĂM HỌC 2025-2026"]

HUONG = PupilRow(
    row_number=5,
    ministry_code="0112345678",
    full_name="Nguyễn Thị Hương",
    birth_date=date(2014, 9, 5),
    sex=Sex.FEMALE,
    ethnicity="01",
    status=Status.STUDYING,
    phone="0912345678",
    birth_place="Bệnh viện Phụ sản Hà Nội",
    registered_hamlet="Tổ 5",
    home_province="Thành phố Hà Nội",
    home_commune="Phường Cửa Nam",
    address="12 ngõ 3, phố Huế",
    identity_card=None,
    father_name="Nguyễn Văn Hải",
    father_occupation="Công nhân",
    father_birth_year=1985,
    mother_name="Trần Thị Mai",
    mother_occupation="Giáo viên",
    mother_birth_year=1987,
    class_name="6A1",
    grade=6,
    personal_number="001314000123",
)
DUC = PupilRow(
    row_number=6,
    ministry_code="7912345679",
    full_name="Đặng Quốc Đức",
    birth_date=date(2014, 2, 28),
    sex=Sex.MALE,
    ethnicity="08",
    class_name="6A1",
    grade=6,
    personal_number="079214000124",
)
MARKS = {
    ("regular", 1): "8",
    ("regular", 2): "7,5",
    ("regular", 3): "",
    ("regular", 4): "10",
    ("midterm",): "6,25",
    ("final",): "9",
    ("comment",): "- Chăm học, cần đọc kỹ đề.",
}
HUONG_MARKS = ScoreRow(
    row_number=5,
    full_name=HUONG.full_name,
    marks=MARKS,
    ministry_code=HUONG.ministry_code,
    birth_date=HUONG.birth_date,
    class_name="6A1",
)
