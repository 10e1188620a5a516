"""Small worlds: every pupil that can be made of the marks on both sides of each threshold.

By default a sample with a fixed seed is looked at. ``ASSESSMENT_WORLDS=all`` looks at every pupil, and gives
each property more than a hundred times as many examples.
"""

import os
import random
from itertools import combinations_with_replacement, islice

ALL = os.environ.get("ASSESSMENT_WORLDS") == "all"
SEED = 2021

TT22_MARKS = (34, 35, 49, 50, 64, 65, 79, 80)
TT58_MARKS = (19, 20, 34, 35, 49, 50, 64, 65, 79, 80, 100)


def looked_at(world, sample):
    """All of a world, or so many pupils of it. A world is a function of how marks are chosen."""
    return world(every) if ALL else drawn(world, sample)


def every(values, size):
    """Every multiset of so many values: the order of subjects never matters."""
    return combinations_with_replacement(values, size)


def drawn(world, sample):
    """So many pupils of a world, drawn with the fixed seed: most of a pupil's marks equal and fair, a few astray."""
    draw = random.Random(SEED)

    def one(values, size):
        usual = draw.choice(values[len(values) // 2 :])
        yield tuple(sorted(draw.choice(values) if draw.random() < 0.15 else usual for _ in range(size)))

    return islice(iter(lambda: draw.choice([*world(one)]), None), sample)
