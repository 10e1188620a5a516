"""A pupil's results under TT 22/2021."""

from dataclasses import replace

from gradebook.assessment import tt22
from gradebook.assessment.promotion import PromotionStatus
from gradebook.assessment.scales import ConductLevel, LearningLevel
from gradebook.results.record import YEAR, Moment, PupilResults, Record, Standing, on
from gradebook.results.standing import NO_RETEST, SUMMER, UNKNOWN_ABSENCES, standing_of


def results(record: Record) -> PupilResults:
    """Semesters, year, promotion and title; after the summer too, once something of it is recorded."""
    first, second = (_semester(record, number) for number in (0, 1))
    year = _year(record)
    found = PupilResults(record.subjects, (first, second, year), _standing(record, year))
    return _with_summer(record, found)


def _semester(record: Record, number: int) -> Moment:
    homeroom = record.homeroom
    return replace(
        _learning(record, number), conduct=homeroom.conduct[number], absences=homeroom.absences[number]
    )


def _learning(record: Record, moment: int) -> Moment:
    scored, comment = record.scored(moment), record.commented(moment)
    return _moment(tt22.learning_level(scored, comment, record.scheme.options))


def _moment(found: tt22.LearningResult) -> Moment:
    return Moment(
        learning=found.level,
        base=found.base_level,
        adjusted_by=found.adjusted_by,
        reasons=found.reasons,
        missing=found.missing,
    )


def _year(record: Record) -> Moment:
    year = replace(_learning(record, YEAR), absences=record.homeroom.year_absences)
    first, second = (on(ConductLevel, record.homeroom.conduct[number]) for number in (0, 1))
    if first is None or second is None:
        return year
    conduct = tt22.conduct_year(first, second)
    year = replace(year, conduct=conduct.level, conduct_reasons=conduct.reasons)
    learning = on(LearningLevel, year.learning)
    if learning is None:
        return year
    award = tt22.award(conduct.level, learning, record.year_complete()[0], record.scheme.options)
    return replace(year, award=award.title.value if award.title else "", award_reasons=award.reasons)


def _standing(
    record: Record,
    year: Moment,
    *,
    conduct_after_summer: ConductLevel | None = None,
    learning_after_retest: LearningLevel | None = None,
) -> Standing:
    if year.absences is None:
        return UNKNOWN_ABSENCES
    end = tt22.YearEnd(
        on(ConductLevel, year.conduct),
        on(LearningLevel, year.learning),
        year.absences.total,
        conduct_after_summer,
        learning_after_retest,
    )
    found = tt22.promotion(end, record.scheme.options)
    again = NO_RETEST
    if found.status is PromotionStatus.SUMMER_RETEST:
        again = tt22.retest_list(*record.year_complete(), end, record.scheme.options)
    return standing_of(found, again, record.grade)


def _with_summer(record: Record, found: PupilResults) -> PupilResults:
    """What was recorded in the summer counts only for a pupil whom the year sent there."""
    retaken, trained = record.retaken(), on(ConductLevel, record.homeroom.summer_conduct)
    if found.standing.status not in SUMMER or not (retaken or trained):
        return found
    now = replace(found.year, conduct=trained or found.year.conduct, award="", award_reasons=())
    retested = None
    if retaken:
        again = _moment(tt22.after_retest(*record.year_complete(), retaken, record.scheme.options))
        now = replace(again, conduct=now.conduct, absences=now.absences)
        retested = on(LearningLevel, again.learning)
    standing = _standing(record, found.year, conduct_after_summer=trained, learning_after_retest=retested)
    return replace(found, summer=now, summer_standing=standing)
