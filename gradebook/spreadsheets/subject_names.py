"""What schools and timetables call the subjects of the 2018 curriculum and their strands.

One name may stand for a subject in one grade and for a strand in another ("Địa" in grade 6 and in grade 10): a
class says which of its courses is meant.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gradebook.spreadsheets.headings import heading_key

# Codes of the curriculum -> their names, the official one first.
NAMES: Mapping[tuple[str, ...], Sequence[str]] = {
    ("tieng-viet",): ["Tiếng Việt", "TV", "T.Việt"],
    ("toan",): ["Toán", "Toán học"],
    ("ngoai-ngu-1",): [
        "Ngoại ngữ 1",
        "Ngoại ngữ",
        "Tiếng Anh",
        "T.Anh",
        "Anh",
        "Anh văn",
        "NN1",
        "Tiếng Nga",
        "Tiếng Pháp",
    ],
    ("dao-duc",): ["Đạo đức", "ĐĐ"],
    ("tu-nhien-xa-hoi",): ["Tự nhiên và Xã hội", "TNXH", "TN&XH", "Tự nhiên xã hội"],
    ("lich-su-dia-li",): [
        "Lịch sử và Địa lí",
        "Lịch sử & Địa lí",
        "Lịch sử - Địa lí",
        "LS&ĐL",
        "LS-ĐL",
        "LSĐL",
        "Sử Địa",
        "Sử - Địa",
    ],
    ("khoa-hoc",): ["Khoa học"],
    ("tin-hoc-cong-nghe",): ["Tin học và Công nghệ", "Tin học & Công nghệ", "TH&CN", "Tin học - Công nghệ"],
    ("giao-duc-the-chat",): ["Giáo dục thể chất", "GDTC", "Thể dục", "TD", "GD thể chất"],
    ("nghe-thuat",): ["Nghệ thuật", "NT"],
    ("hoat-dong-trai-nghiem", "hoat-dong-trai-nghiem-huong-nghiep"): [
        "Hoạt động trải nghiệm, hướng nghiệp",
        "Hoạt động trải nghiệm hướng nghiệp",
        "Hoạt động trải nghiệm",
        "HĐTN",
        "HĐTN-HN",
        "HĐTNHN",
        "HĐTN, HN",
        "Trải nghiệm",
    ],
    ("ngu-van",): ["Ngữ văn", "Văn", "N.Văn"],
    ("giao-duc-cong-dan",): ["Giáo dục công dân", "GDCD", "Công dân"],
    ("khoa-hoc-tu-nhien",): ["Khoa học tự nhiên", "KHTN"],
    ("cong-nghe",): ["Công nghệ", "CN", "C.Nghệ"],
    ("tin-hoc",): ["Tin học", "Tin"],
    ("giao-duc-dia-phuong",): [
        "Nội dung giáo dục của địa phương",
        "Nội dung giáo dục địa phương",
        "Giáo dục địa phương",
        "GDĐP",
        "GD địa phương",
    ],
    ("lich-su",): ["Lịch sử", "Sử"],
    ("dia-li",): ["Địa lí", "Địa"],
    ("vat-li",): ["Vật lí", "Lí", "V.Lí"],
    ("hoa-hoc",): ["Hóa học", "Hóa"],
    ("sinh-hoc",): ["Sinh học", "Sinh"],
    ("giao-duc-kinh-te-phap-luat",): [
        "Giáo dục kinh tế và pháp luật",
        "GDKT&PL",
        "GDKTPL",
        "GDKT-PL",
        "KT&PL",
        "KTPL",
        "Kinh tế pháp luật",
    ],
    ("giao-duc-quoc-phong-an-ninh",): [
        "Giáo dục quốc phòng và an ninh",
        "GDQP&AN",
        "GDQPAN",
        "GDQP-AN",
        "GDQP",
        "QPAN",
        "Quốc phòng",
    ],
    ("am-nhac",): ["Âm nhạc", "Nhạc"],
    ("mi-thuat",): ["Mĩ thuật", "MT"],
}


@dataclass(frozen=True)
class Vocabulary:
    """The names of the curriculum's subjects, and those of the school's own subjects."""

    own: Sequence[str] = ()
    codes: Mapping[str, tuple[str, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        known = {heading_key(name): codes for codes, names in NAMES.items() for name in names}
        for name in self.own:
            known.setdefault(heading_key(name), (heading_key(name),))
        object.__setattr__(self, "codes", known)

    def meant_by(self, written: str) -> tuple[str, ...]:
        """The codes that a name may stand for, one of its own for a name nobody knows."""
        key = heading_key(written)
        return self.codes.get(key, (key,))

    def aliases(self) -> dict[tuple[str, str], list[str]]:
        """For a table whose columns are subjects: ("subject", first code) -> names."""
        found: dict[tuple[str, str], list[str]] = {
            ("subject", codes[0]): list(names) for codes, names in NAMES.items()
        }
        for name in self.own:
            codes = self.meant_by(name)
            names = found.setdefault(("subject", codes[0]), [])
            if name not in names:
                names.append(name)
        return found
