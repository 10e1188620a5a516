"""What the home page says of weekly remarks, from Friday on (S0-43, S3-26), and of phrases offered to the school."""

from collections.abc import Iterator
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Permission
from gradebook.models import Course, PhraseOffer
from gradebook.weekly_remarks import lacking
from gradebook.weeks import DAY, WEEK, due_week
from schoolrecords.work_items import Task, task


def remarks_to_write(user: User) -> Iterator[Task]:
    """One item for all the classes of a subject teacher: the page of the first leads on to the next."""
    week = due_week(timezone.localdate())
    mine = Course.objects.filter(pk__in=user.teaching.current().values("course"))
    if courses := list(lacking(mine, week)):
        yield task(
            _("Weekly remarks to write"),
            ", ".join(str(course) for course in courses),
            reverse("gradebook:remarks", args=[courses[0].school_class_id], query={"week": week.isoformat()}),
            count=len(courses),
            due=week + WEEK - DAY,
        )


def remarks_missing(user: User) -> Iterator[Task]:
    """For the homeroom teacher: which subjects of the class have said nothing of the week."""
    week = due_week(timezone.localdate())
    led = Course.objects.filter(school_class__in=user.led_classes.filter(year__status="open"))
    others = led.exclude(pk__in=user.teaching.current().values("course"))
    for school_class, courses in groupby(lacking(others, week), key=lambda course: course.school_class):
        subjects = [course.subject.name for course in courses]
        yield task(
            _("Class %(name)s: subjects without a remark of the week") % {"name": school_class.name},
            ", ".join(subjects),
            reverse("gradebook:remarks", args=[school_class.pk], query={"week": week.isoformat()}),
            count=len(subjects),
            kind="waiting",
        )


def phrases_to_answer(user: User) -> Iterator[Task]:
    """For who keeps the school's comment bank: what teachers offered for it."""
    if not user.may(Permission.SHARE_PHRASES):
        return
    if count := PhraseOffer.objects.to_answer(user).count():
        title = ngettext(
            "Phrase offered for the school's comment bank",
            "Phrases offered for the school's comment bank",
            count,
        )
        yield task(title, "", f"{reverse('gradebook:phrases')}#offered", count=count, kind="waiting")
