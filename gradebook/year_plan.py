"""The turn of the year, dry: every pupil of the year once, where the decisions send them, and why. Reads only."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gradebook.decided import Decided, decided
from gradebook.models import Enrolment, Movement, Outcome, SchoolClass, SchoolYear, YearTurn
from gradebook.next_classes import Taken, completes_level, taken_by
from gradebook.outcomes import CALLED_BACK
from gradebook.turn_choices import LEAVES, NAME_MAX, Choices, Fate, offered_levels, proposed

TURN_KINDS = (Movement.Kind.PROMOTED, Movement.Kind.RETAINED, Movement.Kind.GRADUATED)
_O = Outcome
_UP = (_O.PROMOTED, _O.COMPLETED_PROMOTED)


@dataclass(frozen=True, slots=True)
class Row:
    """One pupil. `target` names the next class; `place` is a place of the pupil there already."""

    pupil: Enrolment
    fate: Fate
    decided: Decided
    target: str = ""
    grade: int = 0
    place: Enrolment | None = None
    problem: str = ""
    chosen: str = ""
    """What was typed for this pupil alone."""

    @property
    def may_choose(self) -> bool:
        return self.fate.is_carried_now and self.place is None

    @property
    def facts(self) -> str:
        place = self.place.pk if self.place else ""
        return f"{self.pupil.pk} {self.fate} {self.decided.number} {self.target} {self.grade} {place}"


@dataclass(frozen=True, slots=True)
class NextClass:
    """A class that pupils go to. `school_class` is None while it has to be opened; `taken` None: subjects to choose."""

    name: str
    grade: int
    sources: list[SchoolClass]
    pupils: int
    school_class: SchoolClass | None
    taken: Taken | None


@dataclass(frozen=True, slots=True)
class OldClass:
    school_class: SchoolClass
    rows: list[Row]
    up: str
    stay: str
    offers_up: bool
    """Pupils of the class may go on to the next grade here."""

    @property
    def counts(self) -> dict[str, int]:
        return Counter(row.fate.value for row in self.rows)

    @property
    def going_up(self) -> int:
        return self.counts[Fate.UP] + self.counts[Fate.GOES_ON]


@dataclass(frozen=True, slots=True)
class Plan:
    year: SchoolYear
    next_year: SchoolYear | None
    turn: YearTurn | None
    """The standing turn of the year: what is left is carried after it."""
    choices: Choices
    classes: list[OldClass]
    next_classes: list[NextClass]
    levels: list[int]
    problems: dict[str, list[str]] = field(default_factory=dict)
    """Codes with the class names they are about: no-name, too-long, two-grades, other-grade."""

    @property
    def rows(self) -> list[Row]:
        return [row for each in self.classes for row in each.rows]

    @property
    def carrying(self) -> list[Row]:
        return [row for row in self.rows if row.fate.is_carried_now and not row.problem]

    @property
    def counts(self) -> list[tuple[Fate, int]]:
        """Every fate that occurs; the numbers add up to the pupils of the year."""
        found = Counter(row.fate for row in self.rows)
        return [(fate, found[fate]) for fate in Fate if found[fate]]

    @property
    def waiting(self) -> list[Row]:
        return [row for row in self.rows if row.fate == Fate.WAITING]

    @property
    def refused(self) -> list[Row]:
        return [row for row in self.rows if row.problem]

    @property
    def digest(self) -> str:
        """Tells whether what is carried out is what was looked at."""
        text = "\n".join([self.choices.digest, *(row.facts for row in self.rows)])
        return hashlib.sha256(text.encode()).hexdigest()


def read_plan(year: SchoolYear, choices: Choices | None = None) -> Plan:
    """Ten queries, however many pupils and classes there are."""
    old = list(SchoolClass.objects.filter(year=year).select_related("homeroom_teacher"))
    following = next_year(year)
    chosen = choices or proposed(old)
    known = _Known.of(year, following)
    rows = _rows(known, chosen)
    there = {each.name: each for each in SchoolClass.objects.filter(year=following)} if following else {}
    problems: dict[str, list[str]] = {}
    return Plan(
        year,
        following,
        YearTurn.objects.filter(year=year, undone_at=None).select_related("decision", "turned_by").first(),
        chosen,
        [_old_class(each, rows.get(each.pk, []), chosen) for each in old],
        _next_classes(old, rows, there, problems),
        offered_levels(old),
        problems,
    )


def next_year(year: SchoolYear) -> SchoolYear | None:
    later = SchoolYear.objects.filter(starts_on__gt=year.starts_on)
    found: SchoolYear | None = later.order_by("starts_on").first()
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    pupils: list[Enrolment]
    decided: Mapping[int, Decided]
    moved: Mapping[int, Movement]
    """The movements that earlier runs wrote, by old place."""
    places: Mapping[int, Enrolment]
    """Where pupils stand in the next year already, by pupil."""

    @classmethod
    def of(cls, year: SchoolYear, following: SchoolYear | None) -> "_Known":
        listed = Enrolment.objects.listed().filter(school_class__year=year)
        places = Enrolment.objects.on_roll().filter(
            school_class__year=following, student__enrolments__in=listed
        )
        moved = Movement.objects.filter(origin__in=listed, kind__in=TURN_KINDS, cancelled_at=None)
        return cls(
            list(
                listed.select_related("student", "school_class").order_by(
                    "school_class__grade", "school_class__name", "number"
                )
            ),
            decided(listed),
            {row.origin_id: row for row in moved.select_related("target__school_class")},
            {row.student_id: row for row in places.select_related("school_class")} if following else {},
        )


def _rows(known: _Known, choices: Choices) -> dict[int, list[Row]]:
    """By class. Who was in several classes stands in the one of the last place, once."""
    last: dict[int, Enrolment] = {}
    for pupil in known.pupils:
        standing = last.get(pupil.student_id)
        if standing is None or _is_later(pupil, standing):
            last[pupil.student_id] = pupil
    rows: dict[int, list[Row]] = {}
    for pupil in known.pupils:
        if last[pupil.student_id] is pupil:
            rows.setdefault(pupil.school_class_id, []).append(_row(pupil, known, choices))
    return rows


def _is_later(pupil: Enrolment, other: Enrolment) -> bool:
    if pupil.until is None or other.until is None:
        return pupil.until is None
    return bool(pupil.until > other.until)


def _row(pupil: Enrolment, known: _Known, choices: Choices) -> Row:
    found = known.decided.get(pupil.pk, Decided())
    if moved := known.moved.get(pupil.pk):
        return Row(pupil, Fate.CARRIED, found, str(moved.target.school_class) if moved.target else "")
    fate, alone = _fate(pupil, found.outcome, choices), choices.pupils.get(pupil.pk, "")
    if not fate.needs_class:
        return Row(pupil, fate, found, chosen=alone)
    grade = pupil.school_class.grade + (fate != Fate.STAYS)
    by_class = choices.stay if fate == Fate.STAYS else choices.up
    wanted = alone or by_class.get(pupil.school_class_id, "")
    place = known.places.get(pupil.student_id)
    if place is None:
        return Row(pupil, fate, found, wanted, grade, chosen=alone)
    # A list of the next year named the pupil first: the place stands, if it is in the grade that was decided.
    problem = "" if place.school_class.grade == grade else "other-grade"
    return Row(pupil, fate, found, place.school_class.name, grade, place, problem)


def _fate(pupil: Enrolment, outcome: str, choices: Choices) -> Fate:
    grade, wanted = pupil.school_class.grade, choices.pupils.get(pupil.pk, "")
    if pupil.until is not None:
        return Fate.LEFT
    if not outcome or outcome in CALLED_BACK or outcome == Outcome.AWAITING_PRINCIPAL:
        return Fate.WAITING
    if outcome == Outcome.RETAINED:
        return Fate.STAYS
    if not completes_level(grade):
        return Fate.UP
    if outcome not in _UP:
        return Fate.WAITING  # a level is not completed without its programme
    goes_on = wanted not in ("", LEAVES) or (grade in choices.goes_on and wanted != LEAVES)
    return Fate.GOES_ON if goes_on and grade < 12 else Fate.COMPLETED


def _old_class(each: SchoolClass, rows: list[Row], choices: Choices) -> OldClass:
    offers_up = not completes_level(each.grade) or each.grade in choices.goes_on
    return OldClass(each, rows, choices.up.get(each.pk, ""), choices.stay.get(each.pk, ""), offers_up)


def _next_classes(
    old: Iterable[SchoolClass],
    rows: Mapping[int, list[Row]],
    there: Mapping[str, SchoolClass],
    problems: dict[str, list[str]],
) -> list[NextClass]:
    """The classes that pupils go to, by grade and name; what is wrong with them goes into `problems`."""
    arrivals: dict[tuple[int, str], Counter[SchoolClass]] = {}
    for source in old:
        for row in rows.get(source.pk, []):
            if row.fate.needs_class and not row.problem:
                arrivals.setdefault((row.grade, row.target), Counter())[source] += 1
    names = Counter(name for _, name in arrivals)
    taken = taken_by([source for found in arrivals.values() for source in found])
    found = []
    for (grade, name), sources in sorted(arrivals.items(), key=lambda item: item[0]):
        school_class = there.get(name)
        if code := _problem(name, grade, names, school_class):
            problems.setdefault(code, []).append(name or ", ".join(each.name for each in sources))
        subjects = next((kept for each in sources if (kept := taken[each.pk].at(grade))), None)
        found.append(NextClass(name, grade, list(sources), sources.total(), school_class, subjects))
    return found


def _problem(name: str, grade: int, names: Mapping[str, int], there: SchoolClass | None) -> str:
    if not name or name == LEAVES:
        return "no-name"
    if len(name) > NAME_MAX:
        return "too-long"
    if names[name] > 1:
        return "two-grades"
    return "other-grade" if there and there.grade != grade else ""
