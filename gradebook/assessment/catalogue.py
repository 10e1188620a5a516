"""The subjects of the 2018 curriculum (TT 32/2018, TT 13/2022): lessons, kinds, strands, marks and tests."""

from functools import cache
from graphlib import TopologicalSorter
from itertools import pairwise

from gradebook.assessment.curriculum import CatalogueSubject, Period, Strand, SubjectKind
from gradebook.assessment.curriculum_primary import primary_subjects
from gradebook.assessment.curriculum_secondary import lower_secondary_subjects, upper_secondary_subjects
from gradebook.assessment.schemes import DEFAULTS, Options

__all__ = [
    "CatalogueSubject",
    "Period",
    "Strand",
    "SubjectKind",
    "in_book_order",
    "regular_marks",
    "required_regular_marks",
    "subjects",
]


def subjects(grade: int) -> tuple[CatalogueSubject, ...]:
    """The subjects of a grade from 1 to 12, in the order of the books; ValueError for another grade."""
    if 1 <= grade <= 5:
        return primary_subjects(grade)
    if 6 <= grade <= 9:
        return lower_secondary_subjects(grade)
    if 10 <= grade <= 12:
        return upper_secondary_subjects()
    raise ValueError(f"there is no grade {grade}")


@cache
def in_book_order() -> tuple[CatalogueSubject, ...]:
    """Every subject once, in an order that agrees with the books of all grades."""
    found = {subject.code: subject for grade in range(1, 13) for subject in subjects(grade)}
    order: TopologicalSorter[str] = TopologicalSorter()
    for grade in range(1, 13):
        for earlier, later in pairwise(subjects(grade)):
            order.add(later.code, earlier.code)
    return tuple(found[code] for code in order.static_order())


def regular_marks(lessons_per_year: int) -> int:
    """Regular marks of a scored subject in a semester: 2 up to 35 lessons a year, 3 up to 70, 4 above.

    TT 22/2021 Điều 6 khoản 2 b, the same in TT 58/2011. Raises ValueError unless there is a lesson.
    """
    if lessons_per_year < 1:
        raise ValueError(f"a subject cannot have {lessons_per_year} lessons a year")
    if lessons_per_year <= 35:
        return 2
    return 3 if lessons_per_year <= 70 else 4


def required_regular_marks(
    subject: CatalogueSubject, *, thematic: bool = False, options: Options = DEFAULTS
) -> int:
    """The regular marks one pupil needs in a semester; ``thematic`` if the pupil takes its thematic studies.

    TT 22/2021 Điều 6 khoản 2 and 3: two assessments in a comment subject; a thematic study adds one mark
    unless the school counts it among the others. Primary subjects have none.
    """
    if subject.kind is SubjectKind.LEVEL:
        return 0
    if subject.kind is SubjectKind.COMMENT:
        return 2
    return regular_marks(subject.lessons) + (thematic and options.thematic_mark_is_additional)
