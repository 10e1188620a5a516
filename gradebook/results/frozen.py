"""Results as plain data: what a proposal keeps of them, and what is compared to see whether they changed."""

import json
from dataclasses import replace
from hashlib import sha256
from typing import Any

from gradebook.assessment.reasons import Reason
from gradebook.assessment.scales import Scale
from gradebook.models import Stage
from gradebook.results.record import YEAR, Moment, PupilResults, Standing
from gradebook.results.subjects import shown_result

Frozen = dict[str, Any]


def frozen(results: PupilResults, stage: str) -> Frozen:
    """One pupil at the end of the year or after the summer; texts, numbers and the reasons, ready for JSON."""
    moment, standing = at(results, stage)
    after = stage == Stage.SUMMER
    return {
        "subjects": {
            code: shown_result(found.after_summer if after else found.values[YEAR])
            for code, found in results.subjects.items()
        },
        "learning": _word(moment.learning),
        "base": _word(moment.base),
        "adjusted_by": moment.adjusted_by or "",
        "overall": "" if moment.overall is None else str(moment.overall),
        "conduct": _word(moment.conduct),
        "absences": None if moment.absences is None else moment.absences.total,
        "award": moment.award,
        "outcome": standing.status or "",
        "completion": standing.completion,
        "retests": list(standing.retests),
        "missing": [*moment.missing, *standing.missing],
        "reasons": [reason.as_data() for reason in reasons(moment, standing)],
    }


def at(results: PupilResults, stage: str) -> tuple[Moment, Standing]:
    """The moment and where it leads; after the summer nothing is said before something of it is recorded."""
    if stage == Stage.YEAR:
        return results.year, results.standing
    if results.summer is None or results.summer_standing is None:
        return replace(results.year, award=""), Standing(missing=("summer",))
    return results.summer, results.summer_standing


def reasons(moment: Moment, standing: Standing) -> list[Reason]:
    """Every reason once, in reading order: learning, conduct, promotion, retests, title."""
    parts = (
        moment.reasons,
        moment.conduct_reasons,
        standing.reasons,
        standing.retest_reasons,
        moment.award_reasons,
    )
    return list(dict.fromkeys(reason for part in parts for reason in part))


def _word(level: Scale | None) -> str:
    return level.word if level else ""


def same_facts(one: Frozen, other: Frozen) -> bool:
    """Whether the results are the same, however their reasons are told."""
    return _facts(one) == _facts(other)


def digest(found: Frozen) -> str:
    """Tells whether a page showed these results."""
    return sha256(json.dumps(_facts(found), sort_keys=True).encode()).hexdigest()


def _facts(found: Frozen) -> Frozen:
    return {name: value for name, value in found.items() if name != "reasons"}
