"""A pupil's results under TT 58/2011, before and since TT 26/2020. Conduct is always entered, the year's too."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from gradebook.assessment import tt58
from gradebook.assessment.promotion import PromotionStatus
from gradebook.assessment.scales import AcademicLevel, CommentResult, FormerConductLevel
from gradebook.results.record import YEAR, Moment, PupilResults, Record, Standing, on
from gradebook.results.standing import NO_RETEST, SUMMER, UNKNOWN_ABSENCES, standing_of


def results(record: Record) -> PupilResults:
    """Semesters and year with their titles, promotion; after the summer too, once something of it is recorded."""
    first, second, year = (_moment(record, number) for number in (0, 1, YEAR))
    found = PupilResults(record.subjects, (first, second, year), _standing(record, year))
    return _with_summer(record, found)


def _moment(record: Record, number: int) -> Moment:
    homeroom = record.homeroom
    moment = replace(
        _academic(record, record.scored(number), record.commented(number)),
        conduct=homeroom.conduct[number],
        absences=homeroom.year_absences if number == YEAR else homeroom.absences[number],
    )
    conduct, academic = on(FormerConductLevel, moment.conduct), on(AcademicLevel, moment.learning)
    if conduct is None or academic is None:
        return moment
    award = tt58.title(conduct, academic, record.scheme.options)
    return replace(moment, award=award.title.value if award.title else "", award_reasons=award.reasons)


def _academic(
    record: Record, scored: Mapping[str, Decimal | None], comment: Mapping[str, CommentResult | None]
) -> Moment:
    specialised = record.specialised if record.specialised in scored else None
    anchors = tt58.ANCHORS[record.scheme.circular]
    found = tt58.academic_level(scored, comment, anchors, specialised, record.scheme.options)
    return Moment(
        learning=found.level,
        base=found.base_level,
        adjusted_by=found.adjusted_by,
        overall=found.overall,
        reasons=found.reasons,
        missing=found.missing,
    )


def _standing(
    record: Record,
    year: Moment,
    *,
    conduct_after_summer: FormerConductLevel | None = None,
    academic_after_retest: AcademicLevel | None = None,
) -> Standing:
    if year.absences is None:
        return UNKNOWN_ABSENCES
    end = tt58.YearEnd(
        on(FormerConductLevel, year.conduct),
        on(AcademicLevel, year.learning),
        year.absences.total,
        conduct_after_summer,
        academic_after_retest,
    )
    found = tt58.promotion(end)
    again = NO_RETEST
    if found.status is PromotionStatus.SUMMER_RETEST:
        again = tt58.retest_list(*record.year_complete(), end)
    return standing_of(found, again, record.grade)


def _with_summer(record: Record, found: PupilResults) -> PupilResults:
    """What was recorded in the summer counts only for a pupil whom the year sent there."""
    retaken, trained = record.retaken(), on(FormerConductLevel, record.homeroom.summer_conduct)
    if found.standing.status not in SUMMER or not (retaken or trained):
        return found
    now = replace(found.year, conduct=trained or found.year.conduct, award="", award_reasons=())
    retested = None
    if retaken:
        again = _academic(record, *tt58.with_retests(*record.year_complete(), retaken))
        now = replace(again, conduct=now.conduct, absences=now.absences)
        retested = on(AcademicLevel, again.learning)
    standing = _standing(record, found.year, conduct_after_summer=trained, academic_after_retest=retested)
    return replace(found, summer=now, summer_standing=standing)
