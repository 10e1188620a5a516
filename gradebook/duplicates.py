"""Pupils who may be one child: the same name, written in whatever way, and the same birth date.

The same identifier twice is impossible, the database refuses it. Nothing is ever merged: a person looks and answers.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from django.db.models import Count, Prefetch

from accounts import names
from gradebook.models import DifferentPupils, Enrolment, Student
from gradebook.models.pupils import StudentQuerySet

Pair = tuple[Student, Student]


def possible_duplicates() -> list[Pair]:
    """Every pair without an answer, in name order. Four queries."""
    groups = (
        Student.objects.values("search_key", "birth_date").annotate(pupils=Count("pk")).filter(pupils__gt=1)
    )
    shared = {(group["search_key"], group["birth_date"]) for group in groups}
    alike: dict[tuple[str, date], list[Student]] = defaultdict(list)
    for student in _with_classes().filter(search_key__in={key for key, _ in shared}).order_by("pk"):
        if (student.search_key, student.birth_date) in shared:
            alike[student.search_key, student.birth_date].append(student)
    answered = set(DifferentPupils.objects.values_list("first", "second"))
    pairs = _pairs(alike, answered)
    return sorted(pairs, key=lambda pair: (pair[0].sort_key, pair[0].birth_date, pair[0].pk))


def _pairs(alike: dict[tuple[str, date], list[Student]], answered: set[tuple[int, int]]) -> Iterator[Pair]:
    for group in alike.values():
        for first, second in combinations(group, 2):
            if (first.pk, second.pk) not in answered:
                yield first, second


def alike(full_name: str, birth_date: date) -> list[Student]:
    """Pupils of this name and birth date, before one more is added."""
    found = _with_classes().filter(search_key=names.search_key(full_name), birth_date=birth_date)
    return list(found.order_by("pk"))


def _with_classes() -> StudentQuerySet:
    enrolments = Enrolment.objects.select_related("school_class__year").order_by("-since", "-pk")
    found: StudentQuerySet = Student.objects.prefetch_related("guardians", Prefetch("enrolments", enrolments))
    return found
