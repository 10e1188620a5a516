"""Behind the portal's back with SQL: whatever is changed, removed or invented is found and named (S0-21, S3-37)."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.files import path_of
from accounts.models import AuditEvent, Seal
from accounts.recorded import update_many
from accounts.seals import checking, words
from accounts.seals.canonical import canonical, digest
from accounts.seals.making import seal_now
from gradebook.models import Mark, Subject
from tests.corrections.scene import Scene

pytestmark = pytest.mark.django_db
MARKS = "gradebook_historicalmark"


@pytest.fixture
def scene(cast) -> Scene:
    """A mark of 8 behind a lock, sealed."""
    scene = Scene.locked(cast)
    seal()
    return scene


def seal() -> Seal:
    return seal_now(reason=Seal.Reason.DAILY)


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def found(since: int = 1) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.seal) for finding in checking.check_history(since=since).findings]


def sentences() -> list[str]:
    return [words.sentence(finding.as_json()) for finding in checking.check_history().findings]


def test_nothing_is_found_in_a_history_that_only_the_portal_wrote(scene):
    report = checking.check_history()

    assert (report.findings, report.seals, report.fresh) == ([], 1, 0)
    assert report.rows == Seal.objects.get().rows


@pytest.mark.duty("S3-37")
def test_a_changed_history_row_is_named_with_pupil_subject_and_both_values(scene):
    sql(f"UPDATE {MARKS} SET score = 9 WHERE enrolment_id = %s", scene.enrolment.pk)
    sql("UPDATE gradebook_mark SET score = 9 WHERE enrolment_id = %s", scene.enrolment.pk)

    assert found() == [("row-changed", 1)]
    [sentence] = sentences()
    for word in (scene.enrolment.student.full_name, "6A", "Toán", "8 → 9"):
        assert word in sentence


def test_a_deleted_history_row_is_named(scene):
    sql(f"DELETE FROM {MARKS} WHERE enrolment_id = %s", scene.enrolment.pk)

    assert found() == [("row-missing", 1), ("live-unrecorded", None)]
    assert scene.enrolment.student.full_name in sentences()[0]


def test_a_row_put_in_between_sealed_ones_is_found(scene):
    """The number of a deleted row is taken by an invented one: it is not the row that was sealed."""
    row = Mark.history.latest("history_id")
    sql(f"UPDATE {MARKS} SET history_user_id = %s WHERE history_id = %s", scene.cast.khoa.pk, row.pk)

    assert found() == [("row-changed", 1)]
    assert f"{scene.cast.toan} → {scene.cast.khoa}" in sentences()[0]


def test_a_row_that_no_seal_covers_is_found_below_the_sealed_ones(scene):
    row = Mark.history.latest("history_id")
    sql(f"UPDATE {MARKS} SET history_id = -5 WHERE history_id = %s", row.pk)

    assert sorted(found(), key=str) == [("row-added", None), ("row-missing", 1)]


@pytest.mark.parametrize("sealed_after", [False, True])
def test_a_row_inserted_with_an_old_date_is_found_before_and_after_the_next_seal(scene, sealed_after):
    last_month = timezone.now() - timedelta(days=30)
    _insert_mark_row(scene, last_month)
    if sealed_after:
        seal()

    assert found() == [("row-backdated", 1)]


def test_a_row_dated_in_the_future_is_found(scene):
    """The clock was set forward when the mark was written, or back when the seal was made."""
    _insert_mark_row(scene, timezone.now() + timedelta(days=2))
    seal()

    assert found() == [("row-future", 2)]


def _insert_mark_row(scene: Scene, dated: object) -> None:
    row = Mark.history.latest("history_id")
    columns = ", ".join(
        f'"{field.column}"'
        for field in row._meta.concrete_fields
        if field.column not in {"history_id", "history_date"}
    )
    sql(
        f"INSERT INTO {MARKS} (history_date, {columns}) SELECT %s, {columns} FROM {MARKS} WHERE history_id = %s",
        dated,
        row.pk,
    )


@pytest.mark.duty("S0-21")
def test_a_live_mark_changed_with_sql_is_named_with_both_values(scene):
    sql("UPDATE gradebook_mark SET score = 10 WHERE enrolment_id = %s", scene.enrolment.pk)

    assert found() == [("live-differs", None)]
    [sentence] = sentences()
    for word in (scene.enrolment.student.full_name, "Toán", "8 → 10"):
        assert word in sentence


def test_a_live_mark_inserted_or_deleted_with_sql_is_named(scene):
    other = scene.cast.pupils["6A"][1]
    sql(
        "INSERT INTO gradebook_mark (enrolment_id, column_id, state, score, level, comment, version) "
        "VALUES (%s, %s, 'given', 10, '', '', 1)",
        other.pk,
        scene.column.pk,
    )
    sql("DELETE FROM gradebook_mark WHERE enrolment_id = %s", scene.enrolment.pk)

    assert found() == [("live-unrecorded", None), ("live-missing", None)]
    assert [
        name in text
        for name, text in zip(
            [other.student.full_name, scene.enrolment.student.full_name], sentences(), strict=True
        )
    ] == [True, True]


def test_an_event_of_the_journal_changed_with_sql_is_found(scene):
    event = AuditEvent.objects.latest("pk")
    sql("UPDATE accounts_auditevent SET actor_name = 'Người khác' WHERE id = %s", event.pk)

    assert found() == [("row-changed", 1)]
    assert "Người khác" in sentences()[0]


def test_a_seal_changed_with_sql_is_found(scene):
    sql("UPDATE accounts_seal SET made_at = %s", timezone.now() - timedelta(days=1))
    assert ("seal-changed", 1) in found()


def test_a_seal_whose_text_is_no_longer_readable_is_found(scene):
    sql("UPDATE accounts_seal SET facts = 'x'")
    assert ("seal-changed", 1) in found()


def test_a_removed_seal_is_found_in_the_middle_and_at_the_end(scene):
    seal(), seal()
    sql("DELETE FROM accounts_seal WHERE number = 2")
    assert [code for code, _ in found()] == ["seal-missing", "seal-broken", "seal-stray"]

    sql("DELETE FROM accounts_seal WHERE number = 3")
    assert [code for code, _ in found()] == ["seal-stray", "seal-stray"]


def test_a_seal_made_anew_over_changed_rows_disagrees_with_the_next_seal_and_with_its_file(scene):
    seal()
    _make_anew(Seal.objects.get(number=1))

    assert ("seal-broken", 2) in found()
    assert ("seal-file-missing", 1) in found()


@pytest.mark.duty("S3-37")
def test_a_whole_chain_made_anew_disagrees_with_the_files_and_with_the_hash_on_paper(scene):
    """The database agrees with itself; what was printed and what lies in the store do not agree with it."""
    on_paper = seal().sha256
    first = _make_anew(Seal.objects.get(number=1))
    _make_anew(Seal.objects.get(number=2), previous=first)

    assert {code for code, _ in found()} == {"seal-file-missing", "seal-stray"}
    with pytest.raises(CommandError, match="No seal has this hash"):
        call_command("verify_history", anchor=on_paper, stdout=StringIO())


def _make_anew(made: Seal, previous: str | None = None) -> str:
    said = made.said | {"reference": "khác"} | ({"previous": previous} if previous else {})
    text = canonical(said)
    sql(
        "UPDATE accounts_seal SET facts = %s, sha256 = %s, reference = 'khác' WHERE number = %s",
        text,
        digest(text),
        made.number,
    )
    return digest(text)


def test_a_file_of_a_seal_or_of_its_rows_that_is_gone_is_found_and_rows_can_still_be_told_apart_from_sealed_ones(
    scene, file_store
):
    made = Seal.objects.get()
    (file_store / path_of("sealed-rows", made.said["rows_file"], "jsonl.gz")).unlink()
    assert found() == [("rows-file-missing", 1)]

    sql(f"UPDATE {MARKS} SET score = 9 WHERE enrolment_id = %s", scene.enrolment.pk)
    assert found() == [("rows-file-missing", 1), ("rows-differ", 1), ("live-differs", None)]

    (file_store / path_of("seals", made.sha256, "json")).unlink()
    assert ("seal-file-missing", 1) in found()


def test_a_clock_set_back_is_found_in_the_seals(scene, monkeypatch):
    yesterday = timezone.now() - timedelta(days=1)
    monkeypatch.setattr("accounts.seals.making.timezone.now", lambda: yesterday)
    seal()

    assert found() == [("clock-behind", 2)]


def test_older_seals_can_be_left_out(scene):
    sql(f"UPDATE {MARKS} SET score = 9 WHERE enrolment_id = %s", scene.enrolment.pk)
    sql("UPDATE gradebook_mark SET score = 9 WHERE enrolment_id = %s", scene.enrolment.pk)
    subject = Subject.objects.get(code="toan")
    subject.name = "Toán học"
    update_many(Subject, [subject], fields=["name"], by=scene.cast.hanh)
    seal()

    assert found(since=2) == []
    sql("UPDATE gradebook_historicalsubject SET name = 'x' WHERE name = 'Toán học'")
    assert [code for code, _ in found(since=2)] == ["row-changed", "live-differs"]
    assert checking.first_seal_since(timezone.localdate()) == 1
    assert checking.first_seal_since(timezone.localdate() + timedelta(days=1)) == 3


def test_the_command_says_it_in_words_and_fails(scene):
    out, errors = StringIO(), StringIO()
    call_command("verify_history", stdout=out, stderr=errors, anchor=Seal.objects.get().sha256.upper())
    assert "Seal 1 of" in out.getvalue() and "0 faults" in out.getvalue()
    assert errors.getvalue() == ""

    sql("UPDATE gradebook_mark SET score = 10 WHERE enrolment_id = %s", scene.enrolment.pk)
    with pytest.raises(CommandError, match="1 faults") as failed:
        call_command("verify_history", stdout=out, stderr=errors)
    assert failed.value.returncode == 1
    assert scene.enrolment.student.full_name in errors.getvalue()

    with pytest.raises(CommandError, match="--since takes"):
        call_command("verify_history", since="hôm qua", stdout=out, stderr=errors)


def test_what_was_written_since_the_last_seal_is_counted_and_is_no_fault(scene):
    subject = Subject.objects.get(code="toan")
    update_many(Subject, [subject], fields=["name"], by=scene.cast.hanh)

    report = checking.check_history()
    assert (report.faults, report.fresh) == (0, 1)
