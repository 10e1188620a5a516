"""Read and understood: everybody confirms, and the principal sees who has not."""

import pytest
from django.core.exceptions import PermissionDenied

from gradebook.actions.decision_register import ScanChanged, acknowledge
from gradebook.models import Acknowledgement
from tests.cast import in_english
from tests.gradebook.governance.desk import scan


def confirm(client, decision, **typed):
    return client.post(f"/decisions/{decision.pk}/confirm/", {"seen": decision.scan_sha256, **typed})


@pytest.mark.duty("S1-01", "S3-04")
def test_everybody_finds_the_regulation_at_home_until_having_confirmed_it(desk):
    decision = desk.regulation()
    teacher = in_english(desk.cast.lan)
    asked = [task["url"] for task in teacher.get("/").context["tasks"]]

    confirm(teacher, decision, understood="on")

    assert f"/decisions/{decision.pk}/" in asked
    assert f"/decisions/{decision.pk}/" not in [task["url"] for task in teacher.get("/").context["tasks"]]
    assert Acknowledgement.objects.get().user == desk.cast.lan


def test_confirming_needs_the_tick(desk):
    decision = desk.regulation()

    assert confirm(in_english(desk.cast.lan), decision).status_code == 422
    assert not Acknowledgement.objects.exists()


def test_confirming_twice_is_one_confirmation(desk):
    decision = desk.regulation()
    for _twice in range(2):
        confirm(in_english(desk.cast.lan), decision, understood="on")

    assert Acknowledgement.objects.count() == 1


def test_who_issues_decisions_sees_who_has_not_read_it_yet_first(desk):
    decision = desk.regulation()
    confirm(in_english(desk.cast.lan), decision, understood="on")
    path = f"/decisions/{decision.pk}/"

    readers = in_english(desk.cast.hanh).get(path).context["readers"]

    assert [str(reader) for reader, at in readers if at] == ["Bùi Ngọc Lan"]
    assert readers[-1][0] == desk.cast.lan
    assert len(readers) == len(desk.cast.people)
    assert in_english(desk.cast.lan).get(path).context["readers"] == []


def test_nobody_confirms_another_scan_than_the_one_that_was_shown(desk):
    decision = desk.regulation()

    with pytest.raises(ScanChanged):
        acknowledge(decision=decision, seen="0" * 64, by=desk.cast.lan)


def test_what_need_not_be_read_is_not_confirmed(desk):
    decision = desk.enter(upload=scan())

    with pytest.raises(PermissionDenied):
        acknowledge(decision=decision, seen=decision.scan_sha256, by=desk.cast.lan)
