"""Chance that can be repeated."""

import random
from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")
Dice = random.Random


def dice(seed: int, *about: str) -> Dice:
    """A source of chance for one matter, so that a change in one class leaves all the others as they were."""
    return Dice(":".join([str(seed), *about]))


def pick(weights: Mapping[T, float], chance: Dice) -> T:
    return chance.choices(list(weights), list(weights.values()))[0]
