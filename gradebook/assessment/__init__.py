"""The assessment rules of the ministry's circulars: pure functions, ``Decimal``, results with their reasons.

``tt27`` (primary), ``tt22`` (secondary) and ``tt58`` (secondary, records up to 2023-2024) hold what the
rest of the portal calls. ``cells`` and ``scales`` are the values they take, ``reasons`` why a result
is what it is, ``schemes`` the versioned rule sets with a school's choices, ``catalogue`` the subjects of each
grade. README.md explains the algorithms with worked examples.

tt22: ``semester_average``, ``year_average``, ``subject_year``, ``comment_subject_semester``,
``comment_subject_year``, ``learning_level``, ``conduct_year``, ``promotion``, ``retest_list``,
``after_retest``, ``award``.

tt27: ``tests_required``, ``parse_score``, ``year_result``, ``promotion``, ``award``, ``traits``.

tt58: ``semester_average``, ``semester_average_before_2020``, ``year_average``, ``subject_year``,
``overall_average``, ``comment_subject_semester``, ``comment_subject_year``, ``academic_level``,
``promotion``, ``retest_list``, ``with_retests``, ``title``.

catalogue: ``subjects``, ``regular_marks``, ``required_regular_marks``.
"""
