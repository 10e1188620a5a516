"""The qualities and competences of TT 27/2020 Điều 5, with stable codes."""

from dataclasses import dataclass
from enum import Enum


class TraitKind(Enum):
    """The three groups of the class summary."""

    QUALITY = "quality"  # phẩm chất chủ yếu
    GENERAL = "general"  # năng lực chung
    SPECIFIC = "specific"  # năng lực đặc thù


@dataclass(frozen=True, slots=True)
class Trait:
    """A quality or competence that is assessed four times a year."""

    code: str
    name: str
    kind: TraitKind


_QUALITIES = (
    Trait("yeu-nuoc", "Yêu nước", TraitKind.QUALITY),
    Trait("nhan-ai", "Nhân ái", TraitKind.QUALITY),
    Trait("cham-chi", "Chăm chỉ", TraitKind.QUALITY),
    Trait("trung-thuc", "Trung thực", TraitKind.QUALITY),
    Trait("trach-nhiem", "Trách nhiệm", TraitKind.QUALITY),
)
_COMPETENCES = (
    Trait("tu-chu-tu-hoc", "Tự chủ và tự học", TraitKind.GENERAL),
    Trait("giao-tiep-hop-tac", "Giao tiếp và hợp tác", TraitKind.GENERAL),
    Trait("giai-quyet-van-de-sang-tao", "Giải quyết vấn đề và sáng tạo", TraitKind.GENERAL),
    Trait("ngon-ngu", "Ngôn ngữ", TraitKind.SPECIFIC),
    Trait("tinh-toan", "Tính toán", TraitKind.SPECIFIC),
    Trait("khoa-hoc", "Khoa học", TraitKind.SPECIFIC),
    Trait("cong-nghe", "Công nghệ", TraitKind.SPECIFIC),
    Trait("tin-hoc", "Tin học", TraitKind.SPECIFIC),
    Trait("tham-mi", "Thẩm mĩ", TraitKind.SPECIFIC),
    Trait("the-chat", "Thể chất", TraitKind.SPECIFIC),
)
_FROM_GRADE_3 = {"cong-nghe", "tin-hoc"}
TRAIT_NAMES = {trait.code: trait.name for trait in (*_QUALITIES, *_COMPETENCES)}


def traits(grade: int) -> tuple[Trait, ...]:
    """The qualities, then the competences, of a grade from 1 to 5; ValueError for another grade.

    Công nghệ and Tin học are assessed from grade 3, when those subjects begin.
    """
    if not 1 <= grade <= 5:
        raise ValueError(f"TT 27/2020 is for grades 1 to 5, not {grade}")
    return _QUALITIES + tuple(
        trait for trait in _COMPETENCES if grade >= 3 or trait.code not in _FROM_GRADE_3
    )
