"""What a class may choose of the curriculum (TT 32/2018 as amended by TT 13/2022)."""

from collections.abc import Collection

from gradebook.assessment.catalogue import subjects
from gradebook.assessment.curriculum import CatalogueSubject

CHOSEN_OF_UPPER_SECONDARY = 4
THEMATIC_SUBJECTS = 3
_COMPULSORY_WITH_STUDIES = frozenset({"ngu-van", "toan", "lich-su"})


class WrongChoice(ValueError):
    """The curriculum does not allow it.

    Codes: `unknown` (the grade has no such subject to choose), `chosen-number`, `thematic-unknown` (no thematic
    studies, or not taken by the class), `thematic-number`. `subjects` are the codes concerned.
    """

    def __init__(self, code: str, subjects: Collection[str] = ()) -> None:
        super().__init__(f"{code}: {', '.join(sorted(subjects))}")
        self.code = code
        self.subjects = tuple(sorted(subjects))


def taken(
    grade: int, chosen: Collection[str] = (), thematic: Collection[str] = ()
) -> tuple[CatalogueSubject, ...]:
    """The subjects of a class of this grade, in the order of the books. Raises WrongChoice.

    Grades 10 to 12 choose four subjects; which thematic studies, three or none yet, may be decided later. Before
    grade 10 only a foreign language in grades 1 and 2 is left to choose.
    """
    offered = {subject.code for subject in subjects(grade) if subject.chosen}
    if unknown := set(chosen) - offered:
        raise WrongChoice("unknown", unknown)
    if grade >= 10 and len(set(chosen)) != CHOSEN_OF_UPPER_SECONDARY:
        raise WrongChoice("chosen-number", chosen)
    if unknown := set(thematic) - with_thematic_studies(grade, chosen):
        raise WrongChoice("thematic-unknown", unknown)
    if len(set(thematic)) not in (0, THEMATIC_SUBJECTS):
        raise WrongChoice("thematic-number", thematic)
    return tuple(subject for subject in subjects(grade) if not subject.chosen or subject.code in chosen)


def with_thematic_studies(grade: int, chosen: Collection[str]) -> frozenset[str]:
    """Codes of the subjects taken that have thematic studies: Ngữ văn, Toán, Lịch sử and every chosen subject."""
    return _COMPULSORY_WITH_STUDIES | frozenset(chosen) if grade >= 10 else frozenset()
