"""The year of 6A until its end, for books that are no longer interim."""

from gradebook.actions.marks import Edit, save_marks
from gradebook.actions.proposal_desk import Wish
from gradebook.actions.proposals import decide, propose
from gradebook.models import Column, Enrolment, SchoolClass, Stage
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


def close(cast: Cast) -> None:
    """The principal decides that everybody in 6A moves up."""
    decide_on(cast, cast.pupils["6A"])


def decide_on(cast: Cast, pupils: list[Enrolment]) -> None:
    """6A has one subject and no conduct: the rules say nothing of it, so the reason stands beside."""
    wishes = [Wish(pupil.pk, "promoted", reason="theo đánh giá cả năm") for pupil in pupils]
    school_class = SchoolClass.objects.get(pk=cast.classes["6A"].pk)
    proposed = propose(school_class=school_class, stage=Stage.YEAR, wishes=wishes, by=cast.mai)
    assert not proposed.refused, proposed.refused
    number, dated = "45/QĐ", cast.year.ends_on
    answer = decide(
        school_class=school_class, stage=Stage.YEAR, wishes=wishes, number=number, dated=dated, by=cast.hanh
    )
    assert not answer.refused, answer.refused
