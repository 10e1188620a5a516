"""TT 27/2020 Điều 9 khoản 2 a: the four levels of the year; the homeroom teacher confirms the level."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gradebook.assessment.reasons import Clause, Reason, ReasonCode
from gradebook.assessment.scales import PrimaryResult, Scale, SubjectLevel, TraitLevel

CIRCULAR = "TT27-2020"
_CLAUSE = Clause(CIRCULAR, 9, 2, "a")


@dataclass(frozen=True, slots=True)
class YearEndValues:
    """What counts at the end of the year, None where nothing is entered yet; earlier periods do not count.

    ``subjects``: every subject and activity. ``traits``: every quality and competence. ``tests``: every test
    that is required at the end of the year.
    """

    subjects: Mapping[str, SubjectLevel | None]
    traits: Mapping[str, TraitLevel | None]
    tests: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class YearResult:
    """The level of the year and why; None while a value is ``missing``."""

    level: PrimaryResult | None
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Standard:
    level: PrimaryResult
    subject: SubjectLevel
    trait: TraitLevel
    test: int


_STANDARDS = (
    _Standard(PrimaryResult.EXCELLENT, SubjectLevel.WELL_COMPLETED, TraitLevel.GOOD, 9),
    _Standard(PrimaryResult.WELL_COMPLETED, SubjectLevel.WELL_COMPLETED, TraitLevel.GOOD, 7),
    _Standard(PrimaryResult.COMPLETED, SubjectLevel.COMPLETED, TraitLevel.PASSED, 5),
)


def year_result(values: YearEndValues) -> YearResult:
    """The level of the year from its year-end values, with what kept the next level out of reach.

    TT 27/2020 Điều 9 khoản 2 a: every subject, trait and test must reach the level; nothing is averaged. Every
    grade has year-end tests, so a year without subjects, traits or tests has no level.
    """
    if not (values.subjects and values.traits and values.tests):
        return YearResult(None, (Reason(ReasonCode.NOTHING_ASSESSED, _CLAUSE),))
    missing = tuple(_missing(values))
    if missing:
        return YearResult(None, (), missing)
    obstacles: tuple[Reason, ...] = ()
    for standard in _STANDARDS:
        missed = tuple(_obstacles(standard, values))
        if not missed:
            return YearResult(standard.level, (*_reached(standard, values), *obstacles))
        obstacles = missed
    level = PrimaryResult.NOT_COMPLETED
    return YearResult(level, (Reason(ReasonCode.LEVEL_REACHED, _CLAUSE, level=level), *obstacles))


def _missing(values: YearEndValues) -> Iterator[str]:
    parts: tuple[tuple[str, Mapping[str, object]], ...] = (
        ("subjects", values.subjects),
        ("traits", values.traits),
        ("tests", values.tests),
    )
    for part, entries in parts:
        yield from (f"{part}:{code}" for code in entries if entries[code] is None)


def _reached(standard: _Standard, values: YearEndValues) -> Iterator[Reason]:
    """The level and its lowest test; that every subject and trait reaches it, the level itself says."""
    yield Reason(ReasonCode.LEVEL_REACHED, _CLAUSE, level=standard.level)
    score, subject = min((score, subject) for subject, score in values.tests.items() if score is not None)
    yield _compared(ReasonCode.LOWEST_TEST, standard, subject, score, standard.test)


def _obstacles(standard: _Standard, values: YearEndValues) -> Iterator[Reason]:
    for subject, level in sorted(values.subjects.items()):
        if level is not None and level < standard.subject:
            yield _compared(ReasonCode.SUBJECT_LEVEL_BELOW, standard, subject, level, standard.subject)
    for trait, level_ in sorted(values.traits.items()):
        if level_ is not None and level_ < standard.trait:
            yield _compared(ReasonCode.TRAIT_BELOW, standard, trait, level_, standard.trait)
    for subject, score in sorted(values.tests.items()):
        if score is not None and score < standard.test:
            yield _compared(ReasonCode.TEST_BELOW, standard, subject, score, standard.test)


def _compared(
    code: ReasonCode, standard: _Standard, subject: str, value: int | Scale, threshold: int | Scale
) -> Reason:
    return Reason(code, _CLAUSE, level=standard.level, subject=subject, value=value, threshold=threshold)
