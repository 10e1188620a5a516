"""What a school year asks of those who set it up, close it and turn it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from gradebook import policies
from gradebook.models import LockOrder, Proposal, SchoolYear, Stage, TeachingAssignment, YearTurn
from gradebook.set_up.checks import missing, read_checks
from gradebook.year_closing import read_closing
from gradebook.years import years
from schoolrecords.work_items import Task, task


def year_to_set_up(user: User) -> Iterator[Task]:
    """Until the latest year has all it needs, for those who set it up."""
    if not user.may(Permission.SET_UP_YEAR):
        return
    year = SchoolYear.objects.first()
    if year is None:
        yield task(_("Set up the first school year"), "", reverse("gradebook:set_up"))
    elif year.is_open and (lacking := missing(read_checks(year))):
        title = _("Set up the school year %(year)s") % {"year": year}
        text = ", ".join(check.title.lower() for check in lacking[:3])
        yield task(title, text, reverse("gradebook:set_up"), count=len(lacking))


def books_to_open(user: User) -> Iterator[Task]:
    """For the principal, once courses have teachers: a year's books are locked until the first order."""
    year = SchoolYear.objects.first() if user.may(Permission.ORDER_LOCK) else None
    if year is None or not year.is_open or year.starts_on > timezone.localdate():
        return
    given = LockOrder.objects.filter(period__semester__year=year, withdrawn_at=None)
    taught = TeachingAssignment.objects.current().filter(course__school_class__year=year)
    if not given.exists() and taught.exists():
        title = _("Order the books of %(year)s opened") % {"year": year}
        text = _("All of them are locked: teachers can enter nothing yet.")
        yield task(title, text, reverse("gradebook:lock_board"), kind="locked")


def year_end(user: User) -> Iterator[Task]:
    """Once the year is over, or its results are being decided: what blocks closing it, then its turn."""
    if not policies.may_close_year(user):
        return
    today = timezone.localdate()
    for year in years():
        if year.starts_on > today:
            continue
        if year.is_open and (year.ends_on <= today or _is_being_decided(year)):
            yield _closing_task(year)
        elif not year.is_open and user.may(Permission.TURN_YEAR) and not _is_turned(year):
            url = reverse("gradebook:year_turn", args=[year.pk])
            yield task(_("Carry the pupils of %(year)s to the next year") % {"year": year}, "", url)
        return


def _closing_task(year: SchoolYear) -> Task:
    found = read_closing(year)
    text = (
        _("Nothing stands against it.")
        if found.is_ready
        else _("Classes with open books: %(books)d; pupils without a final decision: %(pupils)d")
        % {"books": found.open_classes, "pupils": len(found.undecided)}
    )
    title = _("Close school year %(year)s") % {"year": year}
    return task(title, text, reverse("gradebook:year", args=[year.pk]), kind="locked")


def _is_being_decided(year: SchoolYear) -> bool:
    decided = Proposal.objects.filter(stage=Stage.YEAR, decision__isnull=False)
    return decided.filter(enrolment__school_class__year=year).exists()


def _is_turned(year: SchoolYear) -> bool:
    return YearTurn.objects.filter(year=year, undone_at=None).exists()
