"""Pupils who may be one child: the same name, written in whatever way, and the same birth date.

The same identifier twice is impossible, the database refuses it. Nothing is ever merged: a person looks and answers.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from django.db.models import Count, Prefetch

from gradebook.models import DifferentPupils, Enrolment, Student

Pair = tuple[Student, Student]
TOLD_APART_BY = (
    "guardians",
    Prefetch("enrolments", Enrolment.objects.select_related("school_class__year").order_by("-since", "-pk")),
)
"""What a person compares of two pupils, to be fetched ahead."""


def possible_duplicates() -> list[Pair]:
    """Every pair without an answer, in name order. Four queries."""
    groups = (
        Student.objects.values("search_key", "birth_date").annotate(pupils=Count("pk")).filter(pupils__gt=1)
    )
    shared = {(group["search_key"], group["birth_date"]) for group in groups}
    alike: dict[tuple[str, date], list[Student]] = defaultdict(list)
    found = Student.objects.filter(search_key__in={key for key, _ in shared}).prefetch_related(*TOLD_APART_BY)
    for student in found.order_by("pk"):
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
