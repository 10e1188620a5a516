"""The subjects of a case, by name, in the curriculum."""

from gradebook.assessment import catalogue
from gradebook.assessment.catalogue import CatalogueSubject
from gradebook.assessment.evaluate_values import CannotEvaluate, slug
from gradebook.assessment.schemes import Options

_ABBREVIATIONS = {
    "gdcd": "giao-duc-cong-dan",
    "gdqp-an": "giao-duc-quoc-phong-an-ninh",
    "gdktpl": "giao-duc-kinh-te-phap-luat",
    "gdkt-pl": "giao-duc-kinh-te-phap-luat",
    "khtn": "khoa-hoc-tu-nhien",
    "ngoai-ngu": "ngoai-ngu-1",
    "tieng-anh": "ngoai-ngu-1",
}


def code(subject: str) -> str:
    """The name as a code of the curriculum, with the usual abbreviations written out."""
    name = slug(subject)
    return _ABBREVIATIONS.get(name, name)


def required_marks(subject: str, grade: int | None, *, thematic: bool, options: Options) -> int:
    """The regular marks a semester needs; 0 when the grade or the subject is not known."""
    if grade is None:
        return 0
    if not 6 <= grade <= 12:
        raise CannotEvaluate(f"TT 22/2021 is for grades 6 to 12, not {grade}")
    for known in catalogue.subjects(grade):
        if code(subject) in (known.code, slug(known.name)):
            return catalogue.required_regular_marks(known, thematic=thematic, options=options)
    return 0


def is_named(subject: CatalogueSubject, names: set[str]) -> bool:
    """Whether the subject, or every strand of it, is among the names (as slugs)."""
    strands = {strand.code for strand in subject.strands}
    return not names.isdisjoint({subject.code, slug(subject.name)}) or (bool(strands) and strands <= names)
