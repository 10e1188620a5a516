"""Results that change after they were proposed or decided on are flagged, so that nobody overlooks it."""

from collections.abc import Collection

from accounts.models import User
from accounts.prepared import Given, Prepared
from accounts.recorded import update_many
from gradebook.models import Proposal, SchoolClass
from gradebook.results.classes import class_results, read_sheets
from gradebook.results.frozen import frozen, same_facts


def flag_changed(school_class: SchoolClass, enrolments: Collection[int], *, by: User, origin: str) -> None:
    """Flag these pupils' proposals that rest on other results now, and no longer those whose results came back.

    `enrolments` are of this class. One query where there are none.
    """
    touched = set(enrolments).intersection(_PROPOSED.ask(school_class=school_class.pk))
    if not touched:
        return
    rows = list(Proposal.objects.filter(enrolment__in=touched).select_related("enrolment__student"))
    results = class_results(read_sheets(school_class))
    turned = []
    for row in rows:
        differs = not same_facts(frozen(results[row.enrolment_id], row.stage), row.computed)
        if differs != row.results_changed:
            row.results_changed = differs
            turned.append(row)
    update_many(Proposal, turned, fields=["results_changed"], by=by, origin=origin)


_PROPOSED = Prepared[int](
    lambda: Proposal.objects.filter(enrolment__school_class=Given("school_class")).values_list(
        "enrolment_id", flat=True
    )
)
