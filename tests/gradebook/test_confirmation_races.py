"""Confirming while somebody saves, on real connections: what stands was compared, or nothing stands."""

import pytest

from gradebook.actions.confirmations import confirm_columns
from gradebook.actions.teaching import assign_teacher
from gradebook.models import Confirmation, Mark
from tests.cast import build
from tests.gradebook.test_save_marks import column, edit, save
from tests.races import at_once, errors

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("attempt", range(5))
def test_a_change_at_the_same_moment_is_never_confirmed_unseen(attempt):
    cast = build()
    assign_teacher(course=cast.maths["6A"], teacher=cast.dung, since=cast.year.starts_on, by=cast.hanh)
    save(cast, edit(cast, "8"))
    asked = column(cast)
    seen = Mark.history.latest().history_id
    changed = edit(cast, "3", version=1)

    results = at_once(
        lambda: confirm_columns(course=cast.maths["6A"], columns=[asked.pk], seen=seen, by=cast.toan),
        lambda: save(cast, changed, by=cast.dung),
    )

    assert errors(results) in ([], ["NotConfirmed('stale')"])
    assert Mark.objects.get().score == 3
    assert not Confirmation.objects.standing().exists()


def test_two_confirmations_at_once_are_one():
    cast = build()
    save(cast, edit(cast, "8"))
    asked = column(cast).pk
    seen = Mark.history.latest().history_id

    def confirm():
        return confirm_columns(course=cast.maths["6A"], columns=[asked], seen=seen, by=cast.toan)

    assert sorted(map(len, at_once(confirm, confirm))) == [0, 1]
    assert Confirmation.objects.count() == 1
