"""Long lists: written by the worker in parts, resumed where it was killed, and usable when every row is wrong."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from gradebook.importing import runs
from gradebook.importing.kinds import plan_of
from gradebook.models import Enrolment, ImportRun, Student
from tests.cast import in_english
from tests.gradebook.workbooks import handed_in, page_of, pupil, pupil_list, table

pytestmark = pytest.mark.django_db
HEADINGS = ["Họ tên", "Ngày sinh", "Giới tính", "Lớp"]


@pytest.fixture
def clerk(cast):
    return in_english(cast.cuc)


@pytest.fixture
def small_parts(settings, monkeypatch):
    """The worker's ways with lists that a test can afford: parts of 10 rows, from 15 rows on."""
    settings.IMPORT_WORKER_ROWS = 15
    monkeypatch.setattr(runs, "AT_A_TIME", 10)


def queued(clerk, *rows):
    given = handed_in(clerk, "pupils", pupil_list(*rows))
    clerk.post(f"/imports/{given.pk}/confirm/")
    return given


def rows(number: int):
    return [pupil(each, class_name="6A" if each % 2 else "6B") for each in range(number)]


def test_a_long_list_is_queued_and_written_by_the_worker(cast, clerk, small_parts):
    given = queued(clerk, *rows(20), pupil(30, class_name="9Z"))
    assert "waiting to be written" in page_of(clerk, f"/imports/{given.pk}/")

    runs.write(given.pk)

    given.refresh_from_db()
    assert given.counts == {"rows": 21, "added": 20, "filled": 0, "present": 0, "refused": 1, "blank": 0}
    assert (given.state, given.confirmed_by, given.run.done) == ("confirmed", cast.cuc, 21)
    assert Enrolment.objects.filter(school_class=cast.classes["6A"]).count() == 15


def test_a_class_is_numbered_by_name_though_the_list_is_written_in_parts(cast, clerk, small_parts):
    runs.write(queued(clerk, *rows(20)).pk)

    added = cast.classes["6A"].enrolments.filter(number__gt=5).in_list_order()
    keys = [each.student.sort_key for each in added]
    assert keys == sorted(keys)
    assert [each.number for each in added] == list(range(6, 16))


def test_a_worker_killed_between_parts_leaves_whole_parts_and_doubles_nothing(
    cast, clerk, small_parts, monkeypatch
):
    given, before, write = queued(clerk, *rows(20)), Student.objects.count(), runs._write_part

    def killed(claimed, upload, part, end):
        if end > 10:
            raise SystemExit
        write(claimed, upload, part, end)

    monkeypatch.setattr(runs, "_write_part", killed)
    with pytest.raises(SystemExit):
        runs.write(given.pk)
    assert (given.run.state, Student.objects.count()) == ("running", before + 10)

    monkeypatch.setattr(runs, "_write_part", write)
    assert runs.put_back_stale(timezone.now() + timedelta(hours=1)) == [given.pk]
    runs.write(given.pk)
    given.refresh_from_db()
    assert (given.counts["added"], Student.objects.count()) == (20, before + 20)


def test_two_messages_for_one_list_write_it_once(cast, clerk, small_parts):
    given, before = queued(clerk, *rows(20)), Student.objects.count()

    runs.write(given.pk)
    runs.write(given.pk)

    assert Student.objects.count() == before + 20


def test_a_worker_that_was_overtaken_writes_nothing_more(cast, clerk, small_parts):
    given, before = queued(clerk, *rows(20)), Student.objects.count()
    slow = runs.claim(given.pk)
    assert slow
    runs.put_back_stale(timezone.now() + timedelta(hours=1))
    runs.claim(given.pk)

    with pytest.raises(runs.Superseded):
        runs._write(slow)

    assert Student.objects.count() == before


def test_a_run_that_failed_is_tried_again_from_the_page(cast, clerk, small_parts, monkeypatch):
    given = queued(clerk, *rows(20))
    with monkeypatch.context() as broken:
        broken.setattr(runs, "write_pupils", lambda *args: 1 / 0)
        runs.write(given.pk)
    assert "Try again" in page_of(clerk, f"/imports/{given.pk}/")

    clerk.post(f"/imports/{given.pk}/retry/")
    runs.write(given.pk)

    given.refresh_from_db()
    assert given.counts["added"] == 20


@pytest.mark.parametrize("verb", ["confirm", "discard"])
def test_what_the_worker_has_is_no_longer_decided(cast, clerk, small_parts, verb):
    given = queued(clerk, *rows(20))

    answer = clerk.post(f"/imports/{given.pk}/{verb}/", follow=True).content.decode()

    assert "The worker is writing this list already" in answer
    assert ImportRun.objects.count() == 1


def wrong(number: int) -> bytes:
    return table(HEADINGS, *(["Tô Gia Hân", "31/02/2015", "Nữ", f"9{each % 3}"] for each in range(number)))


def test_a_list_with_every_row_wrong_says_why_in_few_words_and_a_hundred_rows_a_page(cast, clerk):
    given = handed_in(clerk, "pupils", wrong(250))
    page = page_of(clerk, f"/imports/{given.pk}/")

    assert "250 times" in page
    assert page.count("There is no day") == 101
    assert "Page 1 of 3" in page


def test_the_refused_rows_come_back_as_a_workbook_with_reasons(cast, clerk):
    given = handed_in(clerk, "pupils", wrong(3))

    data = clerk.get(f"/imports/{given.pk}/refused/").content

    lines = list(load_workbook(io.BytesIO(data)).active.values)
    assert lines[0] == (*HEADINGS, "Lí do từ chối")
    assert lines[1][:4] == ("Tô Gia Hân", "31/02/2015", "Nữ", "90")
    assert "There is no day “31/02/2015”" in lines[1][4]


def test_deciding_a_thousand_rows_asks_no_more_than_deciding_ten(cast, clerk):
    asked = []
    for number in (10, 1000):
        given = handed_in(clerk, "pupils", table([*HEADINGS, "Mã định danh"], *_people(number)))
        with CaptureQueriesContext(connection) as captured:
            plan = plan_of(given, cast.cuc)
        asked.append(len(captured))
        assert plan.counts["added"] == number

    assert asked[0] == asked[1]


def _people(number: int):
    return (
        [f"Tô Gia {'An' * (1 + each % 9)}", f"{1 + each % 28:02}/09/2015", "Nữ", "6A", f"{7 * 10**9 + each}"]
        for each in range(number)
    )
