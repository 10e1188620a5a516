"""The circulars evaluated once more, on purpose in another style, to be compared with the package.

Marks are whole tenths, levels are small integers from the lowest, thresholds cut the marks into bands, and
the single cause of an adjustment is found by trying every subject. Nothing here is imported from the package.
"""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace

# TT 22/2021: bands below 3.5, then from 3.5, 5.0, 6.5, 8.0. Levels: Chưa đạt, Đạt, Khá, Tốt.
TT22_BANDS = (35, 50, 65, 80)


def tt22_base(tenths, failed):
    """Level k: nobody below band k, six subjects above it; a failed comment subject only for k = 1."""
    bands = Counter(bisect_right(TT22_BANDS, mark) for mark in tenths)
    for k, allowed in ((3, 0), (2, 0), (1, 1)):
        below, above = (sum(bands[b] for b in chosen) for chosen in (range(k), range(k + 1, 5)))
        if below == 0 and above >= 6 and failed <= allowed:
            return k
    return 0


def tt22_causes(tenths, failed, *, removal, comments):
    """The places of the subjects each of which alone cost two levels; -1 for each failed comment subject."""
    base = tt22_base(tenths, failed)
    causes = []
    for place in range(len(tenths)):
        others = tenths[:place] + tenths[place + 1 :]
        if tt22_base(others if removal else (*others, 100), failed) >= base + 2:
            causes.append(place)
    if comments and failed and tt22_base(tenths, failed - 1) >= base + 2:
        causes += [-1] * failed
    return causes


def tt22_level(tenths, failed, removal, comments):
    base = tt22_base(tenths, failed)
    return base + (len(tt22_causes(tenths, failed, removal=removal, comments=comments)) == 1)


# Rows: semester I from Chưa đạt to Tốt; columns: semester II likewise.
TT22_CONDUCT = ("0112", "0122", "0123", "0223")


def tt22_conduct(first, second):
    return int(TT22_CONDUCT[first][second])


def tt22_promotion(levels, absences, *, both_go_on=False):
    """Levels 0 to 3 or None of conduct, learning, and both after summer; the first that is too low decides."""
    conduct, learning, trained, retested = levels
    if absences >= 46:
        return "retained"
    if None in (conduct, learning):
        return None
    if conduct + learning == 0 and not both_go_on:
        return "retained"
    steps = [(conduct, trained, "summer_training"), (learning, retested, "summer_retest")]
    for level, again, offer in steps:
        if level == 0 and again is None:
            return offer
        if level == 0 == again:
            return "retained"
    return "promoted"


# TT 58/2011: bands below 2.0, then from 2.0, 3.5, 5.0, 6.5, 8.0. Levels: Kém, Yếu, Trung bình, Khá, Giỏi.
TT58_BANDS = (20, 35, 50, 65, 80)
TT58_ADJUSTED = {("G", 2): 3, ("G", 1): 2, ("K", 1): 2, ("K", 0): 1}
BY_HAND = "by hand"


@dataclass(frozen=True)
class Pupil58:
    """Tenths of the anchors, of the others, of the specialised subject (one more), and failed comments."""

    anchors: tuple[int, ...]
    others: tuple[int, ...]
    special: int | None = None
    failed: int = 0

    @property
    def marks(self):
        return (*self.anchors, *self.others, *(() if self.special is None else (self.special,)))

    @property
    def mean(self):
        return (2 * sum(self.marks) + len(self.marks)) // (2 * len(self.marks))


def band58(tenths):
    return bisect_right(TT58_BANDS, tenths)


def tt58_base(pupil, mean):
    """The lowest of what the mean, the lowest mark, the best anchor and the specialised subject allow."""
    lowest = min(map(band58, pupil.marks))
    pillars = [max(map(band58, pupil.anchors), default=0) - 1]
    if pupil.special is not None:
        pillars.append(band58(pupil.special) - 1)
    upper = 1 if pupil.failed else max(1, min(pillars))  # below Trung bình none of this is asked
    return max(0, min(band58(mean) - 1, lowest, upper))


def tt58_at_best(pupil):
    """The pupil with each subject in turn at ten."""
    for name in ("anchors", "others"):
        marks = getattr(pupil, name)
        for place in range(len(marks)):
            yield replace(pupil, **{name: (*marks[:place], 100, *marks[place + 1 :])})
    if pupil.special is not None:
        yield replace(pupil, special=100)


def tt58_level(pupil, *, comments=True):
    """The level before and after khoản 6; BY_HAND where it has no answer."""
    mean = pupil.mean
    base = tt58_base(pupil, mean)
    deserved = [tt58_base(other, mean) for other in tt58_at_best(pupil)]
    if comments:
        deserved += [tt58_base(replace(pupil, failed=pupil.failed - 1), mean)] * pupil.failed
    if sum(level >= max(3, base + 2) for level in deserved) != 1:
        return base, base
    return base, TT58_ADJUSTED.get(("G" if mean >= 80 else "K", base), BY_HAND)


def tt58_promotion(levels, absences):
    """Conduct from 0, Yếu; academic from 0, Kém: 2 is Trung bình; both after summer. None while open."""
    conduct, academic, trained, retested = levels
    if absences >= 46:
        return "retained"
    if None in (conduct, academic):
        return None
    if academic == 0 or (conduct == 0 and academic == 1):
        return "retained"
    table = {
        (False, True): ("summer_training", trained is not None and trained >= 1, trained),
        (True, False): ("summer_retest", retested is not None and retested >= 2, retested),
    }
    if (conduct >= 1, academic >= 2) not in table:
        return "promoted"
    offer, passed, again = table[conduct >= 1, academic >= 2]
    return offer if again is None else ("promoted" if passed else "retained")


def tt27_year(subjects, traits, tests):
    """Subject and trait levels 0 to 2 from the lowest, scores 0 to 10; the worst value decides."""
    worth = [(0, 1, 3)[level] for level in (*subjects, *traits)]
    worth += [sum(score >= mark for mark in (5, 7, 9)) for score in tests]
    return min(worth)
