"""Saving one cell, alone and while twenty teachers save, over a real server of two processes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import count
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

from gradebook.actions.teaching import assign_teacher, open_class
from gradebook.actions.windows import execute_lock_order, order_lock
from gradebook.grid import field_name
from gradebook.models import Column, Course, Enrolment, LockOrder, Mark, Period
from schoolrecords.bench.school import (
    FIRST_DAY,
    BenchSchool,
    administrator,
    course_of,
    pupils_of,
    teacher_named,
)
from schoolrecords.bench.server import FORM, Server, cookie_of, running
from schoolrecords.bench.timing import computing, in_turn, line, queries_of, signed_in

TEACHERS, SAVES, PACE = 20, 15, 1.0
"""A cell a second each: faster than anybody types marks for long."""
TARGET = 4


@dataclass
class Typist:
    """One teacher before one column of a sheet, who knows the version of each cell."""

    path: str
    cookie: str
    column: int
    pupils: list[int]
    versions: dict[int, int]

    @classmethod
    def of(cls, course: Course, user: Any, pupils: list[Enrolment]) -> "Typist":
        column: Column = course.columns.get(kind=Column.Kind.REGULAR, ordinal=1, period__code="GK1")
        keys = [pupil.pk for pupil in pupils]
        known = dict(Mark.objects.filter(column=column).values_list("enrolment_id", "version"))
        path = reverse("gradebook:marks_save", args=[course.pk, 1])
        return cls(path, cookie_of(user), column.pk, keys, {key: known.get(key, 0) for key in keys})

    def body(self, turn: int) -> str:
        pupil = self.pupils[turn % len(self.pupils)]
        version = self.versions[pupil]
        self.versions[pupil] += 1
        return urlencode({field_name(pupil, self.column, version): f"{version % 10}"})

    def lost(self) -> int:
        """How many of the saves do not stand in the book and in the history."""
        made = Mark.history.filter(column=self.column).values_list("enrolment_id", "version")
        expected = {(pupil, v) for pupil, last in self.versions.items() for v in range(1, last + 1)}
        return len(expected - set(made))


def cell_save(school: BenchSchool) -> dict[str, Any]:
    """Posting one changed cell, over an empty view for the same person through the same middleware."""
    typist, turns = Typist.of(school.course, school.teacher, school.enrolments), count()
    client = signed_in(school.teacher)
    with running() as server:

        def save() -> bytes:
            return server.post(typist.path, typist.body(next(turns)), typist.cookie)

        floor = partial(server.get, "/bench/empty/", typist.cookie)
        pair, cpu = in_turn(save, floor), computing(server, save, floor)
    accepts = {"accept": "application/json"}
    queries = queries_of(lambda: client.post(typist.path, typist.body(next(turns)), FORM, headers=accepts))
    return line("cell_save", pair, TARGET, queries=queries, lost=typist.lost(), **cpu)


def cell_save_rush(school: BenchSchool) -> dict[str, Any]:
    """The 95th percentile while twenty teachers save a cell a second, over that of one who does so alone."""
    typists = _typists(school)
    with running() as server:
        for typist in typists:
            server.post(typist.path, typist.body(0), typist.cookie)
        alone = _typed(server, typists[0], 2 * SAVES, PACE / 10)
        with ThreadPoolExecutor(TEACHERS) as room:
            rush = _all(
                room,
                lambda place, typist: _typed(server, typist, SAVES, PACE, place),
                typists,
            )
            storm = _all(room, lambda place, typist: _typed(server, typist, 5, 0), typists)
    ratio = _p95(rush) / _p95(alone)
    lost = sum(typist.lost() for typist in typists)
    return {
        "name": "cell_save_rush",
        "value": round(ratio, 2),
        "unit": "times the 95th percentile alone",
        "target": TARGET,
        "met": ratio <= TARGET and not lost,
        "detail": {
            "database": connection.vendor,
            "teachers": TEACHERS,
            "seconds_between_saves": PACE,
            "saves": len(rush),
            "lost": lost,
            "errors": 0,  # an error ends the measurement
            **_milliseconds("alone", alone),
            **_milliseconds("rush", rush),
            **_milliseconds("without_pause", storm),
        },
    }


def _typed(server: Server, typist: Typist, saves: int, pace: float, place: int = 0) -> list[float]:
    sleep(place * pace / TEACHERS)
    taken = []
    for turn in range(saves):
        start = perf_counter()
        server.post(typist.path, typist.body(turn), typist.cookie)
        taken.append(perf_counter() - start)
        sleep(max(0, pace - taken[-1]))
    return taken


def _all(
    room: ThreadPoolExecutor, act: Callable[[int, Typist], list[float]], typists: list[Typist]
) -> list[float]:
    return [each for taken in room.map(act, range(len(typists)), typists) for each in taken]


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1]


def _milliseconds(name: str, seconds: list[float]) -> dict[str, float]:
    return {f"{name}_ms": round(median(seconds) * 1000, 1), f"{name}_p95_ms": round(_p95(seconds) * 1000, 1)}


def _typists(school: BenchSchool) -> list[Typist]:
    """Each with a class, its pupils and a course of their own."""
    by, year = school.principal, school.course.school_class.year
    made = []
    for number in range(TEACHERS):
        school_class = open_class(year=year, name=f"6.{number + 100}", grade=6, by=by)
        course, teacher = course_of(school_class, by), teacher_named(f"teacher-{number}", by)
        assign_teacher(course=course, teacher=teacher, since=FIRST_DAY, by=by)
        made.append((course, teacher, pupils_of(school_class, by, first=1000 * (number + 1))))
    for period in Period.objects.filter(semester__number=1):
        order = order_lock(period=period, act=LockOrder.Act.OPEN, reason="bench", by=by)
        execute_lock_order(order=order, by=administrator())
    return [Typist.of(*each) for each in made]
