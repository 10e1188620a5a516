"""What waits for this person: the home page's list, most pressing first."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Permission
from gradebook import completeness, countdown, policies, summer
from gradebook.layout import SUMMER
from gradebook.models import (
    Column,
    Course,
    Decision,
    Incident,
    LockOrder,
    Proposal,
    SchoolClass,
    Stage,
    TeachingAssignment,
    Window,
    mark_kind,
    still_open,
)
from gradebook.models.decisions import answers_incidents
from gradebook.outcomes import CALLED_BACK
from schoolrecords.attendance_tasks import attendance_tasks
from schoolrecords.correction_tasks import correction_tasks
from schoolrecords.paper_tasks import (
    blank_books,
    books_to_print_again,
    to_confirm,
    to_sign,
    transcripts_to_sign,
)
from schoolrecords.remark_tasks import phrases_to_answer, remarks_missing, remarks_to_write
from schoolrecords.work_items import Task, task
from schoolrecords.year_tasks import books_to_open, year_end, year_to_set_up


def tasks_of(user: User) -> list[Task]:
    return [
        *correction_tasks(user),
        *_orders(user),
        *_proposals_to_decide(user),
        *_results_to_propose(user),
        *_changed_after_decision(user),
        *attendance_tasks(user),
        *_incidents_to_answer(user),
        *_incidents_answered(user),
        *_decisions_to_read(user),
        *_profiles_to_complete(user),
        *_cells_to_fill(user),
        *to_confirm(user),
        *blank_books(user),
        *to_sign(user),
        *books_to_print_again(user),
        *transcripts_to_sign(user),
        *remarks_to_write(user),
        *remarks_missing(user),
        *phrases_to_answer(user),
        *_summer_to_enter(user),
        *year_to_set_up(user),
        *books_to_open(user),
        *year_end(user),
    ]


def _orders(user: User) -> Iterator[Task]:
    """For who executes them, and for who gave them and wonders."""
    orders = LockOrder.objects.filter(period__semester__year__status="open")
    if user.may(Permission.ORDER_LOCK) and (proposed := orders.proposed().count()):
        title = ngettext("Proposal to open or lock books", "Proposals to open or lock books", proposed)
        yield task(title, "", reverse("gradebook:lock_board"), count=proposed, kind="waiting")
    waiting = orders.at_hand(timezone.now()).count()
    if waiting and user.may(Permission.EXECUTE_LOCK):
        title = ngettext("Execute a lock order", "Execute lock orders", waiting)
        text = _("The principal has ordered books opened or locked.")
        yield task(title, text, reverse("gradebook:lock_board"), count=waiting)
    elif waiting and user.may(Permission.ORDER_LOCK):
        title = ngettext("Your order is not executed yet", "Your orders are not executed yet", waiting)
        text = _("The administrator executes it; until then you can withdraw it.")
        yield task(title, text, reverse("gradebook:lock_board"), count=waiting, kind="waiting")


def _proposals_to_decide(user: User) -> Iterator[Task]:
    """Each class whose homeroom teacher has proposed."""
    if not user.may(Permission.DECIDE_RESULTS):
        return
    waiting = (
        Proposal.objects.undecided()
        .filter(enrolment__school_class__year__status="open", enrolment__status="enrolled")
        .values_list("enrolment__school_class", "enrolment__school_class__name", "stage")
        .annotate(pupils=Count("pk"))
        .order_by("enrolment__school_class__grade", "enrolment__school_class__name")
    )
    for pk, name, stage, pupils in waiting:
        yield task(
            _("Decide on the results of class %(name)s") % {"name": name},
            str(Stage(stage).label),
            reverse("gradebook:proposals", args=[pk, stage]),
            count=pupils,
            kind="waiting",
        )


def _results_to_propose(user: User) -> Iterator[Task]:
    """For the homeroom teacher, once the books of the year (or of the summer) were opened and are locked again."""
    for stage, period in (Stage.YEAR, "CN"), (Stage.SUMMER, SUMMER):
        windows = Window.objects.filter(course__school_class=OuterRef("pk"), period__code=period)
        locked = user.led_classes.filter(
            Exists(windows.filter(order__isnull=False)),
            ~Exists(windows.filter(still_open())),
            year__status="open",
        )
        for school_class in locked:
            if left := _unproposed(school_class, stage):
                yield task(
                    _("Propose the results of class %(name)s") % {"name": school_class.name},
                    str(stage.label),
                    reverse("gradebook:proposals", args=[school_class.pk, stage.value]),
                    count=left,
                )


def _changed_after_decision(user: User) -> Iterator[Task]:
    """For the homeroom teacher, who proposes again, and for the principal, who must know."""
    changed = Proposal.objects.filter(results_changed=True, enrolment__school_class__year__status="open")
    if not user.may(Permission.DECIDE_RESULTS):
        changed = changed.filter(enrolment__school_class__homeroom_teacher=user)
    classes = changed.values_list("enrolment__school_class", "enrolment__school_class__name", "stage")
    for pk, name, stage, pupils in classes.annotate(pupils=Count("pk")).order_by(
        "enrolment__school_class__grade", "enrolment__school_class__name"
    ):
        yield task(
            _("Results of class %(name)s changed after the proposal") % {"name": name},
            _("The homeroom teacher proposes again, then a new decision is made."),
            reverse("gradebook:proposals", args=[pk, stage]),
            count=pupils,
            kind="conflict",
        )


def _unproposed(school_class: SchoolClass, stage: Stage) -> int:
    pupils = school_class.enrolments.on_roll()
    if stage == Stage.SUMMER:
        called = Proposal.objects.filter(stage=Stage.YEAR, decided_outcome__in=CALLED_BACK)
        pupils = pupils.filter(pk__in=called.values("enrolment"))
    return int(pupils.exclude(proposals__stage=stage).count())


def _decisions_to_read(user: User) -> Iterator[Task]:
    """Everybody confirms that the regulation was read (S1-01, S3-04)."""
    for decision in Decision.objects.unread_by(user):
        yield task(
            _("Read decision %(number)s and confirm it") % {"number": decision.number},
            decision.title,
            reverse("gradebook:decision", args=[decision.pk]),
            kind="document",
        )


def _incidents_to_answer(user: User) -> Iterator[Task]:
    """For the board (S0-56, S3-27)."""
    if not answers_incidents(user):
        return
    if waiting := Incident.objects.unanswered().count():
        title = ngettext("Answer a report of a problem", "Answer reports of problems", waiting)
        url = reverse("gradebook:incident_desk", query={"state": "unanswered"})
        yield task(title, "", url, count=waiting, kind="waiting")


def _incidents_answered(user: User) -> Iterator[Task]:
    """The reporter learns of the answer here, until saying that it is settled."""
    for incident in Incident.objects.of_reporter(user).answered():
        yield task(
            _("Your report %(number)d is answered") % {"number": incident.number},
            Truncator(incident.answer).chars(120),
            reverse("gradebook:incident", args=[incident.pk]),
            kind="saved",
        )


def _profiles_to_complete(user: User) -> Iterator[Task]:
    """For the homeroom teacher, due on the day of the policy (S1 Đ7.1, S3 VII.1.1)."""
    for school_class in user.led_classes.filter(year__status="open"):
        if lacking := completeness.incomplete(school_class=school_class):
            yield task(
                _("Complete the profiles of class %(name)s") % {"name": school_class.name},
                ngettext(
                    "pupil whose profile lacks something", "pupils whose profiles lack something", lacking
                ),
                reverse("gradebook:class_profiles", args=[school_class.pk]),
                count=lacking,
                due=policies.profile_deadline(school_class),
            )


def teaches(user: User) -> bool:
    """Whether there is a book of theirs this year: with nothing to do in it, it is locked."""
    return user.teaching.current().filter(course__school_class__year__status="open").exists()


def _cells_to_fill(user: User) -> Iterator[Task]:
    """Each course taught with an open period: how many marks its open columns still lack."""
    missing = _missing(policies.strands_of(user))
    for course in Course.objects.filter(pk__in=missing).select_related("subject", "school_class"):
        semester, count, hours = missing[course.pk]
        text = (
            ngettext("mark still to enter", "marks still to enter", count) if count else _("complete so far")
        )
        if hours:
            text = f"{text} · {countdown.locks(hours, timezone.now())}"
        yield task(
            f"{course.subject}, {course.school_class}",
            text,
            reverse("gradebook:marks", args=[course.pk, semester]),
            count=count,
        )


def _summer_to_enter(user: User) -> Iterator[Task]:
    """Retests, summer training and assessment after support, where the summer's sheet is open."""
    taught = user.teaching.current().filter(course__school_class__year__status="open").values("course")
    opened = Window.objects.filter(still_open(), course=OuterRef("pk"), period__code=SUMMER)
    courses = Course.objects.filter(Exists(opened), pk__in=taught).select_related("subject", "school_class")
    counts = summer.still_to_enter(courses)
    for course in courses:
        if count := counts.get(course.pk):
            yield task(
                f"{course.subject}, {course.school_class}",
                ngettext("summer result still to enter", "summer results still to enter", count),
                reverse("gradebook:marks", args=[course.pk, 2]),
                count=count,
            )


def _missing(strands: dict[int, set[str]]) -> dict[int, tuple[int, int, set[datetime]]]:
    """Semester, number of empty cells in the open columns each teacher owns, and the hours they lock at, by course."""
    on_roll = Q(course__school_class__enrolments__status="enrolled")
    filled = Q(marks__enrolment__status="enrolled") & ~Q(marks__state="empty")
    opened = Window.objects.filter(
        still_open(), course=OuterRef("course"), period=OuterRef("period"), kind=OuterRef("mark_kind")
    )
    columns = (
        Column.objects.alias(mark_kind=mark_kind())
        .filter(Exists(opened), course__in=strands)
        .exclude(kind=Column.Kind.COMMENT)
        .exclude(period__code=SUMMER)
        .annotate(
            pupils=Count("course__school_class__enrolments", filter=on_roll, distinct=True),
            filled=Count("marks", filter=filled, distinct=True),
            closes_at=Subquery(opened.values("closes_at")[:1]),
        )
        .order_by("period__order")
        .values_list("course_id", "strand", "period__semester__number", "pupils", "filled", "closes_at")
    )
    taken = _taken(strands)
    missing: dict[int, tuple[int, int, set[datetime]]] = {}
    for course_id, strand, semester, pupils, done, closes_at in columns:
        if policies.owner_strand(strand, taken[course_id]) in strands[course_id]:
            first, count, hours = missing.get(course_id, (semester, 0, set()))
            missing[course_id] = first, count + pupils - done, hours | ({closes_at} if closes_at else set())
    return missing


def _taken(courses: Collection[int]) -> dict[int, set[str]]:
    """The strands of these courses that somebody teaches today."""
    taken: dict[int, set[str]] = {course: set() for course in courses}
    standing = TeachingAssignment.objects.current().filter(course__in=courses)
    for course, strand in standing.values_list("course", "strand"):
        taken[course].add(strand)
    return taken
