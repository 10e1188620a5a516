"""What the rules need of one pupil, and what they answer: the same shapes under every circular."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from gradebook.assessment.reasons import Clause, Reason
from gradebook.assessment.retest import offered
from gradebook.assessment.scales import CommentResult, PrimaryResult, Scale, TraitLevel
from gradebook.assessment.schemes import Scheme
from gradebook.models import Course
from gradebook.results.subjects import SubjectResult

YEAR = 2
"""The place of the year among semester I, semester II and year."""
NO_CLAUSE = Clause("", 0)
AnyScale = TypeVar("AnyScale", bound=Scale)


def on(scale: type[AnyScale], level: Scale | None) -> AnyScale | None:
    """The level when it is on this scale, as it is under the circular that has the scale."""
    return level if isinstance(level, scale) else None


@dataclass(frozen=True, slots=True)
class Absences:
    """Half-days absent (buổi), with and without leave."""

    excused: int = 0
    unexcused: int = 0

    @property
    def total(self) -> int:
        return self.excused + self.unexcused

    def __add__(self, other: "Absences") -> "Absences":
        return Absences(self.excused + other.excused, self.unexcused + other.unexcused)


@dataclass(frozen=True, slots=True)
class Homeroom:
    """What the homeroom teacher recorded: None where nothing is.

    `conduct`: semester I, semester II, and the year where the circular has no rule for it. `traits`: at the end of
    the year, by code. After the summer: `summer_conduct`, and in primary school what `support` led to.
    """

    conduct: tuple[Scale | None, Scale | None, Scale | None] = (None, None, None)
    absences: tuple[Absences | None, Absences | None] = (None, None)
    traits: Mapping[str, TraitLevel | None] | None = None
    summer_conduct: Scale | None = None
    support: PrimaryResult | None = None

    @property
    def year_absences(self) -> Absences | None:
        first, second = self.absences
        return None if first is None or second is None else first + second


@dataclass(frozen=True, slots=True)
class Record:
    """One pupil's year. `subjects` by subject code; `specialised` is the code of a specialised class's subject."""

    scheme: Scheme
    grade: int
    subjects: Mapping[str, SubjectResult]
    homeroom: Homeroom
    specialised: str | None = None

    def scored(self, moment: int) -> dict[str, Decimal | None]:
        """The averages of the scored subjects taught at this moment, by subject."""
        return self._values(moment, Course.Kind.SCORED)

    def commented(self, moment: int) -> dict[str, CommentResult | None]:
        """The results of the comment subjects taught at this moment, by subject."""
        return self._values(moment, Course.Kind.COMMENT)

    def year_complete(self) -> tuple[dict[str, Decimal], dict[str, CommentResult]]:
        """The year of the scored and of the comment subjects, as far as there is one."""
        scored, comment = self.scored(YEAR), self.commented(YEAR)
        return (
            {code: value for code, value in scored.items() if value is not None},
            {code: value for code, value in comment.items() if value is not None},
        )

    def retaken(self) -> dict[str, Decimal | CommentResult]:
        """The retest results, by subject; one that a later correction made needless counts no more."""
        needed = offered(*self.year_complete(), NO_CLAUSE).subjects
        found = {code: self.subjects[code].retest for code in needed}
        return {code: value for code, value in found.items() if isinstance(value, Decimal | CommentResult)}

    def _values(self, moment: int, kind: str) -> dict[str, Any]:
        return {
            code: subject.values[moment]
            for code, subject in self.subjects.items()
            if subject.kind == kind and (moment == YEAR or subject.taught[moment])
        }


@dataclass(frozen=True, slots=True)
class Moment:
    """Results of a semester, of the year or after the summer, with their reasons.

    `learning` is kết quả học tập, học lực or kết quả giáo dục; `base` the level before adjustment, `overall` the mean
    of TT 58/2011. `missing` names subjects, or "traits:…" and "tests:…".
    """

    learning: Scale | None = None
    base: Scale | None = None
    adjusted_by: str | None = None
    overall: Decimal | None = None
    conduct: Scale | None = None
    absences: Absences | None = None
    award: str = ""
    reasons: tuple[Reason, ...] = ()
    conduct_reasons: tuple[Reason, ...] = ()
    award_reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the rules send a pupil: the status of `assessment`, or None while something is `missing`."""

    status: str | None = None
    completion: str = ""
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    retests: tuple[str, ...] = ()
    retest_reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class PupilResults:
    """Semester I, semester II and the year; where that leads; and the same after the summer, if there was one."""

    subjects: Mapping[str, SubjectResult]
    moments: tuple[Moment, Moment, Moment]
    standing: Standing
    summer: Moment | None = None
    summer_standing: Standing | None = None

    @property
    def year(self) -> Moment:
        return self.moments[YEAR]
