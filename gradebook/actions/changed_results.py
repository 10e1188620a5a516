"""Results that change after they were proposed or decided on are flagged, so that nobody overlooks it."""

from collections.abc import Collection

from accounts.models import User
from accounts.recorded import update_many
from gradebook.models import Proposal, SchoolClass
from gradebook.results.classes import class_results, read_sheets
from gradebook.results.frozen import frozen, same_facts


def flag_changed(school_class: SchoolClass, enrolments: Collection[int], *, by: User, origin: str) -> None:
    """Flag these pupils' proposals, decided or not, that rest on other results. One query where there are none."""
    rows = list(
        Proposal.objects.filter(enrolment__in=enrolments, results_changed=False).select_related(
            "enrolment__student"
        )
    )
    if not rows:
        return
    results = class_results(read_sheets(school_class))
    changed = [
        row for row in rows if not same_facts(frozen(results[row.enrolment_id], row.stage), row.computed)
    ]
    for row in changed:
        row.results_changed = True
    update_many(Proposal, changed, fields=["results_changed"], by=by, origin=origin)
