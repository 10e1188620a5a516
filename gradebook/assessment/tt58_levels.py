"""TT 58/2011 Điều 13 khoản 1-5: what each academic level asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gradebook.assessment.reasons import Clause
from gradebook.assessment.scales import AcademicLevel, CommentResult
from gradebook.assessment.schemes import Circular

CIRCULAR = "TT58-2011"

# One of these subjects must reach the level's own mark. TT 26/2020 Điều 2 khoản 6 added the foreign language.
ANCHORS = {
    Circular.TT58_2011: frozenset({"toan", "ngu-van"}),
    Circular.TT58_2020: frozenset({"toan", "ngu-van", "ngoai-ngu", "ngoai-ngu-1"}),
}


@dataclass(frozen=True, slots=True)
class Results:
    """A pupil's semester or year; ``specialised`` is the subject of a specialised class."""

    scored: Mapping[str, Decimal]
    comment: Mapping[str, CommentResult]
    overall: Decimal
    anchors: frozenset[str]
    specialised: str | None

    def of(self, subject: str) -> Decimal | CommentResult:
        """The subject's average or comment result."""
        return self.scored[subject] if subject in self.scored else self.comment[subject]

    @property
    def best_anchor(self) -> str | None:
        """The anchor subject with the highest average, the first by name among equals; None without one."""
        anchors = self.anchors & self.scored.keys()
        return min(anchors, key=lambda subject: (-self.scored[subject], subject), default=None)

    @property
    def lowest(self) -> str:
        """The scored subject with the lowest average, the first by name among equals."""
        return min(self.scored, key=lambda subject: (self.scored[subject], subject))

    @property
    def failed_comments(self) -> list[str]:
        """The comment subjects that are CĐ, by name."""
        return sorted(s for s, result in self.comment.items() if result is CommentResult.NOT_PASSED)


@dataclass(frozen=True, slots=True)
class Standard:
    """A level's marks for the mean, for an anchor and the specialised subject, and for every subject.

    A level with a mark for the anchor also wants every comment subject Đ.
    """

    level: AcademicLevel
    clause: Clause
    overall: Decimal
    anchor: Decimal | None
    floor: Decimal

    def is_met(self, results: Results) -> bool:
        """Whether the results reach this level, before any adjustment."""
        if results.overall < self.overall or min(results.scored.values()) < self.floor:
            return False
        if self.anchor is None:
            return True
        pillars = [subject for subject in (results.best_anchor, results.specialised) if subject]
        return (
            results.best_anchor is not None
            and not results.failed_comments
            and all(results.scored[subject] >= self.anchor for subject in pillars)
        )


def _standard(level: AcademicLevel, paragraph: int, overall: str, anchor: str | None, floor: str) -> Standard:
    clause = Clause(CIRCULAR, 13, paragraph)
    return Standard(level, clause, Decimal(overall), Decimal(anchor) if anchor else None, Decimal(floor))


STANDARDS = {
    standard.level: standard
    for standard in (
        _standard(AcademicLevel.EXCELLENT, 1, "8.0", "8.0", "6.5"),
        _standard(AcademicLevel.FAIR, 2, "6.5", "6.5", "5.0"),
        _standard(AcademicLevel.AVERAGE, 3, "5.0", "5.0", "3.5"),
        _standard(AcademicLevel.WEAK, 4, "3.5", None, "2.0"),
    )
}
LEVEL_CLAUSES = {level: standard.clause for level, standard in STANDARDS.items()} | {
    AcademicLevel.POOR: Clause(CIRCULAR, 13, 5)
}


def base_level(results: Results) -> AcademicLevel:
    """The level of Điều 13 khoản 1-5, before any adjustment."""
    met = (level for level, standard in STANDARDS.items() if standard.is_met(results))
    return next(met, AcademicLevel.POOR)
