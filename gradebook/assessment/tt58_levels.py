"""TT 58/2011 Điều 13 khoản 1-5: what each academic level asks for, and what keeps a pupil from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gradebook.assessment.reasons import Clause, Reason, ReasonCode
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


@dataclass(frozen=True, slots=True)
class Standard:
    """A level's marks for the mean, for an anchor and the specialised subject, and for every subject."""

    level: AcademicLevel
    clause: Clause
    overall: Decimal
    anchor: Decimal | None
    floor: Decimal

    def obstacles(self, results: Results) -> Iterator[Reason]:
        """What keeps the results from this level, in the order of the clause."""
        if results.overall < self.overall:
            yield self._short(ReasonCode.OVERALL_BELOW, None, results.overall, self.overall)
        if self.anchor is not None:
            yield from self._anchors(results, self.anchor)
            yield from self._comments(results)
        below = sorted((mark, subject) for subject, mark in results.scored.items() if mark < self.floor)
        for mark, subject in below:
            yield self._short(ReasonCode.SUBJECT_BELOW, subject, mark, self.floor)

    def _anchors(self, results: Results, wanted: Decimal) -> Iterator[Reason]:
        anchors = sorted(
            (-mark, subject) for subject, mark in results.scored.items() if subject in results.anchors
        )
        if not anchors:
            yield Reason(ReasonCode.NO_ANCHOR, self.clause, level=self.level, threshold=wanted)
        elif -anchors[0][0] < wanted:
            yield self._short(ReasonCode.NO_ANCHOR, anchors[0][1], -anchors[0][0], wanted)
        if results.specialised is not None and results.scored[results.specialised] < wanted:
            mark = results.scored[results.specialised]
            yield self._short(ReasonCode.SPECIALISED_BELOW, results.specialised, mark, wanted)

    def _comments(self, results: Results) -> Iterator[Reason]:
        for subject, result in sorted(results.comment.items()):
            if result is CommentResult.NOT_PASSED:
                yield Reason(
                    ReasonCode.COMMENT_NOT_PASSED,
                    self.clause,
                    level=self.level,
                    subject=subject,
                    value=result,
                    threshold=CommentResult.PASSED,
                )

    def _short(self, code: ReasonCode, subject: str | None, value: Decimal, threshold: Decimal) -> Reason:
        return Reason(code, self.clause, level=self.level, subject=subject, value=value, threshold=threshold)


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
    for level, standard in STANDARDS.items():
        if next(standard.obstacles(results), None) is None:
            return level
    return AcademicLevel.POOR
