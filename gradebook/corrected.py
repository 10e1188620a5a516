"""How many cells of a pupil's book were corrected after they were locked, from the recorded history of the marks.

The transcript says so in its form; why, on whose request and before whom stands in the register of corrections.
"""

from collections import defaultdict
from collections.abc import Iterable

from gradebook.models import Course, Enrolment, Mark

CORRECTION = "correction "
"""How the origin of a corrected mark begins, see `gradebook.origins`."""


def corrected_places(pupils: Iterable[Enrolment]) -> dict[int, list[tuple[str, int]]]:
    """By enrolment, in the order of the book: a subject ("": the homeroom sheet), how many cells. One query."""
    rows = (
        Mark.history.filter(enrolment__in=[pupil.pk for pupil in pupils])
        .filter(history_origin__startswith=CORRECTION)
        .values_list("enrolment_id", "column__course__kind", "column__course__subject__name", "column_id")
        .order_by("column__course__subject__order", "column__course__subject__name")
        .distinct()
    )
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for enrolment, kind, subject, _column in rows:
        found[enrolment]["" if kind == Course.Kind.HOMEROOM else subject] += 1
    return {enrolment: list(places.items()) for enrolment, places in found.items()}
