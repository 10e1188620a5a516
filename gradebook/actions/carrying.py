"""What a turn of the year writes: the classes that are missing, the places in their lists, the movements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from accounts.recorded import create_many, update_many
from gradebook.actions.curriculum import open_curriculum
from gradebook.actions.teaching import appoint_homeroom_teacher, open_class
from gradebook.models import Enrolment, Movement, SchoolClass, SchoolYear, YearTurn
from gradebook.turn_choices import Fate
from gradebook.year_plan import NextClass, Plan, Row


def origin_of(turn: YearTurn) -> str:
    """Where the history of places and movements says they come from."""
    return f"turn {turn.pk}"


def carry(plan: Plan, turn: YearTurn, *, by: User) -> None:
    """Statements grow with the classes that have to be opened, not with the pupils."""
    classes = {each.name: each.school_class or _open(each, turn.next_year, by) for each in plan.next_classes}
    if plan.choices.keep_homeroom:
        _keep_homeroom(plan.next_classes, classes, turn.next_year, by)
    places = _enrol([row for row in plan.carrying if row.fate.needs_class], classes, turn, by)
    now = timezone.now()
    movements = [
        Movement(
            student=row.pupil.student,
            kind=row.fate.kind,
            on=(row.decided.dated or turn.decision.dated)
            if row.fate == Fate.COMPLETED
            else turn.next_year.starts_on,
            origin=row.pupil,
            target=places.get(row.pupil.pk),
            decision=turn.decision,
            reason=row.decided.number,
            recorded_by=by,
            recorded_at=now,
        )
        for row in plan.carrying
    ]
    create_many(Movement, movements, by=by, origin=origin_of(turn))


def _open(each: NextClass, year: SchoolYear, by: User) -> SchoolClass:
    """Where the class has to choose its subjects anew, the set-up of the year opens them."""
    opened = open_class(year=year, name=each.name, grade=each.grade, by=by)
    if each.taken is not None:
        open_curriculum(school_class=opened, chosen=each.taken.chosen, thematic=each.taken.thematic, by=by)
    return opened


def _keep_homeroom(
    planned: Iterable[NextClass], classes: Mapping[str, SchoolClass], year: SchoolYear, by: User
) -> None:
    """Who led the class that goes up leads it on, where nobody leads it yet; who turns the year is given nothing."""
    for each in planned:
        school_class = classes[each.name]
        leaders = (
            source.homeroom_teacher
            for source in each.sources
            if source.grade == each.grade - 1 and source.level == school_class.level
        )
        teacher = next((leader for leader in leaders if leader is not None and leader.is_active), None)
        if teacher not in (None, by) and school_class.homeroom_teacher_id is None:
            appoint_homeroom_teacher(school_class=school_class, teacher=teacher, since=year.starts_on, by=by)


def _enrol(
    rows: Iterable[Row], classes: Mapping[str, SchoolClass], turn: YearTurn, by: User
) -> dict[int, Enrolment]:
    """The places by old place. A new list is in name order; whoever comes later stands below it."""
    places: dict[int, Enrolment] = {}
    joining: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.place is not None:
            places[row.pupil.pk] = row.place
        else:
            joining[row.target].append(row)
    given, last = _given(classes.values()), _last_numbers(classes.values())
    begun: dict[int, Enrolment] = {}
    for name, arriving in joining.items():
        school_class = classes[name]
        arriving.sort(key=lambda row: (row.pupil.student.sort_key, row.pupil.student.birth_date))
        for number, row in enumerate(arriving, start=last.get(school_class.pk, 0) + 1):
            key = row.pupil.student_id, school_class.pk
            place = given.get(key) or Enrolment(student_id=key[0], school_class=school_class)
            begun[row.pupil.pk] = _begin(place, number, turn.next_year.starts_on)
    _write(begun.values(), turn, by)
    return places | begun


def _begin(place: Enrolment, number: int, since: date) -> Enrolment:
    place.number, place.since = number, since
    place.status, place.until = Enrolment.Status.ENROLLED, None
    return place


def _write(begun: Iterable[Enrolment], turn: YearTurn, by: User) -> None:
    again = [place for place in begun if place.pk]
    new = [place for place in begun if not place.pk]
    fields = ["number", "since", "status", "until"]
    update_many(Enrolment, again, fields=fields, by=by, origin=origin_of(turn))
    create_many(Enrolment, new, by=by, origin=origin_of(turn))


def _given(classes: Iterable[SchoolClass]) -> dict[tuple[int, int], Enrolment]:
    """Places that an undone turn gave in these classes: they are taken up again instead of new ones."""
    cancelled = Enrolment.objects.filter(school_class__in=list(classes), status=Enrolment.Status.CANCELLED)
    return {(place.student_id, place.school_class_id): place for place in cancelled.order_by("pk")}


def _last_numbers(classes: Iterable[SchoolClass]) -> dict[int, int]:
    listed = Enrolment.objects.listed().filter(school_class__in=list(classes)).values("school_class")
    return dict(listed.annotate(last=Max("number")).values_list("school_class", "last"))
