"""A seal covers what the history gained since the last one, every table of it, and never changes."""

import gzip
import json
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.files import path_of
from accounts.models import AuditEvent, Seal, SealIsForEver
from accounts.recorded import create_many
from accounts.seals import canonical, spans
from accounts.seals.making import LONGEST_TRANSACTION, seal_now
from accounts.seals.sources import sources
from gradebook.models import Subject
from tests.newcomers import newcomer

pytestmark = pytest.mark.django_db
HISTORY = "gradebook_historicalsubject"


def seal() -> Seal:
    return seal_now(reason=Seal.Reason.DAILY)


def subjects(cast, *codes: str) -> list[Subject]:
    return create_many(Subject, [Subject(code=code, name=code) for code in codes], by=cast.hanh)


def test_the_first_seal_covers_everything_and_the_next_only_what_is_new(cast):
    first = seal()
    subjects(cast, "am-nhac", "mi-thuat")
    second = seal()

    assert (first.number, second.number) == (1, 2)
    assert first.rows == sum(source.count(models.Q()) for source in sources()) - 2
    assert second.rows == 2
    entry = second.said["tables"][HISTORY]
    numbers = Subject.history.order_by("history_id").values_list("history_id", flat=True)
    assert entry["spans"] == [[numbers[len(numbers) - 2], numbers[len(numbers) - 1]]]
    assert second.said["previous"] == first.sha256


def test_a_seal_is_the_hash_of_what_it_says_and_lies_in_the_file_store_under_it(cast, file_store):
    made = seal_now(reason=Seal.Reason.LOCK_ORDER, reference="7", by=cast.khoa)

    assert sha256(made.facts.encode()).hexdigest() == made.sha256
    assert (file_store / path_of("seals", made.sha256, "json")).read_text() == made.facts
    assert (made.said["reason"], made.said["reference"], made.by_name) == ("lock_order", "7", str(cast.khoa))


def test_anybody_can_hash_the_rows_again_from_the_file_beside_the_seal(cast, file_store):
    subjects(cast, "am-nhac")
    made = seal()

    packed = (file_store / path_of("sealed-rows", made.said["rows_file"], "jsonl.gz")).read_bytes()
    lines = gzip.decompress(packed).decode().splitlines()
    for table, entry in made.said["tables"].items():
        mine = [line for line in lines if json.loads(line)["table"] == table]
        digests = "".join(sha256(line.encode()).hexdigest() + "\n" for line in mine)
        assert len(mine) == entry.get("count", 0)
        assert not mine or sha256(digests.encode()).hexdigest() == entry["sha256"]
    assert any('"code":"am-nhac"' in line for line in lines)


def test_a_new_recorded_model_is_sealed_without_being_listed(cast):
    with newcomer("accounts", "Newcomer", note=models.CharField(max_length=20)) as model:
        model(note="mới").save_by(cast.hanh)

        assert seal().said["tables"]["accounts_historicalnewcomer"]["count"] == 1


def test_what_was_done_is_sealed_too(cast):
    seal()
    AuditEvent(actor_name="ai đó", verb="x.y.z").save()

    assert seal().said["tables"]["accounts_auditevent"]["count"] == 1


def test_queries_do_not_grow_with_the_rows(cast):
    def queries(count: int, start: int) -> int:
        subjects(cast, *(f"m-{start + number}" for number in range(count)))
        with CaptureQueriesContext(connection) as captured:
            seal()
        return len(captured)

    seal()
    queries(
        1, 200
    )  # skips numbers of the sequence, after which one query more asks whether they are still open
    assert queries(2, 0) == queries(45, 100) <= len(sources()) + 5


def test_a_seal_is_never_changed_or_deleted(cast):
    made = seal()

    for write in (made.save, made.delete, Seal.objects.all().delete, lambda: Seal.objects.update(number=9)):
        with pytest.raises(SealIsForEver):
            write()


def test_the_same_row_has_the_same_bytes_on_both_databases():
    """Moments, days, decimals, truth and Vietnamese text: the form that version 1 promises."""
    row = {
        "moment": datetime(2026, 9, 1, 7, tzinfo=timezone.get_default_timezone()),
        "day": date(2026, 9, 1),
        "score": Decimal("8.50"),
        "whole": Decimal("10"),
        "yes": True,
        "nothing": None,
        "name": "Ngô Thị Ánh",
        "json": {"b": 1, "a": [2]},
    }

    assert canonical.row_line("t", row) == (
        '{"row":{"day":"2026-09-01","json":{"a":[2],"b":1},"moment":"2026-09-01T00:00:00.000000+00:00",'
        '"name":"Ngô Thị Ánh","nothing":null,"score":"8.5","whole":"10","yes":true},"table":"t"}'
    )


def test_numbers_that_were_skipped_stay_open_and_what_appears_there_is_counted_as_late(cast):
    subjects(cast, "a", "b", "c")
    late = _take_away("b")
    seal()
    _put_back(late)
    made = seal()

    entry = made.said["tables"][HISTORY]
    assert (entry["count"], entry["late"], entry["spans"]) == (1, 1, [[late["history_id"]] * 2])
    assert not any(first <= late["history_id"] <= last for first, last, _ in entry.get("open", []))


def test_skipped_numbers_are_closed_when_no_transaction_can_hold_them_any_more(cast, monkeypatch):
    subjects(cast, "a", "b", "c")
    late = _take_away("b")
    first = seal()
    assert [late["history_id"], late["history_id"], 1] in first.said["tables"][HISTORY]["open"]
    tomorrow = timezone.now() + 2 * LONGEST_TRANSACTION
    monkeypatch.setattr("accounts.seals.making.timezone.now", lambda: tomorrow)
    _put_back(late)

    assert seal().said["tables"][HISTORY] == {"through": first.said["tables"][HISTORY]["through"]}


def _take_away(code: str) -> dict[str, Any]:
    """As if the row's transaction were not committed yet."""
    rows = Subject.history.filter(code=code)
    [row] = rows.values()
    models.QuerySet(Subject.history.model).filter(code=code)._raw_delete(connection.alias)
    return row


def _put_back(row: dict[str, Any]) -> None:
    models.QuerySet(Subject.history.model).bulk_create([Subject.history.model(**row)])


def test_spans_keep_what_is_in_one_and_not_in_the_other():
    assert spans.without([[1, 10]], [[1, 2], [5, 5], [9, 12]]) == [[3, 4], [6, 8]]
    assert spans.without([[1, 3], [7, 9]], [[2, 8]]) == [[1, 1], [9, 9]]
    assert spans.without([[1, 3]], []) == [[1, 3]]
    numbers: list[list[int]] = []
    for number in (1, 2, 3, 7, 9, 10):
        spans.add(numbers, number)
    assert numbers == [[1, 3], [7, 7], [9, 10]]
    assert spans.size(numbers) == 6
