"""TT 58/2011/TT-BGDĐT and its amendment TT 26/2020: secondary records up to school year 2023-2024.

Conduct (hạnh kiểm) has no formula, neither for a semester nor for the year: it is always entered.
Since TT 26/2020 the semester average is that of TT 22/2021.
"""

from gradebook.assessment.averages import subject_year, year_average
from gradebook.assessment.retest import with_retests
from gradebook.assessment.tt22_subjects import semester_average
from gradebook.assessment.tt58_academic import AcademicResult, academic_level
from gradebook.assessment.tt58_levels import ANCHORS
from gradebook.assessment.tt58_promotion import YearEnd, promotion
from gradebook.assessment.tt58_retest import retest_list
from gradebook.assessment.tt58_subjects import (
    comment_subject_semester,
    comment_subject_year,
    overall_average,
    semester_average_before_2020,
)
from gradebook.assessment.tt58_titles import title

__all__ = [
    "ANCHORS",
    "AcademicResult",
    "YearEnd",
    "academic_level",
    "comment_subject_semester",
    "comment_subject_year",
    "overall_average",
    "promotion",
    "retest_list",
    "semester_average",
    "semester_average_before_2020",
    "subject_year",
    "title",
    "with_retests",
    "year_average",
]
