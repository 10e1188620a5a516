"""Vietnamese names as often as they are met: family names are shared by many, middle names tell the sex."""

from collections.abc import Collection, Mapping

from schoolrecords.demonstration.dice import Dice, pick

MALE, FEMALE = "male", "female"

# Per cent of the people; the first fourteen are nine tenths of the country.
FAMILY = {
    "Nguyễn": 34.0, "Trần": 11.0, "Lê": 9.5, "Phạm": 7.0, "Hoàng": 4.0, "Huỳnh": 1.5, "Phan": 4.2, "Vũ": 3.6,
    "Võ": 1.6, "Đặng": 2.2, "Bùi": 2.2, "Đỗ": 2.0, "Hồ": 1.3, "Ngô": 1.4, "Dương": 1.2, "Lý": 0.6,
    "Đinh": 1.0, "Trịnh": 0.9, "Đoàn": 0.8, "Mai": 0.7, "Trương": 0.9, "Lưu": 0.5, "Lương": 0.6, "Tạ": 0.5,
    "Hà": 0.7, "Cao": 0.6, "Chu": 0.4, "Phùng": 0.4, "Vương": 0.3, "Tô": 0.3, "Đào": 0.8, "Thái": 0.3,
}  # fmt: skip
FAMILY_OF_GROUP = {
    "Tày": ("Nông", "Hoàng", "Hà", "Lương"),
    "Mường": ("Bùi", "Đinh", "Quách", "Hà"),
    "Nùng": ("Nông", "Lục", "Hoàng", "Vi"),
    "Thái": ("Lò", "Cầm", "Hà", "Vi"),
    "Dao": ("Triệu", "Đặng", "Bàn", "Phùng"),
    "Hoa": ("Lâm", "Trần", "Lý", "Quách"),
}
GROUPS = {"Kinh": 93.0, "Tày": 2.2, "Mường": 1.6, "Nùng": 1.0, "Thái": 0.9, "Dao": 0.7, "Hoa": 0.6}

MIDDLE = {
    MALE: {
        "Minh": 10, "Gia": 9, "Đức": 8, "Quang": 7, "Bảo": 7, "Hoàng": 7, "Tuấn": 6, "Văn": 6, "Anh": 6,
        "Thành": 5, "Hữu": 4, "Quốc": 4, "Nhật": 4, "Đình": 3, "Duy": 3, "Tiến": 3, "Khánh": 3, "Xuân": 2,
        "Công": 2, "Hải": 2, "Trung": 2, "Ngọc": 2, "Đăng": 2, "Thế": 1, "Việt": 1,
    },
    FEMALE: {
        "Thị": 13, "Ngọc": 10, "Phương": 7, "Khánh": 7, "Thanh": 6, "Bảo": 6, "Thu": 6, "Minh": 6, "Hà": 5,
        "Thùy": 4, "Quỳnh": 4, "Mai": 4, "Thảo": 3, "Diệu": 3, "Kim": 3, "Hồng": 3, "Gia": 3, "Tuệ": 2,
        "Hoài": 2, "Ánh": 2, "Như": 2, "Yến": 2, "Hải": 1, "Linh": 1, "Cẩm": 1,
    },
}  # fmt: skip
# Sometimes two middle names: Nguyễn Thị Thanh Hà.
SECOND_MIDDLE = {"Thị": ("Thanh", "Thu", "Hồng", "Ngọc", "Minh"), "Văn": ("Hoàng", "Quang", "Minh")}
GIVEN = {
    MALE: {
        "Minh": 9, "Anh": 7, "Khang": 7, "Huy": 7, "Khoa": 6, "Bảo": 6, "Nam": 6, "Phúc": 6, "Quân": 6,
        "Đức": 5, "Long": 5, "Hưng": 5, "Dũng": 5, "Kiệt": 4, "Đạt": 4, "Phong": 4, "Khôi": 4, "Nguyên": 4,
        "Hiếu": 4, "Sơn": 3, "Thịnh": 3, "Hải": 3, "Trung": 3, "Tùng": 3, "Lâm": 3, "Duy": 3, "An": 3,
        "Việt": 2, "Quang": 2, "Bình": 2, "Vinh": 2, "Nhân": 2, "Tiến": 2, "Cường": 2, "Tài": 2, "Đăng": 2,
        "Ân": 1, "Ước": 1, "Thái": 1, "Toàn": 1,
    },
    FEMALE: {
        "Anh": 10, "Linh": 9, "Trang": 7, "Ngọc": 6, "Chi": 6, "Nhi": 6, "Vy": 5, "Hà": 5, "Thảo": 5,
        "Hương": 4, "Mai": 4, "My": 4, "Phương": 4, "Châu": 4, "Ngân": 4, "Hân": 4, "An": 3, "Thư": 3,
        "Uyên": 3, "Trâm": 3, "Quỳnh": 3, "Giang": 3, "Yến": 3, "Dung": 2, "Hiền": 2, "Như": 2, "Tâm": 2,
        "Vân": 2, "Lan": 2, "Diệp": 2, "Ánh": 2, "Ly": 2, "Huyền": 2, "Khuê": 2, "Đan": 1, "Ân": 1, "Oanh": 1,
        "Nga": 1, "Hoa": 1, "Bích": 1,
    },
}  # fmt: skip
# The generation of the parents and teachers.
ADULT_MIDDLE = {
    MALE: {"Văn": 30, "Đức": 8, "Quang": 8, "Xuân": 6, "Minh": 6, "Hữu": 6, "Đình": 5, "Ngọc": 5, "Mạnh": 4},
    FEMALE: {"Thị": 45, "Thu": 8, "Thanh": 8, "Thị Thu": 6, "Thị Thanh": 6, "Hồng": 5, "Ngọc": 5, "Thúy": 3},
}
ADULT_GIVEN = {
    MALE: {
        "Hùng": 8, "Dũng": 7, "Tuấn": 8, "Sơn": 6, "Hải": 6, "Thắng": 5, "Cường": 6, "Long": 4, "Nam": 5,
        "Tú": 3, "Thành": 5, "Quang": 4, "Bình": 4, "Hòa": 3, "Hiệp": 3, "Chiến": 3, "Trung": 4, "Đông": 2,
    },
    FEMALE: {
        "Hương": 8, "Hà": 7, "Lan": 6, "Hoa": 5, "Thủy": 6, "Hằng": 6, "Nga": 5, "Mai": 5, "Thảo": 4,
        "Huyền": 5, "Hiền": 5, "Dung": 4, "Yến": 3, "Loan": 3, "Oanh": 2, "Tuyết": 2, "Vân": 4, "Phượng": 3,
        "Liên": 3, "Nhung": 3, "Tâm": 2, "Thanh": 3, "Xuân": 2, "Cúc": 1,
    },
}  # fmt: skip


def family_name(group: str, chance: Dice) -> str:
    return chance.choice(FAMILY_OF_GROUP[group]) if group in FAMILY_OF_GROUP else pick(FAMILY, chance)


def child(family: str, sex: str, chance: Dice) -> str:
    middle = pick(MIDDLE[sex], chance)
    if middle in SECOND_MIDDLE and chance.random() < 0.3:
        middle = f"{middle} {chance.choice(SECOND_MIDDLE[middle])}"
    return f"{family} {middle} {_given(GIVEN[sex], middle.split(), chance)}"


def adult(family: str, sex: str, chance: Dice, *, but: Collection[str] = ()) -> str:
    """A name of the parents' generation; `but` are given names to leave out."""
    middle = pick(ADULT_MIDDLE[sex], chance)
    return f"{family} {middle} {_given(ADULT_GIVEN[sex], [*but, *middle.split()], chance)}"


def _given(weights: Mapping[str, float], but: Collection[str], chance: Dice) -> str:
    return pick({name: weight for name, weight in weights.items() if name not in but}, chance)
