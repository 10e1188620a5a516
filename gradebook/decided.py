"""What was decided of pupils at the end of their year, and after the summer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gradebook.models import Enrolment, Proposal, Stage
from gradebook.outcomes import CALLED_BACK


@dataclass(frozen=True, slots=True)
class Decided:
    """Where the pupil goes (a code of `Outcome`), the title, the number of the last decision; empty: not yet."""

    outcome: str = ""
    award: str = ""
    number: str = ""
    dated: date | None = None


def decided(pupils: Iterable[Enrolment]) -> dict[int, Decided]:
    """By enrolment; what was decided after the summer stands in place of the year's, the title stays. One query."""
    rows = Proposal.objects.filter(enrolment__in=pupils, decision__isnull=False).select_related("decision")
    rows = rows.defer("computed")  # large, and nothing of it is needed
    found: dict[int, Decided] = {}
    for row in sorted(rows, key=lambda row: row.stage == Stage.SUMMER):
        year = found.get(row.enrolment_id, Decided())
        if row.stage == Stage.SUMMER and year.outcome not in CALLED_BACK:
            continue  # the year was decided anew since
        award = row.decided_award if row.stage == Stage.YEAR else year.award
        found[row.enrolment_id] = Decided(row.decided_outcome, award, row.decision.number, row.decision.dated)
    return found
