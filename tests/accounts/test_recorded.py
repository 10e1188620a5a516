"""The doors: a row and its history together, by somebody, or not at all."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, AuditIsAppendOnly, HeldRole
from accounts.recorded import UnattributedWrite, create_many, update_many
from accounts.roles import Role
from gradebook.models import Student, Subject
from tests.cast import FIRST_DAY


def subjects(count: int) -> list[Subject]:
    return [Subject(code=f"mon-{i}", name=f"Môn {i}", order=i) for i in range(count)]


def test_a_saved_row_says_who_when_why_and_from_where(cast):
    subject = Subject(code="am-nhac", name="Âm nhạc")
    subject.save_by(cast.hanh, reason="mở môn", origin="page")

    row = subject.history.get()
    assert (row.history_user, row.history_change_reason, row.history_origin) == (cast.hanh, "mở môn", "page")
    assert (row.history_type, row.name) == ("+", "Âm nhạc")


def test_many_rows_are_written_with_a_history_row_each(cast):
    created = create_many(Subject, subjects(3), by=cast.hanh, origin="import 1")
    for subject in created:
        subject.name += " mới"
    update_many(Subject, created, fields=["name"], by=cast.khoa, reason="đổi tên")

    for subject in created:
        old, new = subject.history.order_by("history_id")
        assert (old.history_user, new.history_user) == (cast.hanh, cast.khoa)
        assert (old.name + " mới", new.history_change_reason) == (new.name, "đổi tên")
        assert Subject.objects.get(pk=subject.pk).name == new.name


def test_values_survive_the_doors_exactly(cast):
    """Dates, numbers, empty and Vietnamese texts: the row read back equals the row written, on both databases."""
    student = cast.pupils["6A"][0].student
    student.birth_date, student.address, student.phone = date(2014, 2, 28), "Số 1, ngõ Ấu Triệu; 100%s", ""
    update_many(Student, [student], fields=["birth_date", "address", "phone"], by=cast.cuc)

    stored = Student.objects.get(pk=student.pk)
    newest = student.history.order_by("-history_id").first()
    for row in (stored, newest):
        assert (row.birth_date, row.address, row.phone) == (
            date(2014, 2, 28),
            "Số 1, ngõ Ấu Triệu; 100%s",
            "",
        )


def test_statements_do_not_grow_with_the_rows(cast):
    def statements(count: int, start: int) -> int:
        rows = [Subject(code=f"m-{start + i}", name="x") for i in range(count)]
        with CaptureQueriesContext(connection) as captured:
            created = create_many(Subject, rows, by=cast.hanh)
            update_many(Subject, created, fields=["name"], by=cast.hanh)
        return len(captured)

    assert statements(2, 0) == statements(45, 100)


def test_row_and_history_stand_or_fall_together(cast, monkeypatch):
    monkeypatch.setattr("accounts.recorded._write_history", lambda *args: 1 / 0)

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        create_many(Subject, subjects(1), by=cast.hanh)

    assert not Subject.objects.filter(code="mon-0").exists()


@pytest.mark.parametrize(
    "write",
    [
        lambda: Subject(code="x", name="x").save(),
        lambda: Subject.objects.create(code="x", name="x"),
        lambda: Subject.objects.get_or_create(code="x"),
        lambda: Subject.objects.bulk_create([Subject(code="x", name="x")]),
        lambda: Subject.objects.update(name="x"),
        lambda: Subject.objects.all().delete(),
        lambda: Subject.objects.get(code="toan").delete(),
    ],
)
def test_every_other_way_in_is_refused(cast, write):
    with pytest.raises(UnattributedWrite):
        write()


def test_related_managers_are_guarded_too(cast):
    with pytest.raises(UnattributedWrite):
        cast.classes["6A"].enrolments.update(number=1)


def test_an_audit_event_is_never_changed_or_deleted(cast):
    event = AuditEvent.objects.latest("pk")

    for write in (event.save, event.delete):
        with pytest.raises(AuditIsAppendOnly):
            write()


def test_a_role_is_held_once_at_a_time(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        HeldRole(user=cast.toan, role=Role.SUBJECT_TEACHER, since=FIRST_DAY).save_by(cast.hanh)
