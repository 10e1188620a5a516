"""A pupil's results under TT 27/2020: nothing is computed in a semester, the year's level and promotion are."""

from decimal import Decimal

from gradebook.assessment import tt27
from gradebook.assessment.scales import PrimaryResult, SubjectLevel
from gradebook.results.record import YEAR, Moment, PupilResults, Record, Standing, on
from gradebook.results.titles import primary_award


def results(record: Record) -> PupilResults:
    """The year, promotion and the title that follows from the result alone; after support too, once recorded."""
    year = _year(record)
    found = on(PrimaryResult, year.learning)
    semesters = tuple(Moment(absences=absences) for absences in record.homeroom.absences)
    moments = (semesters[0], semesters[1], year)
    if found is None:
        return PupilResults(record.subjects, moments, Standing(missing=("result",)))
    standing = _standing(tt27.promotion(record.grade, found))
    support = record.homeroom.support
    if support is None or found is not PrimaryResult.NOT_COMPLETED:
        return PupilResults(record.subjects, moments, standing)
    after = Moment(learning=support, absences=year.absences)
    return PupilResults(
        record.subjects, moments, standing, after, _standing(tt27.promotion(record.grade, found, support))
    )


def _year(record: Record) -> Moment:
    found = tt27.year_result(
        tt27.YearEndValues(
            {code: _level(subject.values[YEAR]) for code, subject in record.subjects.items()},
            record.homeroom.traits or {},
            {code: _score(subject.test) for code, subject in record.subjects.items() if subject.has_test},
        )
    )
    word = found.level.word if found.level else ""
    return Moment(
        learning=found.level,
        base=found.level,
        absences=record.homeroom.year_absences,
        award=primary_award(word, record.scheme, distinction=False, recognised=False),
        reasons=found.reasons,
        missing=found.missing,
    )


def _level(value: object) -> SubjectLevel | None:
    return value if isinstance(value, SubjectLevel) else None


def _score(test: Decimal | None) -> int | None:
    return None if test is None else int(test)


def _standing(found: tt27.PrimaryPromotion) -> Standing:
    completion = found.completion.value if found.completion else ""
    return Standing(found.status.value, completion, found.reasons)
