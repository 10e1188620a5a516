"""TT 22/2021/TT-BGDĐT, lower and upper secondary: everything the rest of the portal calls."""

from gradebook.assessment.averages import Average, subject_year, year_average
from gradebook.assessment.comments import CommentOutcome
from gradebook.assessment.promotion import Promotion, PromotionStatus
from gradebook.assessment.retest import NotOnRetestList, Retest
from gradebook.assessment.tt22_awards import award
from gradebook.assessment.tt22_conduct import ConductResult, conduct_year
from gradebook.assessment.tt22_learning import LearningResult, learning_level
from gradebook.assessment.tt22_promotion import YearEnd, promotion
from gradebook.assessment.tt22_retest import after_retest, retest_list
from gradebook.assessment.tt22_subjects import (
    comment_subject_semester,
    comment_subject_year,
    semester_average,
)

__all__ = [
    "Average",
    "CommentOutcome",
    "ConductResult",
    "LearningResult",
    "NotOnRetestList",
    "Promotion",
    "PromotionStatus",
    "Retest",
    "YearEnd",
    "after_retest",
    "award",
    "comment_subject_semester",
    "comment_subject_year",
    "conduct_year",
    "learning_level",
    "promotion",
    "retest_list",
    "semester_average",
    "subject_year",
    "year_average",
]
