"""The reasons of a result in one short call, for the tests that read them."""

from gradebook.assessment import tt22, tt27, tt58
from gradebook.assessment.scales import (
    ConductLevel,
    LearningLevel,
    PrimaryResult,
    SubjectLevel,
    TraitLevel,
)
from gradebook.assessment.schemes import Circular
from tests.gradebook.assessment.builders import averages, comments

ANCHORS = tt58.ANCHORS[Circular.TT58_2020]
DONE, NOT_DONE = PrimaryResult.COMPLETED, PrimaryResult.NOT_COMPLETED


def learning(*texts, failed=0):
    return tt22.learning_level(averages(*texts), comments(failed)).reasons


def academic(*texts, failed=0, specialised=None):
    return tt58.academic_level(averages(*texts), comments(failed), ANCHORS, specialised).reasons


def conduct(first, second):
    return tt22.conduct_year(ConductLevel.parse(first), ConductLevel.parse(second)).reasons


def moving_up(conduct, learning, absences=0):
    return tt22.promotion(
        tt22.YearEnd(ConductLevel.parse(conduct), LearningLevel(learning), absences)
    ).reasons


def primary(subject="T", trait="T", score=10):
    levels = {"toan": SubjectLevel(subject)}
    return tt27.year_result(
        tt27.YearEndValues(levels, {"nhan-ai": TraitLevel(trait)}, {"toan": score})
    ).reasons
