"""Saving marks: what is saved, what is refused and why, and what the history then says."""

from decimal import Decimal

import pytest

from accounts.recorded import UnattributedWrite
from gradebook.actions.marks import Edit, save_marks
from gradebook.models import Column, Mark
from tests.cast import Cast


def column(cast: Cast, kind: str = "regular", ordinal: int = 1, period: str = "GK1") -> Column:
    return Column.objects.get(
        course=cast.maths["6A"], kind=kind, ordinal=ordinal, period=cast.periods[period]
    )


def edit(cast: Cast, typed: str, *, version: int = 0, pupil: int = 0, **where) -> Edit:
    return Edit(cast.pupils["6A"][pupil].pk, column(cast, **where).pk, typed, version)


def save(cast: Cast, *edits: Edit, by=None):
    return save_marks(course=cast.maths["6A"], edits=edits, by=by or cast.toan, origin="page")


@pytest.mark.parametrize(
    ("typed", "score"), [("8,5", "8.5"), ("8.5", "8.5"), (" 10 ", "10"), ("0", "0"), ("7,0", "7")]
)
def test_a_score_is_kept_as_typed(cast, typed, score):
    outcome = save(cast, edit(cast, typed))

    assert [mark.score for mark in outcome.saved] == [Decimal(score)]
    assert Mark.objects.get().version == 1


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("85", "out-of-range"),
        ("11", "out-of-range"),
        ("-1", "out-of-range"),
        ("tám", "not-a-number"),
        ("8,25", "too-many-decimals"),
        ("8,,5", "not-a-number"),
    ],
)
def test_a_bad_score_is_refused_with_its_reason(cast, typed, code):
    outcome = save(cast, edit(cast, typed))

    assert [refusal.code for refusal in outcome.refused] == [code]
    assert not Mark.objects.exists()


def test_good_cells_are_saved_beside_refused_ones(cast):
    outcome = save(cast, edit(cast, "8"), edit(cast, "88", pupil=1))

    assert (len(outcome.saved), len(outcome.refused)) == (1, 1)


def test_empty_awaiting_and_zero_for_absence_are_three_states(cast):
    outcome = save(cast, edit(cast, "v"), edit(cast, "0v", pupil=1), edit(cast, "", pupil=2))

    assert [mark.state for mark in outcome.saved] == ["awaiting", "absent"]
    assert len(outcome.unchanged) == 1


def test_a_stale_page_does_not_overwrite(cast):
    save(cast, edit(cast, "8"))
    save(cast, edit(cast, "9", version=1))

    outcome = save(cast, edit(cast, "7", version=1))

    assert [(r.code, r.current.score) for r in outcome.refused] == [("conflict", Decimal(9))]


def test_an_untouched_cell_of_a_stale_page_is_left_alone(cast):
    save(cast, edit(cast, "8"))
    save(cast, edit(cast, "9", version=1))

    outcome = save(cast, edit(cast, "8", version=1))

    assert len(outcome.unchanged) == 1
    assert Mark.objects.get().score == 9


def test_a_locked_period_is_refused_by_the_save(cast):
    cast.execute("lock")

    outcome = save(cast, edit(cast, "8"))

    assert [refusal.code for refusal in outcome.refused] == ["locked"]


def test_locking_one_period_leaves_the_others(cast):
    cast.execute("open", "CK1")
    cast.execute("lock", "GK1")

    outcome = save(cast, edit(cast, "8"), edit(cast, "9", kind="final", period="CK1"))

    assert [refusal.code for refusal in outcome.refused] == ["locked"]
    assert [mark.score for mark in outcome.saved] == [9]


@pytest.mark.parametrize("person", ["lan", "mai", "hanh", "khoa", "cuc"])
def test_only_the_teacher_of_the_course_enters(cast, person):
    outcome = save(cast, edit(cast, "8"), by=cast.people[person])

    assert [refusal.code for refusal in outcome.refused] == ["not-yours"]


def test_a_pupil_of_another_class_is_refused(cast):
    stranger = cast.pupils["6B"][0]

    outcome = save(cast, Edit(stranger.pk, column(cast).pk, "8", 0))

    assert [refusal.code for refusal in outcome.refused] == ["not-on-this-sheet"]


@pytest.mark.duty("S3-37")
def test_every_change_leaves_who_from_where_and_the_old_value(cast):
    save(cast, edit(cast, "8"))
    save(cast, edit(cast, "9", version=1))

    rows = Mark.history.order_by("version")
    assert [(row.score, row.history_user, row.history_origin) for row in rows] == [
        (8, cast.toan, "page"),
        (9, cast.toan, "page"),
    ]


def test_emptying_a_cell_keeps_the_row_and_its_history(cast):
    save(cast, edit(cast, "8"))
    save(cast, edit(cast, "", version=1))

    assert Mark.objects.get().state == "empty"
    assert Mark.history.count() == 2


def test_no_write_goes_around_the_doors(cast):
    save(cast, edit(cast, "8"))
    mark = Mark.objects.get()

    for write in (mark.save, mark.delete, Mark.objects.all().delete, lambda: Mark.objects.update(score=10)):
        with pytest.raises(UnattributedWrite):
            write()


def test_statements_do_not_grow_with_cells(cast, django_assert_num_queries):
    edits = [edit(cast, "8", pupil=pupil) for pupil in range(5)]
    few, many = edits[:1], edits[1:]
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as one:
        save(cast, *few)
    with django_assert_num_queries(len(one)):
        save(cast, *many)
