"""The subjects of each grade, the regular marks they need, the tests and the traits of primary school."""

import pytest

from gradebook.assessment import catalogue, tt27
from gradebook.assessment.catalogue import Period, SubjectKind
from gradebook.assessment.schemes import Options

GRADES = range(1, 13)


def codes(grade, kind=None, chosen=False):
    return [
        subject.code
        for subject in catalogue.subjects(grade)
        if subject.chosen is chosen and kind in (None, subject.kind)
    ]


@pytest.mark.parametrize(("lessons", "marks"), [(1, 2), (35, 2), (36, 3), (70, 3), (71, 4), (140, 4)])
def test_regular_marks_by_lessons(lessons, marks):
    assert catalogue.regular_marks(lessons) == marks


def test_a_subject_without_lessons_is_refused():
    with pytest.raises(ValueError, match="0 lessons"):
        catalogue.regular_marks(0)


@pytest.mark.parametrize(
    ("grade", "code", "marks"),
    [
        (7, "cong-nghe", 2),
        (8, "cong-nghe", 3),
        (10, "lich-su", 3),
        (10, "toan", 4),
        (9, "giao-duc-the-chat", 2),
        (5, "toan", 0),
    ],
)
def test_required_regular_marks(grade, code, marks):
    (subject,) = [subject for subject in catalogue.subjects(grade) if subject.code == code]
    assert catalogue.required_regular_marks(subject) == marks


def test_a_thematic_study_adds_a_mark_unless_the_school_counts_it_among_the_others():
    (physics,) = [subject for subject in catalogue.subjects(10) if subject.code == "vat-li"]
    included = Options(thematic_mark_is_additional=False)
    assert catalogue.required_regular_marks(physics, thematic=True) == 4
    assert catalogue.required_regular_marks(physics, thematic=True, options=included) == 3


@pytest.mark.parametrize("grade", GRADES)
def test_codes_are_ascii_and_unique(grade):
    listed = [subject.code for subject in catalogue.subjects(grade)]
    assert len(listed) == len(set(listed))
    assert all(code.isascii() and code == code.lower() for code in listed)


@pytest.mark.parametrize(("grade", "scored", "comment"), [(6, 8, 4), (9, 8, 4), (10, 5, 3)])
def test_compulsory_secondary_subjects(grade, scored, comment):
    assert len(codes(grade, SubjectKind.SCORED)) == scored
    assert len(codes(grade, SubjectKind.COMMENT)) == comment


def test_nine_subjects_are_chosen_from_in_upper_secondary():
    assert len(codes(11, SubjectKind.SCORED, chosen=True)) == 7
    assert codes(11, SubjectKind.COMMENT, chosen=True) == ["am-nhac", "mi-thuat"]


CORE = ("tieng-viet", "toan")
GRADE_3 = (*CORE, "ngoai-ngu-1", "tin-hoc-cong-nghe")
GRADE_4 = (*CORE, "ngoai-ngu-1", "lich-su-dia-li", "khoa-hoc", "tin-hoc-cong-nghe")


@pytest.mark.parametrize(
    ("grade", "midterm", "term_end"),
    [(1, (), CORE), (2, (), CORE), (3, (), GRADE_3), (4, CORE, GRADE_4), (5, CORE, GRADE_4)],
)
def test_tests_by_grade_and_period(grade, midterm, term_end):
    assert [tt27.tests_required(grade, period) for period in Period] == [midterm, term_end, midterm, term_end]


@pytest.mark.parametrize("grade", [0, 6])
def test_primary_rules_end_with_grade_5(grade):
    with pytest.raises(ValueError, match="grades 1 to 5"):
        tt27.tests_required(grade, Period.CN)
    with pytest.raises(ValueError, match="grades 1 to 5"):
        tt27.traits(grade)


@pytest.mark.parametrize("grade", [0, 13])
def test_there_is_no_other_grade(grade):
    with pytest.raises(ValueError, match="no grade"):
        catalogue.subjects(grade)


@pytest.mark.parametrize(("grade", "count"), [(1, 13), (2, 13), (3, 15), (5, 15)])
def test_technology_and_informatics_are_competences_from_grade_3(grade, count):
    assert len(tt27.traits(grade)) == count
