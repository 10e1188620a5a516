"""The ethnic groups of Vietnam: codes of decision 121-TCTK/PPCĐ (1979), with the spellings that schools use.

The code is stored, since public lists differ in spelling and order.
"""

from gradebook.spreadsheets.header import Cell
from gradebook.spreadsheets.problems import BadValue, Code
from gradebook.spreadsheets.text import clean
from gradebook.spreadsheets.values import text

# The first spelling is the official one.
ETHNICITIES = {
    "01": ("Kinh", "Việt"),
    "02": ("Tày",),
    "03": ("Thái",),
    "04": ("Hoa", "Hán"),
    "05": ("Khơ-me", "Khmer", "Khơ Me", "Khơme"),
    "06": ("Mường",),
    "07": ("Nùng",),
    "08": ("Hmông", "H'Mông", "Mông", "Mèo"),
    "09": ("Dao",),
    "10": ("Gia-rai", "Jrai", "Giarai"),
    "11": ("Ngái",),
    "12": ("Ê-đê", "Êđê"),
    "13": ("Ba-na", "Bana", "Bahnar"),
    "14": ("Xơ-đăng", "Xơđăng", "Xê Đăng"),
    "15": ("Sán Chay", "Cao Lan", "Sán Chỉ"),
    "16": ("Cơ-ho", "Cơho", "K'Ho"),
    "17": ("Chăm", "Chàm"),
    "18": ("Sán Dìu",),
    "19": ("Hrê", "H'rê"),
    "20": ("Mnông", "M'Nông"),
    "21": ("Ra-glai", "Raglai", "Raglay"),
    "22": ("Xtiêng", "Stiêng", "X'tiêng", "S'tiêng"),
    "23": ("Bru-Vân Kiều", "Bru", "Vân Kiều"),
    "24": ("Thổ",),
    "25": ("Giáy",),
    "26": ("Cơ-tu", "Cơtu", "Cờ Tu", "Ka Tu"),
    "27": ("Gié-Triêng", "Giẻ Triêng", "Gié"),
    "28": ("Mạ",),
    "29": ("Khơ-mú", "Khơmú"),
    "30": ("Co", "Cor"),
    "31": ("Tà-ôi", "Ta Ôi"),
    "32": ("Chơ-ro", "Chơro"),
    "33": ("Kháng",),
    "34": ("Xinh-mun", "Xinhmun"),
    "35": ("Hà Nhì",),
    "36": ("Chu-ru", "Churu"),
    "37": ("Lào",),
    "38": ("La Chí",),
    "39": ("La Ha",),
    "40": ("Phù Lá",),
    "41": ("La Hủ",),
    "42": ("Lự",),
    "43": ("Lô Lô",),
    "44": ("Chứt",),
    "45": ("Mảng",),
    "46": ("Pà Thẻn",),
    "47": ("Cờ Lao", "Cơ Lao"),
    "48": ("Cống",),
    "49": ("Bố Y",),
    "50": ("Si La",),
    "51": ("Pu Péo",),
    "52": ("Brâu",),
    "53": ("Ơ-đu", "Ơđu"),
    "54": ("Rơ-măm", "Rơmăm"),
    "55": ("Người nước ngoài", "Nước ngoài"),
    "99": ("Không rõ",),
}

GROUPS = [spellings[0] for code, spellings in ETHNICITIES.items() if code != "99"]
"""The official names, for choosing: "unknown" is no answer."""


def spelling_key(spelling: str) -> str:
    """Case, hyphens, apostrophes and spaces do not tell groups apart; diacritics do (Thái and Tày)."""
    return "".join(letter for letter in clean(spelling).casefold() if letter.isalnum())


CODES = {spelling_key(spelling): code for code, spellings in ETHNICITIES.items() for spelling in spellings}


def ethnicity(value: Cell) -> str | None:
    """The code of an ethnic group, None for a blank cell. Raises BadValue: UNKNOWN_ETHNICITY."""
    written = text(value)
    if written is None:
        return None
    code = CODES.get(spelling_key(written.removeprefix("Dân tộc ")))
    if code is None:
        raise BadValue(Code.UNKNOWN_ETHNICITY, value=written)
    return code
