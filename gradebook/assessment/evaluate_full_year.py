"""A pupil's whole year under TT 22/2021, from marks to award."""

from collections.abc import Mapping
from decimal import Decimal

from gradebook.assessment import tt22
from gradebook.assessment.averages import Average
from gradebook.assessment.comments import CommentOutcome
from gradebook.assessment.evaluate_input import Input
from gradebook.assessment.evaluate_output import Output, explained, shown, word
from gradebook.assessment.evaluate_secondary import marks_average
from gradebook.assessment.scales import CommentResult, ConductLevel
from gradebook.assessment.schemes import Scheme

Averages = Mapping[str, Average]


def full_year(given: Input, scheme: Scheme) -> Output:
    """Averages, levels, conduct, promotion, retest list and award of one pupil.

    A subject left out of a semester was not taught in it.
    """
    semesters = [
        {subject: marks_average(marks) for subject, marks in given.part(name).parts().items()}
        for name in ("semester1", "semester2")
    ]
    comments = [given.levels(CommentResult, name) for name in ("comment1", "comment2")]
    year = _year_averages(*semesters)
    year_comments = _year_comments(*comments)
    levels = [
        tt22.learning_level(_values(averages), results, scheme.options)
        for averages, results in zip((*semesters, year), (*comments, year_comments), strict=True)
    ]
    results = {
        "semester1": _shown(semesters[0]),
        "semester2": _shown(semesters[1]),
        "year": _shown(year),
        "learning1": word(levels[0].level),
        "learning2": word(levels[1].level),
        "learning_year": word(levels[2].level),
    }
    return results | _year_end(given, scheme, levels[2], _values(year), year_comments)


def _year_end(
    given: Input,
    scheme: Scheme,
    learning: tt22.LearningResult,
    averages: Mapping[str, Decimal | None],
    comments: Mapping[str, CommentResult | None],
) -> Output:
    conduct = tt22.conduct_year(
        given.required_level(ConductLevel, "conduct1"), given.required_level(ConductLevel, "conduct2")
    )
    year = tt22.YearEnd(conduct.level, learning.level, given.integer("absences", 0))
    standing = tt22.promotion(year, scheme.options)
    scored = {subject: average for subject, average in averages.items() if average is not None}
    commented = {subject: result for subject, result in comments.items() if result is not None}
    reasons = [*learning.reasons, *conduct.reasons, *standing.reasons]
    title = None
    if learning.level is not None:
        award = tt22.award(conduct.level, learning.level, scored, scheme.options)
        title = award.title
        reasons += award.reasons
    retests = tt22.retest_list(scored, commented, year, scheme.options)
    results = {
        "conduct_year": word(conduct.level),
        "status": standing.status.value if standing.status else None,
        "retest_subjects": list(retests.subjects),
        "award": title.value if title else None,
        "missing": [*learning.missing, *standing.missing],
    }
    return explained(results, reasons)


def _year_averages(first: Averages, second: Averages) -> dict[str, Average]:
    subjects = [*first, *(subject for subject in second if subject not in first)]
    return {subject: tt22.subject_year(first.get(subject), second.get(subject)) for subject in subjects}


def _year_comments(
    first: Mapping[str, CommentResult | None], second: Mapping[str, CommentResult | None]
) -> dict[str, CommentResult | None]:
    outcomes = [
        {subject: CommentOutcome(result) for subject, result in semester.items()}
        for semester in (first, second)
    ]
    return {
        subject: tt22.comment_subject_year(outcomes[0].get(subject), outcomes[1].get(subject)).result
        for subject in {**first, **second}
    }


def _values(averages: Averages) -> dict[str, Decimal | None]:
    return {subject: average.value for subject, average in averages.items()}


def _shown(averages: Averages) -> dict[str, str | None]:
    return {subject: shown(average.value) for subject, average in averages.items()}
