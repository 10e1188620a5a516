"""The school as it stands at the end of May: marks complete, books locked, results proposed and mostly decided."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from accounts.models import User
from gradebook.actions.proposal_desk import Wish
from gradebook.actions.proposals import decide, propose
from gradebook.layout import SUMMER
from gradebook.models import Period, SchoolClass, SchoolYear, Stage
from gradebook.proposal_sheet import ProposalRow, read_proposals
from schoolrecords.demonstration import attendance, marks, windows
from schoolrecords.demonstration.marks import Pupil
from schoolrecords.demonstration.teaching import TaughtCourse

Sheet = tuple[TaughtCourse, Sequence[Pupil]]
DECIDED_ON = date(2027, 5, 28)
UNPROPOSED, UNDECIDED = {"5A", "12A"}, {"11A"}
"""Classes that wait for their homeroom teacher, and for the principal."""


def live_until_may(year: SchoolYear, sheets: Sequence[Sheet], people: Mapping[str, User], seed: int) -> None:
    principal, administrator = people["hieutruong"], people["quantri"]
    for period in Period.objects.filter(semester__year=year).exclude(code=SUMMER).order_by("order"):
        windows.open_period(period, principal=principal, administrator=administrator)
        for taught, pupils in sheets:
            marks.enter(period.code, taught, pupils, seed, complete=True)
        windows.lock_period(period, principal=principal, administrator=administrator)
    classes = list(SchoolClass.objects.filter(year=year).select_related("year", "homeroom_teacher"))
    for school_class in classes:
        if school_class.name not in UNPROPOSED:
            _propose(school_class)
            if school_class.name not in UNDECIDED:
                _decide(school_class, principal)
    attendance.call_rolls(year, seed, year.ends_on)
    summer = Period.objects.get(semester__year=year, code=SUMMER)
    windows.open_period(summer, principal=principal, administrator=administrator)


def _propose(school_class: SchoolClass) -> None:
    rows = read_proposals(school_class, Stage.YEAR).rows
    teacher = school_class.homeroom_teacher
    if teacher is not None:
        propose(school_class=school_class, stage=Stage.YEAR, wishes=_wishes(rows), by=teacher)


def _decide(school_class: SchoolClass, principal: User) -> None:
    rows = read_proposals(school_class, Stage.YEAR).waiting
    decide(
        school_class=school_class,
        stage=Stage.YEAR,
        wishes=_wishes(rows),
        number=f"{40 + school_class.grade}/QĐ-NT",
        dated=DECIDED_ON,
        by=principal,
    )


def _wishes(rows: Iterable[ProposalRow]) -> list[Wish]:
    """What the rules say, for whom they say something."""
    return [
        Wish(row.pupil.pk, row.computed["outcome"], row.computed["award"])
        for row in rows
        if row.computed["outcome"]
    ]
