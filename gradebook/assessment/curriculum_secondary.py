"""The subjects of grades 6 to 9 and 10 to 12."""

from gradebook.assessment.curriculum import CatalogueSubject, Strand, SubjectKind

_HISTORY_GEOGRAPHY = (Strand("lich-su", "Lịch sử"), Strand("dia-li", "Địa lí"))
_SCIENCE = (Strand("vat-li", "Vật lí"), Strand("hoa-hoc", "Hóa học"), Strand("sinh-hoc", "Sinh học"))
_ARTS = (Strand("am-nhac", "Âm nhạc"), Strand("mi-thuat", "Mĩ thuật"))

_CHOSEN = (
    ("dia-li", "Địa lí", SubjectKind.SCORED),
    ("giao-duc-kinh-te-phap-luat", "Giáo dục kinh tế và pháp luật", SubjectKind.SCORED),
    ("vat-li", "Vật lí", SubjectKind.SCORED),
    ("hoa-hoc", "Hóa học", SubjectKind.SCORED),
    ("sinh-hoc", "Sinh học", SubjectKind.SCORED),
    ("cong-nghe", "Công nghệ", SubjectKind.SCORED),
    ("tin-hoc", "Tin học", SubjectKind.SCORED),
    ("am-nhac", "Âm nhạc", SubjectKind.COMMENT),
    ("mi-thuat", "Mĩ thuật", SubjectKind.COMMENT),
)


def lower_secondary_subjects(grade: int) -> tuple[CatalogueSubject, ...]:
    """The subjects of a grade from 6 to 9; Công nghệ grows from 35 to 52 lessons in grade 8."""
    return (
        _scored("ngu-van", "Ngữ văn", 140),
        _scored("toan", "Toán", 140),
        _scored("ngoai-ngu-1", "Ngoại ngữ 1", 105),
        _scored("giao-duc-cong-dan", "Giáo dục công dân", 35),
        _scored("lich-su-dia-li", "Lịch sử và Địa lí", 105, _HISTORY_GEOGRAPHY),
        _scored("khoa-hoc-tu-nhien", "Khoa học tự nhiên", 140, _SCIENCE),
        _scored("cong-nghe", "Công nghệ", 52 if grade >= 8 else 35),
        _scored("tin-hoc", "Tin học", 35),
        _comment("giao-duc-the-chat", "Giáo dục thể chất", 70),
        _comment("nghe-thuat", "Nghệ thuật", 70, _ARTS),
        *_common_activities(),
    )


def upper_secondary_subjects() -> tuple[CatalogueSubject, ...]:
    """The subjects of grades 10 to 12: the compulsory ones, and those of which a pupil chooses four."""
    return (
        _scored("ngu-van", "Ngữ văn", 105),
        _scored("toan", "Toán", 105),
        _scored("ngoai-ngu-1", "Ngoại ngữ 1", 105),
        _scored("lich-su", "Lịch sử", 52),
        _scored("giao-duc-quoc-phong-an-ninh", "Giáo dục quốc phòng và an ninh", 35),
        *(CatalogueSubject(code, name, 70, kind, chosen=True) for code, name, kind in _CHOSEN),
        _comment("giao-duc-the-chat", "Giáo dục thể chất", 70),
        *_common_activities(),
    )


def _common_activities() -> tuple[CatalogueSubject, ...]:
    return (
        _comment("hoat-dong-trai-nghiem-huong-nghiep", "Hoạt động trải nghiệm, hướng nghiệp", 105),
        _comment("giao-duc-dia-phuong", "Nội dung giáo dục của địa phương", 35),
    )


def _scored(code: str, name: str, lessons: int, strands: tuple[Strand, ...] = ()) -> CatalogueSubject:
    return CatalogueSubject(code, name, lessons, SubjectKind.SCORED, strands)


def _comment(code: str, name: str, lessons: int, strands: tuple[Strand, ...] = ()) -> CatalogueSubject:
    return CatalogueSubject(code, name, lessons, SubjectKind.COMMENT, strands)
