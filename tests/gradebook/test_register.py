"""The register: numbers without gaps and for good, its lines, its print."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent
from gradebook import printing, register
from gradebook.actions.register import RegisterChanged, number_pupils
from gradebook.models import Enrolment, Movement, Student
from tests.cast import enrol, signed_in


def number(cast, first=1):
    seen = register.fingerprint(register.unnumbered(first))
    return number_pupils(first=first, seen=seen, by=cast.cuc)


def numbers():
    return list(
        Student.objects.exclude(register_number=None)
        .order_by("register_number")
        .values_list("register_number", flat=True)
    )


@pytest.mark.duty("S0-09")
def test_numbers_follow_admission_then_the_name_and_have_no_gaps(cast):
    late = Student.objects.get(pk=cast.pupils["6A"][0].student_id)
    late.admitted_on = date(2026, 10, 1)
    late.save_by(cast.cuc)

    assert number(cast, first=501) == 10
    assert numbers() == list(range(501, 511))
    lines = register.read_lines(register.registered())
    assert [line.name for line in lines[:3]] == ["Trần Bảo An", "Lê Thị Ánh", "Lê Thị Ánh"]
    assert lines[-1].admitted_on == date(2026, 10, 1)


def test_later_pupils_get_the_next_numbers_and_nobody_gets_another(cast):
    number(cast)
    before = dict(Student.objects.values_list("pk", "register_number"))
    enrol(cast, "6A", 3)

    assert number(cast, first=900) == 3
    assert numbers() == list(range(1, 14))
    assert before.items() <= dict(Student.objects.values_list("pk", "register_number")).items()


def test_only_what_the_preview_showed_is_written(cast):
    seen = register.fingerprint(register.unnumbered(1))
    enrol(cast, "6A", 1)
    with pytest.raises(RegisterChanged):
        number_pupils(first=1, seen=seen, by=cast.cuc)
    assert numbers() == []


def test_who_does_not_keep_pupils_numbers_nobody(cast):
    with pytest.raises(PermissionDenied):
        number_pupils(first=1, seen=register.fingerprint(register.unnumbered(1)), by=cast.hanh)


def test_preview_and_numbering_in_the_browser(cast):
    clerk = signed_in(Client(), cast.cuc)
    preview = clerk.get("/register/numbering/?first=77")
    seen = preview.context["seen"]
    assert clerk.post("/register/numbering/number/", {"first": "77", "seen": seen}).status_code == 303
    assert numbers()[0] == 77
    page = clerk.get("/register/?first=78&last=79")
    assert [line.number for line in page.context["lines"]] == [78, 79]


def leave(cast, enrolment, on):
    movement = Movement(
        student=enrolment.student,
        kind="transferred",
        on=on,
        origin=enrolment,
        other_school="THCS Bến Đá",
        recorded_by=cast.cuc,
        recorded_at=timezone.now(),
    )
    movement.save_by(cast.cuc)
    return movement


def test_a_line_says_when_and_why_a_pupil_left_until_the_pupil_is_back(cast):
    number(cast)
    pupil = cast.pupils["6A"][0]
    leave(cast, pupil, date(2026, 11, 2))

    def line():
        return next(each for each in register.read_lines(register.registered()) if each.enrolment == pupil.pk)

    assert (line().left_on, line().leaving) == (date(2026, 11, 2), "Chuyển trường: THCS Bến Đá")
    back = Enrolment.objects.get(pk=pupil.pk)
    back.since = date(2026, 11, 2) + timedelta(days=30)
    back.save_by(cast.cuc)
    assert line().left_on is None


@pytest.mark.duty("S2-04")
def test_a_volume_is_printed_to_be_signed(cast):
    number(cast)
    clerk = signed_in(Client(), cast.cuc)
    response = clerk.post("/register/print/", {"paper": "A4", "first": "2", "last": "4"})

    assert response["Content-Type"] == "application/pdf"
    assert "so-dang-bo-2-4.pdf" in response["Content-Disposition"]
    assert printing.page_count(response.content) == 2
    event = AuditEvent.objects.get(verb="gradebook.register.printed")
    assert event.particulars == {"first": 2, "last": 4, "lines": 3, "paper": "A4"}


def test_nothing_and_too_much_are_not_printed_and_say_so(cast, monkeypatch):
    clerk = signed_in(Client(), cast.cuc)
    assert clerk.post("/register/print/", {"paper": "A4"}).status_code == 422
    number(cast)
    monkeypatch.setattr("gradebook.actions.register.LARGEST_VOLUME", 3)
    assert clerk.post("/register/print/", {"paper": "A4"}).status_code == 422
    assert not AuditEvent.objects.filter(verb="gradebook.register.printed").exists()
