"""The mark grid: opening it, and saving all of it."""

from collections.abc import Callable
from functools import partial
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from gradebook.grid import field_name
from gradebook.models import Column, Mark
from schoolrecords.bench.school import BenchSchool
from schoolrecords.bench.server import FORM, cookie_of, running
from schoolrecords.bench.timing import computing, in_turn, line, queries_of, signed_in
from schoolrecords.bench.urls import bare


def grid_open(school: BenchSchool) -> dict[str, Any]:
    """The whole page, signed in, over a bare view that joins the same table from memory with f-strings.

    Both over the server, as in the table of floors that the target comes from; `in_process` leaves the server out.
    """
    client, url = signed_in(school.teacher), reverse("gradebook:marks", args=[school.course.pk, 1])
    cookie = cookie_of(school.teacher)
    inside = in_turn(lambda: _ok(client.get(url)), lambda: bare(HttpRequest()))
    with running() as server:
        page, floor = partial(server.get, url, cookie), partial(server.get, "/bench/bare/")
        pair, cpu = in_turn(page, floor), computing(server, page, floor)
        transferred = len(server.get(url, cookie))
    return line(
        "grid_open",
        pair,
        4,
        queries=queries_of(lambda: client.get(url)),
        bytes=len(client.get(url).content),
        gzip_bytes=transferred,
        **cpu,
        in_process_ms=round(inside.thing, 2),
        in_process_floor_ms=round(inside.floor, 2),
    )


def grid_save(school: BenchSchool) -> dict[str, Any]:
    """Posting 540 changed cells, over executemany of the same rows and history in one transaction."""
    client = signed_in(school.teacher)
    url = reverse("gradebook:marks_save", args=[school.course.pk, 1])
    bodies = _Bodies(school)

    def thing() -> HttpResponseBase:
        return _ok(client.post(url, bodies.body, FORM, headers={"accept": "text/html"}))

    pair = in_turn(thing, _executemany(school), prepare=bodies.prepare)
    cells = len(school.enrolments) * len(school.columns)
    return line("grid_save", pair, 3, queries=queries_of(thing, bodies.prepare), cells=cells)


class _Bodies:
    """The form as a browser posts it, every cell changed, each time from the version of the last save."""

    def __init__(self, school: BenchSchool) -> None:
        self.school = school
        self.values = cycle([("7", "Khá"), ("9", "Tốt")])
        self.body = ""

    def prepare(self) -> None:
        score, comment = next(self.values)
        comments = {column.pk for column in self.school.columns if column.kind == Column.Kind.COMMENT}
        marks = Mark.objects.filter(column__in=self.school.columns).values_list(
            "enrolment", "column", "version"
        )
        self.body = urlencode({field_name(e, c, v): comment if c in comments else score for e, c, v in marks})


def _ok(response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code not in {200, 303}:
        raise AssertionError(f"The measured page answered {response.status_code}.")
    return response


def _executemany(school: BenchSchool) -> Callable[[], object]:
    history = Mark.history.model._meta
    columns = ", ".join(connection.ops.quote_name(f.column) for f in history.fields if not f.primary_key)
    marks = Mark._meta.db_table
    own = {"column__in": school.columns, "enrolment__in": school.enrolments}
    first = Mark.history.filter(version=1, **own)
    inserts = list(first.values_list(*[f.attname for f in history.fields if not f.primary_key]))
    places = ", ".join(["%s"] * len(inserts[0]))
    keys = list(Mark.objects.filter(**own).values_list("pk", flat=True))

    def floor() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {marks} SET state = state, score = score WHERE id = %s", [(pk,) for pk in keys]
            )
            cursor.executemany(f"INSERT INTO {history.db_table} ({columns}) VALUES ({places})", inserts)

    return floor
