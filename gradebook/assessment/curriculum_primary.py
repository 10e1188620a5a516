"""The subjects of grades 1 to 5, and the tests of TT 27/2020 Điều 7 khoản 1 b."""

from gradebook.assessment.curriculum import CatalogueSubject, Period, Strand, SubjectKind

_NONE: frozenset[Period] = frozenset()
_TERM_ENDS = frozenset({Period.CK1, Period.CN})
_ALL = frozenset(Period)

_ARTS = (Strand("am-nhac", "Âm nhạc"), Strand("mi-thuat", "Mĩ thuật"))
_TECHNOLOGY = (Strand("tin-hoc", "Tin học"), Strand("cong-nghe", "Công nghệ"))

_VIETNAMESE_LESSONS = {1: 420, 2: 350}


def primary_subjects(grade: int) -> tuple[CatalogueSubject, ...]:
    """The subjects of a primary grade; Ngoại ngữ 1 is chosen, and has no tests, before grade 3."""
    core_tests = _ALL if grade >= 4 else _TERM_ENDS
    foreign_language = (
        _subject("ngoai-ngu-1", "Ngoại ngữ 1", 140, tests=_TERM_ENDS)
        if grade >= 3
        else CatalogueSubject("ngoai-ngu-1", "Ngoại ngữ 1", 70, SubjectKind.LEVEL, chosen=True)
    )
    return (
        _subject("tieng-viet", "Tiếng Việt", _VIETNAMESE_LESSONS.get(grade, 245), tests=core_tests),
        _subject("toan", "Toán", 105 if grade == 1 else 175, tests=core_tests),
        foreign_language,
        _subject("dao-duc", "Đạo đức", 35),
        *_nature_and_society(grade),
        *_technology(grade),
        _subject("giao-duc-the-chat", "Giáo dục thể chất", 70),
        _subject("nghe-thuat", "Nghệ thuật", 70, strands=_ARTS),
        _subject("hoat-dong-trai-nghiem", "Hoạt động trải nghiệm", 105),
    )


def _nature_and_society(grade: int) -> tuple[CatalogueSubject, ...]:
    if grade <= 3:
        return (_subject("tu-nhien-xa-hoi", "Tự nhiên và Xã hội", 70),)
    return (
        _subject("lich-su-dia-li", "Lịch sử và Địa lí", 70, tests=_TERM_ENDS),
        _subject("khoa-hoc", "Khoa học", 70, tests=_TERM_ENDS),
    )


def _technology(grade: int) -> tuple[CatalogueSubject, ...]:
    if grade < 3:
        return ()
    return (_subject("tin-hoc-cong-nghe", "Tin học và Công nghệ", 70, strands=_TECHNOLOGY, tests=_TERM_ENDS),)


def _subject(
    code: str,
    name: str,
    lessons: int,
    tests: frozenset[Period] = _NONE,
    strands: tuple[Strand, ...] = (),
) -> CatalogueSubject:
    return CatalogueSubject(code, name, lessons, SubjectKind.LEVEL, strands, tests=tests)
