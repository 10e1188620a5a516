"""The year of 6A until its end, for books that are no longer interim."""

from gradebook.actions.marks import Edit, save_marks
from gradebook.models import Column
from tests.cast import Cast

PERIODS = ["GK1", "CK1", "GK2", "CN"]


def fill(cast: Cast, *, besides: int = 0) -> None:
    """Every mark of the year in 6A but those of the first `besides` pupils; then all is locked."""
    for period in PERIODS[1:]:
        cast.execute("open", period)
    columns = Column.objects.filter(course=cast.maths["6A"]).exclude(kind="comment")
    edits = [Edit(p.pk, c.pk, "8", 0) for p in cast.pupils["6A"][besides:] for c in columns]
    assert save_marks(course=cast.maths["6A"], edits=edits, by=cast.toan, origin="page").saved


def lock(cast: Cast) -> None:
    for period in PERIODS:
        cast.execute("lock", period)
