"""Who teaches what: subjects and their strands x the classes of a grade, or classes x the strands of a subject."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts import names
from accounts.models import HeldRole, User
from accounts.roles import Role
from gradebook.actions.teaching import Placement
from gradebook.models import Column, Course, SchoolYear, TeachingAssignment

TEACHERS = (Role.SUBJECT_TEACHER, Role.HOMEROOM_TEACHER, Role.DEPARTMENT_HEAD)
LEADERS = (Role.PRINCIPAL, Role.VICE_PRINCIPAL)
"""They teach some lessons themselves."""


class Overtaken(ValueError):
    """Somebody else changed one of these assignments since the page was opened."""


@dataclass(frozen=True, slots=True)
class Cell:
    course: Course
    strand: str
    place: int
    """Of the strand in the course; 0 is the whole course."""
    teachers: tuple[User, ...]
    options: SafeString

    @property
    def name(self) -> str:
        return f"{self.course.pk}-{self.place}"

    @property
    def was(self) -> str:
        return str(self.teachers[0].pk) if self.teachers else ""

    @property
    def others(self) -> tuple[User, ...]:
        return self.teachers[1:]


@dataclass(frozen=True, slots=True)
class Board:
    columns: list[str]
    rows: list[tuple[str, list[Cell | None]]]

    @property
    def has_strands(self) -> bool:
        return any(cell.strand for _title, cells in self.rows for cell in cells if cell)


def teachers() -> list[User]:
    """Active accounts that may be given a class, by name."""
    held = HeldRole.objects.not_over(timezone.localdate()).filter(role__in=[*TEACHERS, *LEADERS])
    found = User.objects.filter(is_active=True, pk__in=held.values("user"))
    return sorted(found, key=lambda user: names.sort_key(user.full_name))


def courses_of(year: SchoolYear, *, grade: int | None = None, subject: str = "") -> list[Course]:
    chosen = Q(school_class__grade=grade) if grade is not None else Q(subject__code=subject)
    return list(
        Course.objects.filter(chosen, school_class__year=year)
        .select_related("subject", "school_class__year")
        .order_by("subject__order", "school_class__grade", "school_class__name")
    )


def read_board(courses: Sequence[Course], *, by_subject: bool, data: QueryDict | None = None) -> Board:
    """`data`: a refused form, shown as it was typed."""
    menu = Menu(teachers())
    cells = list(_cells(courses, menu, data))
    if by_subject:
        return _arrange(cells, row=_class_of, column=lambda cell: cell.strand or _("The whole subject"))
    # The sheet of the homeroom teacher comes first: whoever leads the class is chosen before the others.
    cells.sort(key=lambda cell: cell.course.kind != Course.Kind.HOMEROOM)
    return _arrange(cells, row=_part_of, column=_class_of)


def posted_placements(data: QueryDict, courses: Sequence[Course]) -> list[Placement]:
    """The cells that were changed. Raises Overtaken."""
    people = {str(user.pk): user for user in teachers()}
    changed = []
    for cell in _cells(courses, Menu([]), None):
        wanted, seen = data.get(f"teacher-{cell.name}"), data.get(f"was-{cell.name}")
        if wanted is None or wanted == seen or wanted == cell.was:
            continue
        if seen != cell.was or (wanted and wanted not in people):
            raise Overtaken
        if wanted or cell.course.kind != Course.Kind.HOMEROOM:
            changed.append(Placement(cell.course, people.get(wanted), cell.strand))
    return changed


class Menu:
    """The options of a select with one of them selected; made once for the hundreds of selects of a page."""

    def __init__(self, people: Sequence[User]) -> None:
        same = Counter(user.full_name for user in people)
        self._options = {
            str(user.pk): (
                format_html('<option value="{}">{}</option>', user.pk, name),
                format_html('<option value="{}" selected>{}</option>', user.pk, name),
            )
            for user in people
            # Namesakes are told apart by what they sign in with.
            for name in [
                f"{user.full_name} ({user.username})" if same[user.full_name] > 1 else user.full_name
            ]
        }
        self._all = "".join(plain for plain, _selected in self._options.values())

    def select(self, chosen: str, name: str = "") -> SafeString:
        if (
            chosen and chosen not in self._options
        ):  # whose role has ended still teaches until somebody takes over
            gone = format_html('<option value="{}" selected>{}</option>', chosen, name)
            return mark_safe(gone + self._all)  # noqa: S308 - both parts come from format_html
        plain, selected = self._options.get(chosen, ("", ""))
        return mark_safe(self._all.replace(plain, selected) if plain else self._all)  # noqa: S308


def _cells(courses: Sequence[Course], menu: Menu, data: QueryDict | None) -> Iterator[Cell]:
    strands: dict[int, list[str]] = {}
    columns = Column.objects.filter(course__in=courses).exclude(strand="").order_by("course", "order")
    for course_id, strand in columns.values_list("course_id", "strand"):
        known = strands.setdefault(course_id, [])
        if strand not in known:
            known.append(strand)
    standing: dict[tuple[int, str], list[User]] = {}
    assignments = TeachingAssignment.objects.filter(course__in=courses, until=None).select_related("teacher")
    for each in assignments.order_by("since", "pk"):
        standing.setdefault((each.course_id, each.strand), []).append(each.teacher)
    for course in courses:
        for place, strand in enumerate(["", *strands.get(course.pk, [])]):
            people = tuple(standing.get((course.pk, strand), ()))
            first = str(people[0].pk) if people else ""
            chosen = data.get(f"teacher-{course.pk}-{place}", first) if data else first
            yield Cell(course, strand, place, people, menu.select(chosen, str(people[0]) if people else ""))


def _class_of(cell: Cell) -> str:
    return str(cell.course.school_class)


def _part_of(cell: Cell) -> str:
    if cell.course.kind == Course.Kind.HOMEROOM:
        return _("Homeroom teacher")
    return f"{cell.course.subject}: {cell.strand}" if cell.strand else str(cell.course.subject)


def _arrange(cells: Sequence[Cell], *, row: Callable[[Cell], str], column: Callable[[Cell], str]) -> Board:
    columns = list(dict.fromkeys(map(column, cells)))
    found: dict[str, dict[str, Cell]] = {}
    for cell in cells:
        found.setdefault(row(cell), {})[column(cell)] = cell
    return Board(columns, [(title, [line.get(name) for name in columns]) for title, line in found.items()])
