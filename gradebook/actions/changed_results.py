"""Results that change after they were decided on are flagged, so that nobody overlooks it."""

from collections.abc import Collection

from accounts.models import User
from accounts.recorded import update_many
from gradebook.models import Proposal, SchoolClass
from gradebook.results.classes import class_results, read_sheets
from gradebook.results.frozen import frozen


def flag_changed(school_class: SchoolClass, enrolments: Collection[int], *, by: User, origin: str) -> None:
    """Flag the decisions on these pupils whose results are no longer those decided on. One query for none."""
    decided = list(
        Proposal.objects.filter(
            enrolment__in=enrolments, decision__isnull=False, results_changed=False
        ).select_related("enrolment__student")
    )
    if not decided:
        return
    results = class_results(read_sheets(school_class))
    changed = [row for row in decided if frozen(results[row.enrolment_id], row.stage) != row.computed]
    for row in changed:
        row.results_changed = True
    update_many(Proposal, changed, fields=["results_changed"], by=by, origin=origin)
