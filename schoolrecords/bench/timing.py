"""Two things timed in turn, so that a drifting machine weighs on both alike."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from schoolrecords.bench.server import Server

ROUNDS = 40
WARM_UP = 5


@dataclass(frozen=True, slots=True)
class Pair:
    """Median milliseconds of the thing and of its floor, and the median of the ratios pair by pair."""

    thing: float
    floor: float
    ratio: float


def nothing() -> None:
    """What most measurements prepare."""


def in_turn(
    thing: Callable[[], object], floor: Callable[[], object], prepare: Callable[[], None] = nothing
) -> Pair:
    """Both, one after the other, ROUNDS times; what `prepare` does before each is not counted."""
    pairs: list[tuple[float, float]] = []
    gc.collect()
    for _ in range(WARM_UP + ROUNDS):
        prepare()
        pairs.append((_milliseconds(thing), _milliseconds(floor)))
    counted = pairs[WARM_UP:]
    return Pair(
        median(t for t, _ in counted), median(f for _, f in counted), median(t / f for t, f in counted)
    )


def queries_of(thing: Callable[[], object], prepare: Callable[[], None] = nothing) -> int:
    prepare()
    with CaptureQueriesContext(connection) as captured:
        thing()
    return len(captured)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def computing(server: Server, thing: Callable[[], object], floor: Callable[[], object]) -> dict[str, float]:
    """The same ratio by time on a processor: on a busy machine waiting stretches the longer of two more."""
    own, least = server.cpu_of(thing), server.cpu_of(floor)
    ratio = own / least if least else 0
    return {"cpu_ms": round(own, 2), "cpu_floor_ms": round(least, 2), "cpu_ratio": round(ratio, 2)}


def line(name: str, pair: Pair, target: float, **detail: Any) -> dict[str, Any]:
    """One line of the report: the ratio, whether it meets the target, and what it was made of."""
    return {
        "name": name,
        "value": round(pair.ratio, 2),
        "unit": "times the floor",
        "target": target,
        "met": pair.ratio <= target,
        "detail": {
            "database": connection.vendor,
            "ms": round(pair.thing, 2),
            "floor_ms": round(pair.floor, 2),
            "rounds": ROUNDS,
            **detail,
        },
    }


def _milliseconds(thing: Callable[[], object]) -> float:
    start = perf_counter()
    thing()
    return (perf_counter() - start) * 1000
