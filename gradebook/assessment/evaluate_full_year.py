"""A pupil's whole year under TT 22/2021, from marks to award."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from gradebook.assessment import tt22
from gradebook.assessment.averages import Average
from gradebook.assessment.comments import CommentOutcome
from gradebook.assessment.evaluate_input import Input
from gradebook.assessment.evaluate_output import (
    Evaluation,
    columns,
    evaluated,
    open_names,
    plain,
    shown,
    word,
)
from gradebook.assessment.evaluate_secondary import marks_average
from gradebook.assessment.evaluate_subjects import required_marks
from gradebook.assessment.evaluate_values import known
from gradebook.assessment.evaluate_words import level
from gradebook.assessment.reasons import Reason
from gradebook.assessment.scales import CommentResult, ConductLevel
from gradebook.assessment.schemes import Options, Scheme


@dataclass(frozen=True, slots=True)
class _Results:
    """A semester's or the year's results by subject; no averages or no comments: nothing is known yet."""

    averages: Mapping[str, Average]
    comments: Mapping[str, CommentResult | None] | None
    missing: tuple[str, ...] = ()

    @property
    def scored(self) -> dict[str, Decimal | None]:
        return {subject: average.value for subject, average in self.averages.items()}

    @property
    def shown(self) -> dict[str, str | None]:
        return {subject: shown(average) for subject, average in self.scored.items()}

    def learning(self, options: Options) -> tt22.LearningResult:
        if not self.averages or self.comments is None:
            return tt22.LearningResult(None, None, None, ())
        return tt22.learning_level(self.scored, self.comments, options)

    def average(self, subject: str) -> Average | None:
        """None for a subject that is not taught, an open average while the whole semester is open."""
        return self.averages.get(subject) if self.averages else Average(None)

    def comment(self, subject: str) -> CommentOutcome | None:
        """None for a subject that is not taught, an open result while all are open."""
        if self.comments is None:
            return CommentOutcome(None)
        return CommentOutcome(self.comments[subject]) if subject in self.comments else None


def full_year(given: Input, scheme: Scheme) -> Evaluation:
    """Averages, levels, conduct, promotion and award of one pupil.

    A subject left out of a semester was not taught in it; a semester left out has no results yet.
    """
    first, second = _semester(given, 1, scheme), _semester(given, 2, scheme)
    year = _year(first, second)
    learning = year.learning(scheme.options)
    conducts = {name: given.level(ConductLevel, name) for name in ("conduct1", "conduct2")}
    conduct, reasons = _conduct(*conducts.values())
    standing = tt22.promotion(tt22.YearEnd(conduct, learning.level, given.absences()), scheme.options)
    results = {
        "semester1": first.shown,
        "semester2": second.shown,
        "year": year.shown,
        "learning1": word(first.learning(scheme.options).level),
        "learning2": word(second.learning(scheme.options).level),
        "learning_year": word(learning.level),
        "conduct_year": word(conduct),
        "status": plain(standing.status),
        "award": None,
    }
    reasons = (*learning.reasons, *reasons, *standing.reasons)
    missing = (*first.missing, *second.missing, *open_names(conducts))
    if conduct is None or learning.level is None:
        return evaluated(results, reasons, missing)
    award = tt22.award(conduct, learning.level, known(year.scored), scheme.options)
    return evaluated(results | {"award": plain(award.title)}, (*reasons, *award.reasons), missing)


def _conduct(
    first: ConductLevel | None, second: ConductLevel | None
) -> tuple[ConductLevel | None, tuple[Reason, ...]]:
    if first is None or second is None:
        return None, ()
    result = tt22.conduct_year(first, second)
    return result.level, result.reasons


def _semester(given: Input, number: int, scheme: Scheme) -> _Results:
    scored, commented = f"semester{number}", f"comment{number}"
    grade = given.integer("grade") if "grade" in given else None
    averages = given.read(scored, partial(_averages, grade=grade, scheme=scheme))
    comments = given.read(commented, _comments)
    missing = [] if averages else [scored]
    for subject, average in averages.items():
        missing += [f"{scored}:{subject}:{column}" for column in columns(average.missing)]
    missing += [f"{commented}:{subject}" for subject in open_names(comments or {})]
    missing += [commented] if comments is None else []
    return _Results(averages, comments, tuple(missing))


def _averages(subjects: object, *, grade: int | None, scheme: Scheme) -> dict[str, Average]:
    given = Input({} if subjects is None else subjects)
    return {
        subject: given.read(subject, partial(_average, subject=subject, grade=grade, scheme=scheme))
        for subject in given.names()
    }


def _average(marks: object, *, subject: str, grade: int | None, scheme: Scheme) -> Average:
    """``thematic``: the pupil takes thematic studies of the subject."""
    given = Input(marks)
    required = required_marks(subject, grade, thematic=given.flag("thematic"), options=scheme.options)
    return marks_average(given, required)


def _comments(levels: object) -> dict[str, CommentResult | None] | None:
    return None if levels is None else Input(levels).each(partial(level, CommentResult))


def _year(first: _Results, second: _Results) -> _Results:
    averages = {
        subject: tt22.subject_year(first.average(subject), second.average(subject))
        for subject in {**first.averages, **second.averages}
    }
    comments = {
        subject: tt22.comment_subject_year(first.comment(subject), second.comment(subject)).result
        for subject in {**(first.comments or {}), **(second.comments or {})}
    }
    known_comments = first.comments is not None and second.comments is not None
    return _Results(averages, comments if known_comments else None)
